import Dispatch
public import FoundationEssentials
import GRDB
public import TallyModel

/// The store in one SQLite file: WAL, foreign keys, one writing connection, `synchronous = FULL`.
///
/// SQLite 3.40.1 can corrupt a WAL that two connections write or checkpoint (fixed in 3.51.3), so a second process
/// only ever opens the file with ``init(readingPath:)``; what it wants written goes to the daemon.
public final class SQLiteStore: Store {
    let writer: any DatabaseWriter
    private let entryWriter: GroupWriter
    /// The database where it has no file: nothing of it is ever waited for, so that it is asked without another thread.
    let memory: DatabaseQueue?

    /// GRDB's own would raise the priority of threads, which no ordinary user may: libdispatch logs each time that it cannot.
    private static let qos = DispatchQoS.utility

    /// The size at which the log is copied to the file: what is written often is copied less often.
    private static let logBytes = 16 << 20

    /// Opens a store for writing, creates it where there is none, and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - url: Where it is.
    ///   - onMigration: Called before each step that brings an older store up to date, with the steps done and all of them.
    /// - Throws: ``StoringError/cannotOpen(path:reason:)``.
    public init(
        _ url: StoreURL,
        onMigration: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws(StoringError) {
        let path =
            switch url {
            case .file(let path): path
            case .memory: ":memory:"
            }
        do {
            var configuration = Configuration()
            configuration.label = "tallywatch.storing"
            configuration.qos = Self.qos
            configuration.busyMode = .timeout(5)
            switch url {
            case .memory:
                writer = try DatabaseQueue(configuration: configuration)
            case .file:
                configuration.maximumReaderCount = 2
                try FileManager.default.createDirectory(
                    atPath: Self.directory(of: path),
                    withIntermediateDirectories: true
                )
                // Only before the first table is made: pages, and that room can be given back while the daemon works.
                configuration.prepareDatabase { database in
                    guard !database.configuration.readonly else {
                        // The writing connection has the 2 MB of pages that the usual work needs.
                        try database.execute(sql: "PRAGMA cache_size = -512")
                        return
                    }
                    // Rows of entries and revisions bear texts: of the usual pages of 4 KB a third would stay empty.
                    try database.execute(sql: "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL")
                }
                let pool = try DatabasePool(path: path, configuration: configuration)
                // GRDB sets NORMAL for WAL, which may lose the last transactions when the power fails.
                try pool.writeWithoutTransaction { database in
                    let pageBytes = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 4096
                    try database.execute(
                        sql: """
                            PRAGMA synchronous = FULL;
                            PRAGMA wal_autocheckpoint = \(Self.logBytes / pageBytes)
                            """
                    )
                }
                writer = pool
            }
            try Migrations.migrate(writer, tell: onMigration)
            entryWriter = Self.entryWriter(of: writer)
            memory = url == .memory ? writer as? DatabaseQueue : nil
        } catch {
            throw .cannotOpen(path: path, reason: Self.reason(of: error))
        }
    }

    /// Opens a store for reading only, beside a running daemon or without one.
    ///
    /// - Throws: ``StoringError/missing(path:)`` or ``StoringError/cannotOpen(path:reason:)``.
    public init(readingPath path: String) throws(StoringError) {
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path: path) }
        do {
            var configuration = Configuration()
            configuration.qos = Self.qos
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            writer = try DatabaseQueue(path: path, configuration: configuration)
            let isCurrent = try writer.read { try Migrations.migrator.hasCompletedMigrations($0) }
            guard isCurrent else {
                throw StoringError.cannotOpen(path: path, reason: "its schema is not of this version")
            }
            entryWriter = Self.entryWriter(of: writer)
            memory = nil
        } catch let error as StoringError {
            throw error
        } catch {
            throw .cannotOpen(path: path, reason: Self.reason(of: error))
        }
    }

    /// Folds the write-ahead log into the file and closes it.
    public func close() throws {
        // GRDB closes its writing connection first, and the last one to close cannot fold the log in: it only reads.
        try writer.writeWithoutTransaction { database in
            // GRDB interrupts a task that is cancelled; where that comes behind its last statement, it is the next
            // thing to run that ends, unless that is a statement (sqlite.org/c3ref/interrupt.html). A checkpoint would.
            _ = try Int.fetchOne(database, sql: "SELECT 1")
            _ = try database.checkpoint(.truncate)
        }
        try writer.close()
    }

    /// Returns when the database has answered: for the watchdog.
    public func ping() async throws {
        _ = try await writer.read { try Int.fetchOne($0, sql: "SELECT 1") }
        // An idle store needs no page cache.
        (writer as? DatabasePool)?.releaseMemoryEventually()
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func reason(of error: any Error) -> String {
        guard let error = error as? DatabaseError else { return "\(error)" }
        return error.message ?? "\(error.resultCode)"
    }
}

extension SQLiteStore {
    /// Returns what is remembered of a source; `nil` before its first poll, and again where its URL has changed.
    public func state(of source: Source) async throws -> SourceState? {
        try await writer.read { database in
            try Row.fetchOne(
                database,
                sql: Database.selectSources + " WHERE name = ? AND url = ?",
                arguments: [source.name, source.url]
            )
            .map { try SourceState(row: $0) }
        }
    }

    /// Hands over what is remembered of each source, one after the other: with the name and the URL that it was polled
    /// by, and when the next of its entries is to be looked at again, `nil` for none.
    public func readStates(
        _ take:
            @escaping @Sendable (_ name: String, _ url: String, _ state: SourceState, _ nextCheck: Date?) ->
            Void
    ) async throws {
        try await writer.read { database in
            let rows = try Row.fetchCursor(database, sql: Database.selectSourcesWithChecks)
            while let row = try rows.next() {
                let check = (row[Database.checkPlace] as Double?).map(Date.init(timeIntervalSince1970:))
                take(row[0], row[1], try SourceState(row: row), check)
            }
        }
    }

    /// Writes the states of sources, all or none; of those that are only polled no more than that.
    public func save(_ states: [(source: Source, state: SourceState, isOnlyPolled: Bool)]) async throws {
        guard !states.isEmpty else { return }
        try await writer.write { database in
            try database.save(states)
        }
    }

    /// Writes the state of a source, and the alert on it that the state calls for.
    public func save(
        _ state: SourceState,
        of source: Source,
        alert: Alert?,
        deliveries: [PlannedDelivery]
    ) async throws {
        try await writer.write { database in
            try database.save(state, of: source)
            if let alert {
                try database.insert([alert], deliveries)
            }
        }
    }

    // Three looks that each poll with news needs go through the writing connection and without a transaction: a place
    // among the readers and the transaction would cost more than they do, and only the cycle that asks writes what they
    // read.

    /// Returns the entries of a source among some identifiers, by identifier.
    public func entries(ofSource name: String, among ids: [String]) async throws -> [String: EntryRecord] {
        try await writer.writeWithoutTransaction { database in
            let statement = try database.cachedStatement(
                sql: "SELECT * FROM entry WHERE source = ? AND entry_id = ?"
            )
            var found: [String: EntryRecord] = [:]
            // A source that is new has none.
            let any = try database.cachedStatement(sql: "SELECT 1 FROM entry WHERE source = ? LIMIT 1")
            guard try Int.fetchOne(any, arguments: [name]) != nil else { return found }
            for id in ids {
                if let row = try Row.fetchOne(statement, arguments: [name, id]) {
                    found[id] = try EntryRecord(row: row)
                }
            }
            return found
        }
    }

    /// Returns the entries of a source whose pages are to be looked at again, the longest due first.
    public func entriesDue(ofSource name: String, at now: Date, limit: Int) async throws -> [EntryRecord] {
        try await writer.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM entry WHERE source = ? AND next_check_at IS NOT NULL AND next_check_at <= ?
                    ORDER BY next_check_at LIMIT ?
                    """,
                arguments: [name, now.timeIntervalSince1970, limit]
            ).map(EntryRecord.init(row:))
        }
    }

    /// Returns when the next entry of each source is to be looked at again, by the source's name.
    public func checksDue() async throws -> [String: Date] {
        try await writer.read { database in
            // From one source to the next: whoever groups by source reads every entry that waits.
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    WITH RECURSIVE waiting (source) AS (
                        SELECT min(source) FROM entry WHERE next_check_at IS NOT NULL
                        UNION ALL
                        SELECT (
                            SELECT min(source) FROM entry
                            WHERE next_check_at IS NOT NULL AND source > waiting.source
                        ) FROM waiting WHERE waiting.source IS NOT NULL
                    )
                    SELECT source, (
                        SELECT min(next_check_at) FROM entry
                        WHERE next_check_at IS NOT NULL AND source = waiting.source
                    ) FROM waiting WHERE source IS NOT NULL
                    """
            )
            var checks: [String: Date] = [:]
            while let row = try rows.next() {
                checks[row[0]] = Date(timeIntervalSince1970: row[1])
            }
            return checks
        }
    }

    /// Returns when the next entry of a source is to be looked at again; `nil` where none is.
    public func nextCheck(ofSource name: String) async throws -> Date? {
        try await writer.writeWithoutTransaction { database in
            let statement = try database.cachedStatement(
                sql: "SELECT min(next_check_at) FROM entry WHERE source = ? AND next_check_at IS NOT NULL"
            )
            return try Double.fetchOne(statement, arguments: [name]).map { Date(timeIntervalSince1970: $0) }
        }
    }

    /// Moves the next looks at the entries of a source, and when those that lie in the future were first seen.
    public func moveChecks(ofSource name: String, bySeconds seconds: Double, at now: Date) async throws {
        try await writer.write { database in
            try database.execute(
                sql: """
                    UPDATE entry SET next_check_at = next_check_at + :seconds,
                        first_seen_at = first_seen_at + iif(first_seen_at > :now, :seconds, 0)
                    WHERE source = :source AND next_check_at IS NOT NULL
                    """,
                arguments: ["seconds": seconds, "now": now.timeIntervalSince1970, "source": name]
            )
        }
    }

    /// Returns when each of some articles was last read as a new revision; those that never were are left out.
    public func articlesRead(among ids: [String]) async throws -> [String: Date] {
        try await writer.writeWithoutTransaction { database in
            let statement = try database.cachedStatement(
                sql: "SELECT max(read_at) FROM revision WHERE article_id = ?"
            )
            return try ids.reduce(into: [:]) { found, id in
                found[id] = try Double.fetchOne(statement, arguments: [id]).map(
                    Date.init(timeIntervalSince1970:)
                )
            }
        }
    }

    /// Writes entries without anything having been read of them.
    public func save(_ entries: [EntryRecord]) async throws {
        guard !entries.isEmpty else { return }
        try await entryWriter.save(entries)
    }

    private static func entryWriter(of writer: any DatabaseWriter) -> GroupWriter {
        GroupWriter { entries in
            try await writer.write { database in
                for entry in entries {
                    try database.save(entry)
                }
            }
        }
    }
}
