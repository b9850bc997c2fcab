public import FoundationEssentials
import GRDB
public import TallyModel

/// An alert as it is stored.
public struct StoredAlert: Hashable, Sendable {
    /// The contract's object, one line of JSON.
    public let body: String
    /// When a person has seen it.
    public let acknowledgedAt: Date?
}

/// A source as it is stored.
public struct StoredSource: Hashable, Sendable {
    /// The name in the configuration.
    public let name: String
    /// The URL that it was last polled at.
    public let url: String
    /// What is remembered of it.
    public let state: SourceState
    /// The entries that were seen.
    public let entryCount: Int
    /// The entries of which an article was read.
    public let articleCount: Int
    /// When the next of its pages is looked at again; `nil` where none is.
    public let nextCheckAt: Date?
}

// What the command line lists: read only, newest first, never more than `limit` rows.
extension SQLiteStore {
    /// Returns every source that was ever polled, by name.
    public func storedSources() async throws -> [StoredSource] {
        try await writer.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(Database.sourceColumnsOfTable), count(entry.entry_id) AS entries, count(entry.article_id) AS articles,
                        min(entry.next_check_at) AS next_check
                    FROM source LEFT JOIN entry ON entry.source = source.name GROUP BY source.name ORDER BY source.name
                    """
            ).map {
                StoredSource(
                    name: $0["name"],
                    url: $0["url"],
                    state: try SourceState(row: $0),
                    entryCount: $0["entries"],
                    articleCount: $0["articles"],
                    nextCheckAt: ($0["next_check"] as Double?).map { Date(timeIntervalSince1970: $0) }
                )
            }
        }
    }

    /// Returns the newest figures, of one story or of all, at most `limit`.
    public func storedFigures(ofStory story: String?, limit: Int) async throws -> [Figure] {
        try await writer.read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT \(Database.figureColumns) FROM figure WHERE ? IS NULL OR story_id = ?
                    ORDER BY place DESC LIMIT ?
                    """
            )
            return try database.figures(statement, arguments: [story, story, limit])
        }
    }

    /// Returns the story of an identifier; `nil` if there is none.
    public func story(_ id: String) async throws -> Story? {
        try await writer.read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM story WHERE id = ?", arguments: [id])
                .map(Story.init(row:))
        }
    }

    /// Returns the newest alerts, of one figure or of all, at most `limit`.
    public func storedAlerts(ofFigure figure: String?, limit: Int) async throws -> [StoredAlert] {
        try await writer.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT body, acknowledged_at FROM alert WHERE ? IS NULL OR figure_id = ?
                    ORDER BY rowid DESC LIMIT ?
                    """,
                arguments: [figure, figure, limit]
            ).map { row in
                let seconds: Double? = row["acknowledged_at"]
                return StoredAlert(
                    body: row["body"],
                    acknowledgedAt: seconds.map { Date(timeIntervalSince1970: $0) }
                )
            }
        }
    }
}
