import FoundationEssentials
import GRDB
import TallyModel

extension SourceState {
    /// Reads a row that begins with the columns of ``Database/selectSources``.
    init(row: Row) throws {
        // By place: names would be looked up for each of ten thousand rows.
        self.init(nextPollAt: Date(timeIntervalSince1970: row[5]))
        validators = Validators(entityTag: row[2], lastModified: row[3])
        bodyDigest = row[4]
        failureCount = row[6]
        lastError = row[7]
        lastSuccessAt = Self.date(row[8])
        lastPollAt = Self.date(row[9])
        lastChangeAt = Self.date(row[10])
        lastWholeAt = Self.date(row[11])
        kind = (row[12] as String?).flatMap(Source.Kind.init)
        if let text = row[13] as String? { feedHints = try Document.value(of: text) }
        entryGapSeconds = row[14]
        reason = row[15]
        move = try (row[16] as String?).map { try Document.value(of: $0) }
        feedURL = row[17]
        goneAt = Self.date(row[18])
        wireBytes = row[19]
        savedBytes = row[20]
        pollCount = row[21]
        unchangedCount = row[22]
    }

    private static func date(_ seconds: Double?) -> Date? {
        seconds.map { Date(timeIntervalSince1970: $0) }
    }
}

extension Database {
    /// Writes the states of sources, new or not.
    func save(_ states: [(source: Source, state: SourceState, isOnlyPolled: Bool)]) throws {
        // A row with a third of its columns is written in half the time.
        let updatePoll = try cachedStatement(sql: Self.updatePoll)
        for (source, state, isOnlyPolled) in states {
            if isOnlyPolled {
                try updatePoll.execute { row in
                    row.addPoll(of: state)
                    row.add(source.name)
                }
                guard changesCount == 0 else { continue }
            }
            try save(state, of: source)
        }
    }

    func save(_ state: SourceState, of source: Source) throws {
        // Nearly all are known: changing one is cheaper than the attempt to put it in.
        for sql in [Self.updateSource, Self.insertSource] {
            try cachedStatement(sql: sql).execute { row in
                try row.addContent(of: state, source.url)
                row.add(source.name)
            }
            guard changesCount == 0 else { return }
        }
    }

    private static let sourceColumns = [
        "name", "url", "entity_tag", "last_modified", "body_digest", "next_poll_at", "failure_count",
        "last_error",
        "last_success_at", "last_poll_at", "last_change_at", "last_whole_at", "kind", "feed_hints",
        "entry_gap_seconds", "reason", "move", "feed_url", "gone_at", "wire_bytes", "saved_bytes",
        "poll_count",
        "unchanged_count",
    ]

    /// All rows of `source`, their columns in a fixed order.
    static let selectSources = "SELECT \(sourceColumns.joined(separator: ", ")) FROM source"

    /// The same columns where another table is joined.
    static let sourceColumnsOfTable = sourceColumns.map { "source.\($0)" }.joined(separator: ", ")

    /// The same rows, with when the next entry of each is to be looked at again behind them.
    static let selectSourcesWithChecks = """
        SELECT \(sourceColumns.joined(separator: ", ")), (
            SELECT min(next_check_at) FROM entry WHERE entry.source = source.name AND next_check_at IS NOT NULL
        ) FROM source
        """

    /// The place of that column.
    static let checkPlace = sourceColumns.count

    private static let insertSource = """
        INSERT INTO source (\(sourceColumns.dropFirst().joined(separator: ", ")), name)
        VALUES (\(sourceColumns.map { _ in "?" }.joined(separator: ", ")))
        """

    private static let updateSource = """
        UPDATE source SET \(sourceColumns.dropFirst().map { "\($0) = ?" }.joined(separator: ", ")) WHERE name = ?
        """

    /// What ``SourceState/isOnlyPolled(since:)`` leaves out.
    private static let updatePoll = """
        UPDATE source SET next_poll_at = ?, reason = ?, last_success_at = ?, last_poll_at = ?, saved_bytes = ?,
            poll_count = ?, unchanged_count = ?
        WHERE name = ?
        """
}

extension Binder {
    /// The columns of ``Database/updatePoll``.
    fileprivate mutating func addPoll(of state: SourceState) {
        add(state.nextPollAt)
        add(state.reason)
        add(state.lastSuccessAt)
        add(state.lastPollAt)
        add(state.savedBytes)
        add(state.pollCount)
        add(state.unchangedCount)
    }

    /// The columns of ``Database/sourceColumns`` but for the name.
    fileprivate mutating func addContent(of state: SourceState, _ url: String) throws {
        add(url)
        add(state.validators.entityTag)
        add(state.validators.lastModified)
        add(state.bodyDigest)
        add(state.nextPollAt)
        add(state.failureCount)
        add(state.lastError)
        add(state.lastSuccessAt)
        add(state.lastPollAt)
        add(state.lastChangeAt)
        add(state.lastWholeAt)
        add(state.kind?.rawValue)
        add(state.feedHints == FeedHints() ? nil : try Document.text(of: state.feedHints))
        add(state.entryGapSeconds)
        add(state.reason)
        add(try state.move.map { try Document.text(of: $0) })
        add(state.feedURL)
        add(state.goneAt)
        add(state.wireBytes)
        add(state.savedBytes)
        add(state.pollCount)
        add(state.unchangedCount)
    }
}
