// The steps that have figures and claims met by their places.
extension Migrations {
    // A comparison reads every claim of a story's figures. Identifiers are digests: a look into an index for each of them
    // is a page of its own, and one of the disk where nobody has asked for it lately. Figures and claims are met by their
    // places, which are numbers in the order of their making, so that those of a story lie side by side; the claims of a
    // figure stand in the order of theirs. A claim is found by its place in its revision, which its identifier follows from,
    // so that an article's claims are one look. What a claim says stands in its document alone; one that a figure holds in
    // other terms (the sum that it is the first part of) has that document in the figure. A figure that a claim began has
    // the claim as it holds it for its key.
    static let sixth = """
        CREATE TABLE claim_with_place (
            place INTEGER PRIMARY KEY,
            id TEXT NOT NULL,
            revision_id TEXT NOT NULL REFERENCES revision (id),
            start_scalar INTEGER NOT NULL CHECK (start_scalar >= 0),
            end_scalar INTEGER NOT NULL CHECK (end_scalar > start_scalar),
            document TEXT NOT NULL,
            UNIQUE (revision_id, start_scalar, end_scalar)
        ) STRICT;
        INSERT INTO claim_with_place SELECT rowid, id, revision_id, start_scalar, end_scalar, document
            FROM claim ORDER BY rowid;

        CREATE TABLE figure_with_place (
            place INTEGER PRIMARY KEY,
            id TEXT UNIQUE NOT NULL,
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
        INSERT INTO figure_with_place SELECT rowid, id, story_id, label, unit, is_cumulative, is_muted, low, best, high,
            version, is_pinned, note, key, watch, watch_figure FROM figure ORDER BY rowid;

        CREATE TABLE figure_claim_by_place (
            figure_place INTEGER NOT NULL REFERENCES figure (place),
            claim_place INTEGER NOT NULL REFERENCES claim (place),
            relation TEXT NOT NULL,
            is_standing INTEGER NOT NULL CHECK (is_standing IN (0, 1)),
            also_carried_by TEXT NOT NULL,
            document TEXT,
            PRIMARY KEY (figure_place, claim_place)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO figure_claim_by_place SELECT figure.rowid, claim.rowid, relation, is_standing, also_carried_by,
                iif(relation = 'new' AND figure.key <> claim.document, figure.key, NULL)
            FROM figure_claim JOIN claim ON claim.id = claim_id JOIN figure ON figure.id = figure_id
            ORDER BY figure.rowid, claim.rowid;

        DROP TABLE figure_claim;
        DROP TABLE claim;
        DROP TABLE figure;
        ALTER TABLE claim_with_place RENAME TO claim;
        ALTER TABLE figure_with_place RENAME TO figure;
        ALTER TABLE figure_claim_by_place RENAME TO figure_claim;
        CREATE INDEX figure_by_story ON figure (story_id);
        CREATE INDEX figure_claim_by_claim ON figure_claim (claim_place);
        """

    // How baselines moved, and why: only ever added to. A figure's first row is what it began with, but for figures that
    // are older than the table. Watches and persons have no claim.
    static let moves = """
        CREATE TABLE baseline_move (
            figure_place INTEGER NOT NULL REFERENCES figure (place),
            version INTEGER NOT NULL CHECK (version > 0),
            moved_at REAL NOT NULL,
            cause TEXT NOT NULL CHECK (cause IN ('new', 'agree', 'refine', 'update', 'contradict', 'corrected', 'watch',
                'pinned', 'released')),
            reason TEXT NOT NULL,
            claim_place INTEGER REFERENCES claim (place),
            is_first INTEGER NOT NULL CHECK (is_first IN (0, 1)),
            low_before TEXT,
            best_before TEXT,
            high_before TEXT,
            low TEXT,
            best TEXT,
            high TEXT,
            PRIMARY KEY (figure_place, version)
        ) STRICT, WITHOUT ROWID;
        """
}
