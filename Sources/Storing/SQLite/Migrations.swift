import GRDB

/// The schema, as numbered steps that are only ever added to.
enum Migrations {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("001") { database in
            try database.execute(sql: first)
        }
        migrator.registerMigration("002") { database in
            try database.execute(sql: second)
        }
        migrator.registerMigration("002 sources") { database in
            try database.execute(sql: sources)
        }
        migrator.registerMigration("003") { database in
            try database.execute(sql: third)
        }
        migrator.registerMigration("004 subscriptions") { database in
            try database.execute(sql: subscriptions)
        }
        migrator.registerMigration("005") { database in
            try database.execute(sql: fifth)
        }
        migrator.registerMigration("006") { database in
            try database.execute(sql: sixth)
        }
        migrator.registerMigration("007 moves") { database in
            try database.execute(sql: moves)
        }
        return migrator
    }

    /// Brings a schema up to date, step by step.
    ///
    /// - Parameters:
    ///   - writer: The database.
    ///   - tell: Called before each step of an older store with the steps that are done and their number.
    /// - Throws: ``NewerSchema``, or what the database says.
    static func migrate(_ writer: any DatabaseWriter, tell: (_ done: Int, _ total: Int) -> Void) throws {
        let migrator = Self.migrator
        let applied = try writer.read { try migrator.appliedIdentifiers($0) }
        if let step = applied.subtracting(migrator.migrations).min() { throw NewerSchema(step: step) }
        let pending = migrator.migrations.filter { !applied.contains($0) }
        for (done, name) in pending.enumerated() {
            if !applied.isEmpty { tell(done, pending.count) }
            try migrator.migrate(writer, upTo: name)
        }
    }

    // Bounds are Decimal texts: SQLite's REAL would round them. Times are seconds since 1970, UTC. A sketch is a row
    // of 32-bit words, little-endian.
    private static let first = """
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
        """

    // What order is kept in, reminders, groups, and sinks that want no more. `delivery_pending` serves the walk in
    // order of the making, `delivery_lane` the look at what stands before a delivery.
    private static let second = """
        CREATE TABLE delivery_002 (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            alert_id TEXT NOT NULL REFERENCES alert (id),
            sink TEXT NOT NULL,
            purpose TEXT NOT NULL CHECK (purpose IN ('alert', 'reminder', 'acknowledged')),
            round INTEGER NOT NULL CHECK (round > 0),
            lane TEXT NOT NULL,
            group_key TEXT,
            message TEXT,
            repeat_seconds REAL,
            state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'abandoned', 'cancelled')),
            attempts INTEGER NOT NULL CHECK (attempts >= 0),
            failures INTEGER NOT NULL CHECK (failures >= 0),
            next_attempt_at REAL NOT NULL,
            last_error TEXT,
            created_at REAL NOT NULL,
            ended_at REAL,
            UNIQUE (alert_id, sink, purpose, round),
            CHECK ((state = 'pending') = (ended_at IS NULL))
        ) STRICT;
        INSERT INTO delivery_002
            SELECT delivery.id, alert_id, sink, 'alert', 1, coalesce(alert.figure_id, alert_id), NULL, NULL, NULL, state,
                attempts, 0, next_attempt_at, last_error, created_at, ended_at
            FROM delivery JOIN alert ON alert.id = delivery.alert_id;
        DROP TABLE delivery;
        ALTER TABLE delivery_002 RENAME TO delivery;
        CREATE INDEX delivery_due ON delivery (sink, next_attempt_at) WHERE state = 'pending';
        CREATE INDEX delivery_pending ON delivery (sink, id) WHERE state = 'pending';
        CREATE INDEX delivery_lane ON delivery (sink, lane, id) WHERE state = 'pending';
        CREATE INDEX delivery_message ON delivery (sink, message) WHERE message IS NOT NULL;
        CREATE INDEX delivery_by_state ON delivery (state, sink, id);

        CREATE TABLE sink (
            name TEXT PRIMARY KEY NOT NULL,
            target TEXT NOT NULL,
            disabled_at REAL NOT NULL,
            reason TEXT NOT NULL
        ) STRICT;

        CREATE TABLE mute (
            subject TEXT NOT NULL CHECK (subject IN ('figure', 'story', 'watch', 'source')),
            value TEXT NOT NULL,
            until_at REAL,
            note TEXT,
            created_at REAL NOT NULL,
            PRIMARY KEY (subject, value)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE probe (
            id INTEGER PRIMARY KEY,
            written_at REAL NOT NULL,
            filling BLOB
        ) STRICT;
        CREATE INDEX revision_by_time ON revision (read_at);
        CREATE INDEX entry_by_article ON entry (article_id);
        CREATE INDEX alert_by_figure ON alert (figure_id);
        """

    // What a source is asked by beyond its validators, and what `tallywatch sources` tells of it. Hints and move are
    // JSON.
    private static let sources = """
        ALTER TABLE source ADD COLUMN last_poll_at REAL;
        ALTER TABLE source ADD COLUMN last_change_at REAL;
        ALTER TABLE source ADD COLUMN last_whole_at REAL;
        ALTER TABLE source ADD COLUMN kind TEXT;
        ALTER TABLE source ADD COLUMN feed_hints TEXT;
        ALTER TABLE source ADD COLUMN entry_gap_seconds REAL;
        ALTER TABLE source ADD COLUMN reason TEXT NOT NULL DEFAULT '';
        ALTER TABLE source ADD COLUMN move TEXT;
        ALTER TABLE source ADD COLUMN feed_url TEXT;
        ALTER TABLE source ADD COLUMN gone_at REAL;
        ALTER TABLE source ADD COLUMN wire_bytes INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE source ADD COLUMN saved_bytes INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE source ADD COLUMN poll_count INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE source ADD COLUMN unchanged_count INTEGER NOT NULL DEFAULT 0;
        """

    // Entries bear whole texts. A row of a table without rowids holds 1 KB, and has a page to itself for the rest
    // (<https://www.sqlite.org/withoutrowid.html#when_to_use_without_rowid>).
    private static let third = """
        CREATE TABLE entry_with_rowid (
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
        ) STRICT;
        INSERT INTO entry_with_rowid SELECT source, entry_id, url, digest, first_seen_at, article_id, entity_tag,
            last_modified, next_check_at, failure_count, document, feed_title, is_silent FROM entry;
        DROP TABLE entry;
        ALTER TABLE entry_with_rowid RENAME TO entry;
        CREATE INDEX entry_due ON entry (source, next_check_at) WHERE next_check_at IS NOT NULL;
        CREATE INDEX entry_by_article ON entry (article_id);
        """

    // Most entries are written before their articles are read.
    private static let fifth = """
        DROP INDEX entry_by_article;
        CREATE INDEX entry_by_article ON entry (article_id) WHERE article_id IS NOT NULL;
        """

    // What hubs were asked to tell. The callback is the URL that a hub sends to.
    private static let subscriptions = """
        CREATE TABLE subscription (
            callback TEXT PRIMARY KEY NOT NULL,
            source TEXT NOT NULL,
            hub TEXT NOT NULL,
            topic TEXT NOT NULL,
            secret TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('wanted', 'live', 'denied', 'ending')),
            asked_at REAL,
            next_request_at REAL,
            lease_ends_at REAL,
            failure_count INTEGER NOT NULL CHECK (failure_count >= 0)
        ) STRICT;
        """
}
