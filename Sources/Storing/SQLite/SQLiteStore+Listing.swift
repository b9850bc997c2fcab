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
}

// What the command line lists: read only, newest first, never more than `limit` rows.
extension SQLiteStore {
    /// Returns every source that was ever polled, by name.
    public func storedSources() async throws -> [StoredSource] {
        try await writer.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT source.*, (SELECT count(*) FROM entry WHERE entry.source = source.name) AS entries
                    FROM source ORDER BY name
                    """
            ).map {
                StoredSource(
                    name: $0["name"],
                    url: $0["url"],
                    state: SourceState(row: $0),
                    entryCount: $0["entries"]
                )
            }
        }
    }

    /// Returns the newest figures, of one story or of all, at most `limit`.
    public func storedFigures(ofStory story: String?, limit: Int) async throws -> [Figure] {
        try await writer.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM figure WHERE ? IS NULL OR story_id = ? ORDER BY rowid DESC LIMIT ?",
                arguments: [story, story, limit]
            ).map { try database.figure(from: $0, claimLimit: Figure.claimsInMemory) }
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
