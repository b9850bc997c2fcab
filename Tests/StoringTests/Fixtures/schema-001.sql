-- The schema of 0.1.0 as its first migration made it, with a few rows. Never changed.
CREATE TABLE source (
    name TEXT PRIMARY KEY NOT NULL,
    url TEXT NOT NULL,
    entity_tag TEXT,
    last_modified TEXT,
    body_digest TEXT,
    next_poll_at REAL NOT NULL,
    failure_count INTEGER NOT NULL CHECK (failure_count >= 0),
    last_error TEXT,
    last_success_at REAL
) STRICT;

CREATE TABLE story (
    id TEXT PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    terms TEXT NOT NULL,
    first_article_at REAL NOT NULL,
    last_article_at REAL NOT NULL,
    article_count INTEGER NOT NULL CHECK (article_count > 0)
) STRICT;
CREATE INDEX story_by_time ON story (last_article_at);

CREATE TABLE article (
    id TEXT PRIMARY KEY NOT NULL,
    story_id TEXT NOT NULL REFERENCES story (id),
    url TEXT NOT NULL,
    near_copy_of TEXT,
    sketch BLOB,
    first_read_at REAL NOT NULL
) STRICT;
CREATE INDEX article_by_story ON article (story_id);

CREATE TABLE revision (
    id TEXT PRIMARY KEY NOT NULL,
    article_id TEXT NOT NULL REFERENCES article (id),
    number INTEGER NOT NULL CHECK (number > 0),
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    outlet TEXT NOT NULL,
    published REAL NOT NULL,
    document TEXT NOT NULL,
    read_at REAL NOT NULL,
    UNIQUE (article_id, number)
) STRICT;

CREATE TABLE claim (
    id TEXT PRIMARY KEY NOT NULL,
    revision_id TEXT NOT NULL REFERENCES revision (id),
    start_scalar INTEGER NOT NULL CHECK (start_scalar >= 0),
    end_scalar INTEGER NOT NULL CHECK (end_scalar > start_scalar),
    surface TEXT NOT NULL,
    sentence TEXT NOT NULL,
    low TEXT,
    high TEXT,
    unit TEXT NOT NULL,
    predicate TEXT,
    document TEXT NOT NULL,
    CHECK (low IS NOT NULL OR high IS NOT NULL)
) STRICT;
CREATE INDEX claim_by_revision ON claim (revision_id);

CREATE TABLE figure (
    id TEXT PRIMARY KEY NOT NULL,
    story_id TEXT NOT NULL REFERENCES story (id),
    label TEXT NOT NULL,
    unit TEXT NOT NULL,
    is_cumulative INTEGER NOT NULL CHECK (is_cumulative IN (0, 1)),
    is_muted INTEGER NOT NULL CHECK (is_muted IN (0, 1)),
    low TEXT,
    best TEXT,
    high TEXT,
    version INTEGER NOT NULL CHECK (version > 0),
    is_pinned INTEGER NOT NULL CHECK (is_pinned IN (0, 1)),
    note TEXT,
    key TEXT NOT NULL,
    watch TEXT,
    watch_figure TEXT
) STRICT;
CREATE INDEX figure_by_story ON figure (story_id);

CREATE TABLE figure_claim (
    figure_id TEXT NOT NULL REFERENCES figure (id),
    claim_id TEXT NOT NULL REFERENCES claim (id),
    relation TEXT NOT NULL,
    is_standing INTEGER NOT NULL CHECK (is_standing IN (0, 1)),
    also_carried_by TEXT NOT NULL,
    PRIMARY KEY (figure_id, claim_id)
) STRICT;
CREATE INDEX figure_claim_by_claim ON figure_claim (claim_id);

CREATE TABLE entry (
    source TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    url TEXT NOT NULL,
    digest TEXT NOT NULL,
    first_seen_at REAL NOT NULL,
    article_id TEXT REFERENCES article (id),
    entity_tag TEXT,
    last_modified TEXT,
    next_check_at REAL,
    failure_count INTEGER NOT NULL CHECK (failure_count >= 0),
    document TEXT,
    feed_title TEXT NOT NULL,
    is_silent INTEGER NOT NULL CHECK (is_silent IN (0, 1)),
    PRIMARY KEY (source, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_due ON entry (source, next_check_at) WHERE next_check_at IS NOT NULL;

CREATE TABLE alert (
    id TEXT PRIMARY KEY NOT NULL,
    type TEXT NOT NULL,
    raised_at REAL NOT NULL,
    figure_id TEXT REFERENCES figure (id),
    body TEXT NOT NULL,
    acknowledged_at REAL
) STRICT;
CREATE INDEX alert_by_time ON alert (raised_at);

CREATE TABLE delivery (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    alert_id TEXT NOT NULL REFERENCES alert (id),
    sink TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'abandoned')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    next_attempt_at REAL NOT NULL,
    last_error TEXT,
    created_at REAL NOT NULL,
    ended_at REAL,
    UNIQUE (alert_id, sink),
    CHECK ((state = 'pending') = (ended_at IS NULL))
) STRICT;
CREATE INDEX delivery_due ON delivery (sink, next_attempt_at) WHERE state = 'pending';

CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES ('001');
INSERT INTO story VALUES ('story', 'Twelve hurt at the quay', '{}', 1770000000, 1770000000, 1);
INSERT INTO figure VALUES ('figure', 'story', 'people hurt', 'people', 1, 0, '12', '12', NULL, 1, 0, NULL, '{"as_of":null,"attribution":null,"confidence":0.9,"counted":"people","end":13,"high":null,"low":12,"modality":"asserted","place":null,"predicate":"wound","qualifier":"at_least","sentence":"At least 12 people were hurt.","start":0,"surface":"At least 12","unit":"people"}', NULL, NULL);
INSERT INTO alert VALUES ('alert_1', 'figure.new', 1770000000, 'figure', '{"data":{},"id":"alert_1","timestamp":"2026-02-13T06:10:00Z","type":"figure.new"}', NULL);
INSERT INTO alert VALUES ('alert_2', 'source.failing', 1770000100, NULL, '{"data":{},"id":"alert_2","timestamp":"2026-02-13T06:10:00Z","type":"figure.new"}', 1770000200);
INSERT INTO delivery VALUES (1, 'alert_1', 'desk', 'pending', 2, 1770000005, 'HTTP status 503', 1770000000, NULL);
INSERT INTO delivery VALUES (2, 'alert_1', 'log', 'delivered', 1, 1770000000, NULL, 1770000000, 1770000001);
INSERT INTO delivery VALUES (3, 'alert_2', 'desk', 'abandoned', 10, 1770000100, 'HTTP status 500', 1770000100, 1770270000);
INSERT INTO article VALUES ('article', 'story', 'https://example.org/1', NULL, NULL, 1770000000);
INSERT INTO revision VALUES ('article-1', 'article', 1, 'https://example.org/1', 'Fire at the quay', 'Example', 1770000000, '{"text":"Seven adults and a child died. At least 12 people were hurt."}', 1770000000);
INSERT INTO claim VALUES ('claim_b', 'article-1', 0, 5, 'Seven', 'Seven adults and a child died.', '7', '7', 'people', 'kill', '{"as_of":null,"attribution":null,"confidence":0.9,"counted":"adults","end":13,"head":"adult","high":7,"kind":"total","low":7,"modality":"asserted","names":[],"place":null,"predicate":"kill","qualifier":"exact","sentence":"Seven adults and a child died.","start":0,"subject":null,"surface":"Seven","time_scope":null,"unit":"people"}');
INSERT INTO claim VALUES ('claim_a', 'article-1', 32, 43, 'At least 12', 'At least 12 people were hurt.', '12', NULL, 'people', 'wound', (SELECT key FROM figure WHERE id = 'figure'));
INSERT INTO figure VALUES ('figure_sum', 'story', 'people killed', 'people', 1, 0, '8', '8', '8', 1, 0, NULL, '{"as_of":null,"attribution":null,"confidence":0.9,"counted":"people","end":13,"head":null,"high":8,"kind":"total","low":8,"modality":"asserted","names":[],"place":null,"predicate":"kill","qualifier":"exact","sentence":"Seven adults and a child died.","start":0,"subject":null,"surface":"Seven","time_scope":null,"unit":"people"}', NULL, NULL);
INSERT INTO figure_claim VALUES ('figure', 'claim_a', 'new', 1, '["Second"]');
INSERT INTO figure_claim VALUES ('figure_sum', 'claim_b', 'new', 0, '[]');
