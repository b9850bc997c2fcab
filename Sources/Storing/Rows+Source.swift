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
    func save(_ state: SourceState, of source: Source) throws {
        let statement = try cachedStatement(sql: Self.saveSource)
        let hints = state.feedHints == FeedHints() ? nil : try Document.text(of: state.feedHints)
        try statement.execute { row in
            row.add(source.name)
            row.add(source.url)
            row.add(state.validators.entityTag)
            row.add(state.validators.lastModified)
            row.add(state.bodyDigest)
            row.add(state.nextPollAt)
            row.add(state.failureCount)
            row.add(state.lastError)
            row.add(state.lastSuccessAt)
            row.add(state.lastPollAt)
            row.add(state.lastChangeAt)
            row.add(state.lastWholeAt)
            row.add(state.kind?.rawValue)
            row.add(hints)
            row.add(state.entryGapSeconds)
            row.add(state.reason)
            row.add(try state.move.map { try Document.text(of: $0) })
            row.add(state.feedURL)
            row.add(state.goneAt)
            row.add(state.wireBytes)
            row.add(state.savedBytes)
            row.add(state.pollCount)
            row.add(state.unchangedCount)
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

    private static let saveSource = """
        INSERT INTO source (\(sourceColumns.joined(separator: ", ")))
        VALUES (\(sourceColumns.map { _ in "?" }.joined(separator: ", ")))
        ON CONFLICT (name) DO UPDATE SET
        \(sourceColumns.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
        """
}
