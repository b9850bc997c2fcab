public import FoundationEssentials
import GRDB

/// How much a pruning has removed.
public struct PruneReport: Hashable, Sendable {
    /// Texts of articles.
    public var texts = 0
    /// Stories with their articles, claims and figures.
    public var stories = 0
    /// Alerts with their deliveries.
    public var alerts = 0

    /// Creates a report of nothing.
    public init() {}

    /// Whether anything was removed.
    public var isSomething: Bool { texts + stories + alerts > 0 }
}

extension SQLiteStore {
    /// Rows that one transaction removes: the daemon's own writes come in between.
    private static let batch = 200
    /// Pages that one transaction gives back.
    private static let vacuumPages = 500

    /// Removes what is older than the retention allows, a little at a time.
    ///
    /// An alert stays while one of its deliveries is on its way; a story stays while one of its figures is pinned, of a
    /// watch, or in an alert.
    public func prune(_ retention: Retention, at now: Date) async throws -> PruneReport {
        var report = PruneReport()
        if let age = retention.articlesSeconds {
            report.texts = try await inBatches(Self.oldTexts, before: now.addingTimeInterval(-age)) {
                database,
                ids in
                try database.execute(
                    sql: """
                        UPDATE revision SET document = json_set(document, '$.text', '')
                        WHERE id IN (SELECT value FROM json_each(?))
                        """,
                    arguments: [ids]
                )
            }
        }
        if let age = retention.alertsSeconds {
            report.alerts = try await inBatches(Self.oldAlerts, before: now.addingTimeInterval(-age)) {
                database,
                ids in
                for sql in [
                    "DELETE FROM delivery WHERE alert_id IN (SELECT value FROM json_each(?))",
                    "DELETE FROM alert WHERE id IN (SELECT value FROM json_each(?))",
                ] {
                    try database.execute(sql: sql, arguments: [ids])
                }
            }
        }
        if let age = retention.claimsSeconds {
            report.stories = try await inBatches(
                Self.oldStories,
                before: now.addingTimeInterval(-age)
            ) { database, ids in
                for sql in Self.storyRemoval {
                    try database.execute(sql: sql, arguments: [ids])
                }
            }
        }
        return report
    }

    /// Gives free pages back to the disk, a little at a time; returns how many.
    public func vacuum() async throws -> Int {
        var total = 0
        while !Task.isCancelled {
            let freed = try await writer.writeWithoutTransaction { database in
                let before = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
                _ = try Row.fetchAll(database, sql: "PRAGMA incremental_vacuum(\(Self.vacuumPages))")
                let after = try Int.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
                return before - after
            }
            total += freed
            guard freed > 0 else { break }
        }
        return total
    }

    /// The bytes of the database and its write-ahead log.
    public func sizeBytes() async throws -> Int {
        try await writer.read { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            let size = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
            return pages * size
        }
    }

    /// Returns how many sources could not be read at their last poll.
    public func failingSourceCount() async throws -> Int {
        try await writer.read { database in
            try Int.fetchOne(database, sql: "SELECT count(*) FROM source WHERE failure_count > 0") ?? 0
        }
    }

    /// Writes something that has no meaning: whether the disk takes it.
    ///
    /// - Throws: What the database says, `SQLITE_FULL` for a full disk.
    public func probeWriting(at now: Date) async throws {
        try await writer.write { database in
            try database.execute(
                sql: """
                    INSERT INTO probe (id, written_at, filling) VALUES (1, ?, randomblob(65536))
                    ON CONFLICT (id) DO UPDATE SET written_at = excluded.written_at, filling = excluded.filling
                    """,
                arguments: [now.timeIntervalSince1970]
            )
            try database.execute(sql: "UPDATE probe SET filling = NULL")
        }
    }

    /// Looks through the whole database; returns what is wrong with it.
    public func integrityProblems() async throws -> [String] {
        do {
            return try await writer.read { database in
                let problems = try String.fetchAll(database, sql: "PRAGMA quick_check(20)").filter {
                    $0 != "ok"
                }
                let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
                return problems + (orphans > 0 ? ["\(orphans) rows refer to rows that are not there"] : [])
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            // A page that is so bad that the check itself cannot go on.
            return [error.message ?? "the database is malformed"]
        }
    }

    private func inBatches(
        _ selection: String,
        before time: Date,
        _ remove: @escaping @Sendable (Database, String) throws -> Void
    ) async throws -> Int {
        var total = 0
        while !Task.isCancelled {
            let count = try await writer.write { database in
                let ids = try String.fetchAll(
                    database,
                    sql: "\(selection) LIMIT \(Self.batch)",
                    arguments: [time.timeIntervalSince1970]
                )
                if !ids.isEmpty { try remove(database, try Document.text(of: ids)) }
                return ids.count
            }
            total += count
            guard count == Self.batch else { break }
        }
        return total
    }

    private static let oldTexts = """
        SELECT id FROM revision WHERE read_at < ? AND json_extract(document, '$.text') <> ''
        """

    private static let oldAlerts = """
        SELECT id FROM alert WHERE raised_at < ? AND NOT EXISTS (
            SELECT 1 FROM delivery WHERE delivery.alert_id = alert.id AND delivery.state = 'pending'
        )
        """

    private static let oldStories = """
        SELECT id FROM story WHERE last_article_at < ? AND NOT EXISTS (
            SELECT 1 FROM figure WHERE figure.story_id = story.id AND (is_pinned OR watch_figure IS NOT NULL
                OR EXISTS (SELECT 1 FROM alert WHERE alert.figure_id = figure.id))
        )
        """

    /// From the leaves to the root; an entry stays, so that it is not taken for a new one.
    private static let storyRemoval = [
        """
        DELETE FROM baseline_move WHERE figure_place IN (
            SELECT place FROM figure WHERE story_id IN (SELECT value FROM json_each(?)))
        """,
        """
        DELETE FROM figure_claim WHERE figure_place IN (
            SELECT place FROM figure WHERE story_id IN (SELECT value FROM json_each(?)))
        """,
        "DELETE FROM figure WHERE story_id IN (SELECT value FROM json_each(?))",
        """
        DELETE FROM figure_claim WHERE claim_place IN (
            SELECT claim.place FROM claim JOIN revision ON revision.id = revision_id
            JOIN article ON article.id = article_id WHERE story_id IN (SELECT value FROM json_each(?)))
        """,
        """
        DELETE FROM claim WHERE revision_id IN (
            SELECT revision.id FROM revision JOIN article ON article.id = article_id
            WHERE story_id IN (SELECT value FROM json_each(?)))
        """,
        """
        DELETE FROM revision WHERE article_id IN (
            SELECT id FROM article WHERE story_id IN (SELECT value FROM json_each(?)))
        """,
        """
        UPDATE entry SET article_id = NULL, next_check_at = NULL WHERE article_id IN (
            SELECT id FROM article WHERE story_id IN (SELECT value FROM json_each(?)))
        """,
        "DELETE FROM article WHERE story_id IN (SELECT value FROM json_each(?))",
        "DELETE FROM story WHERE id IN (SELECT value FROM json_each(?))",
    ]
}
