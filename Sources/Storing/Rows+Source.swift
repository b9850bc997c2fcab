import FoundationEssentials
import GRDB
import TallyModel

extension SourceState {
    init(row: Row) throws {
        self.init(nextPollAt: Date(timeIntervalSince1970: row["next_poll_at"]))
        validators = Validators(entityTag: row["entity_tag"], lastModified: row["last_modified"])
        bodyDigest = row["body_digest"]
        failureCount = row["failure_count"]
        lastError = row["last_error"]
        lastSuccessAt = Self.date(row["last_success_at"])
        lastPollAt = Self.date(row["last_poll_at"])
        lastChangeAt = Self.date(row["last_change_at"])
        lastWholeAt = Self.date(row["last_whole_at"])
        kind = (row["kind"] as String?).flatMap(Source.Kind.init)
        if let text = row["feed_hints"] as String? { feedHints = try Document.value(of: text) }
        entryGapSeconds = row["entry_gap_seconds"]
        reason = row["reason"]
        move = try (row["move"] as String?).map { try Document.value(of: $0) }
        feedURL = row["feed_url"]
        goneAt = Self.date(row["gone_at"])
        wireBytes = row["wire_bytes"]
        savedBytes = row["saved_bytes"]
        pollCount = row["poll_count"]
        unchangedCount = row["unchanged_count"]
    }

    private static func date(_ seconds: Double?) -> Date? {
        seconds.map { Date(timeIntervalSince1970: $0) }
    }
}

extension Database {
    func save(_ state: SourceState, of source: Source) throws {
        let statement = try cachedStatement(sql: Self.saveSource)
        let hints = state.feedHints == FeedHints() ? nil : try Document.text(of: state.feedHints)
        let arguments: [(any DatabaseValueConvertible)?] = [
            source.name, source.url, state.validators.entityTag, state.validators.lastModified,
            state.bodyDigest,
            state.nextPollAt.timeIntervalSince1970, state.failureCount, state.lastError,
            state.lastSuccessAt?.timeIntervalSince1970, state.lastPollAt?.timeIntervalSince1970,
            state.lastChangeAt?.timeIntervalSince1970, state.lastWholeAt?.timeIntervalSince1970,
            state.kind?.rawValue, hints, state.entryGapSeconds, state.reason,
            try state.move.map { try Document.text(of: $0) }, state.feedURL,
            state.goneAt?.timeIntervalSince1970, state.wireBytes, state.savedBytes, state.pollCount,
            state.unchangedCount,
        ]
        try statement.execute(arguments: StatementArguments(arguments))
    }

    private static let sourceColumns = [
        "name", "url", "entity_tag", "last_modified", "body_digest", "next_poll_at", "failure_count",
        "last_error",
        "last_success_at", "last_poll_at", "last_change_at", "last_whole_at", "kind", "feed_hints",
        "entry_gap_seconds", "reason", "move", "feed_url", "gone_at", "wire_bytes", "saved_bytes",
        "poll_count",
        "unchanged_count",
    ]

    private static let saveSource = """
        INSERT INTO source (\(sourceColumns.joined(separator: ", ")))
        VALUES (\(sourceColumns.map { _ in "?" }.joined(separator: ", ")))
        ON CONFLICT (name) DO UPDATE SET
        \(sourceColumns.dropFirst().map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
        """
}
