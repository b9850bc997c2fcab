public import FoundationEssentials
import GRDB
public import TallyModel

// What an article is compared with, and what follows from it.
extension SQLiteStore {
    /// Returns the newest revision of an article; `nil` if it was never read.
    public func knownArticle(_ id: String) async throws -> KnownArticle? {
        try await read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT revision.id, article_id, number, revision.url, title, outlet, published, story_id
                    FROM revision JOIN article ON article.id = revision.article_id
                    WHERE article_id = ? ORDER BY number DESC LIMIT 1
                    """
            )
            guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
            let reference = ArticleReference(row: row)
            let claimStatement = try database.cachedStatement(
                sql: "SELECT document FROM claim WHERE revision_id = ? ORDER BY start_scalar, end_scalar"
            )
            let claims = try Row.fetchAll(claimStatement, arguments: [reference.revisionID]).map {
                SourcedClaim(
                    claim: try ClaimDocument.claim(of: Data(($0["document"] as String).utf8)),
                    article: reference
                )
            }
            return KnownArticle(
                revisionID: reference.revisionID,
                storyID: row["story_id"],
                revisionNumber: row["number"],
                claims: claims
            )
        }
    }

    /// Returns the stories with the newest articles, at most `limit`.
    public func recentStories(limit: Int) async throws -> [Story] {
        try await writer.read { database in
            var stories = try Row.fetchAll(
                database,
                sql: "SELECT * FROM story ORDER BY last_article_at DESC, id LIMIT ?",
                arguments: [limit]
            ).map(Story.init(row:))
            try database.addSketches(to: &stories, limit: Story.sketchesInMemory)
            return stories
        }
    }

    /// Returns the figures of a story, each with its newest claims, oldest first.
    public func figures(ofStory id: String) async throws -> [Figure] {
        try await read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT \(Database.figureColumns) FROM figure WHERE story_id = ? ORDER BY place"
            )
            return try database.figures(statement, arguments: [id])
        }
    }

    /// Returns one figure with all of its claims; `nil` if there is none.
    public func figure(_ id: String) async throws -> Figure? {
        try await writer.read { database in
            let statement = try database.cachedStatement(
                sql: "SELECT \(Database.figureColumns) FROM figure WHERE id = ?"
            )
            return try database.figures(statement, arguments: [id], claimLimit: .max).first
        }
    }

    /// Returns how the baseline of a figure moved, the oldest move first.
    public func moves(ofFigure id: String) async throws -> [StoredMove] {
        try await writer.read { try $0.moves(ofFigure: id) }
    }

    /// Writes a figure that a person has changed, and how its baseline moved by that.
    public func save(_ figure: Figure, move: BaselineMove?, at now: Date) async throws {
        try await writer.write { database in
            try database.save(figure)
            if let move { try database.insert(move, among: [], at: now) }
        }
    }

    /// Writes a reading whole, in one transaction: the outbox is part of it.
    public func commit(_ reading: ReadingCommit) async throws {
        try await write { database in
            try database.save(reading.story)
            try database.insertArticle(of: reading)
            for claim in reading.claims {
                try database.insert(claim)
            }
            for figure in reading.figures {
                try database.save(figure, claimed: reading.claims)
            }
            for move in reading.moves {
                try database.insert(move, among: reading.claims, at: reading.readAt)
            }
            try database.save(reading.entry)
            try database.insert(reading.alerts, reading.deliveries)
        }
    }
}

extension SQLiteStore {
    /// Reads what an article is compared with, apart from all writing.
    private func read<Value: Sendable>(
        _ value: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        guard let memory else { return try Self.read(writer, value) }
        return try Self.read(memory, value)
    }

    /// Reads a file on the caller's own thread, if need be after a reader has become free.
    ///
    /// The work takes less than the way to another thread and back does on a busy machine.
    private static func read<Value>(
        _ file: any DatabaseReader,
        _ value: (Database) throws -> Value
    ) throws -> Value {
        try file.read(value)
    }

    /// Writes what follows from an article, all or nothing.
    private func write(_ updates: @escaping @Sendable (Database) throws -> Void) async throws {
        guard let memory else { return try await writer.write(updates) }
        try Self.write(memory, updates)
    }

    /// Reads in a queue, which runs one after the other.
    ///
    /// Its `read` would set `query_only` besides, and after that SQLite compiles every statement that is kept anew
    /// (<https://www.sqlite.org/pragma.html#pragma_query_only>, `OP_Expire`).
    private static func read<Value>(
        _ queue: DatabaseQueue,
        _ value: (Database) throws -> Value
    ) throws -> Value {
        try queue.unsafeRead(value)
    }

    private static func write(_ queue: DatabaseQueue, _ updates: (Database) throws -> Void) throws {
        try queue.write(updates)
    }
}
