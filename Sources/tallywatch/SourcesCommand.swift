import ArgumentParser
import Foundation
import Storing
import TallyDaemon
import TallyModel

struct SourcesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources",
        abstract: "List the sources: how each is, when it was asked and is asked again, and why then.",
        discussion: """
            A source is ok, failing, throttled (its server asks for patience), gone (410) or unpolled. With --json \
            each has every time, the counts, and the bytes that unchanged answers have saved.
            """
    )

    @OptionGroup var config: ConfigOption
    @OptionGroup var output: JSONFlag

    func run() async throws {
        let stored = try await config.readStore().storedSources()
        let known = Dictionary(uniqueKeysWithValues: stored.map { ($0.name, $0) })
        let rows = try config.settings().sources.map { SourceRow($0, known[$0.name]) }
        guard !output.json else { return try Output.json(rows) }
        for row in rows {
            for line in row.lines { Output.line(line) }
        }
    }
}

private struct SourceRow: Encodable {
    private let source: Source
    /// What is remembered of it; `nil` before its first poll.
    private let stored: StoredSource?

    init(_ source: Source, _ stored: StoredSource?) {
        self.source = source
        // What was remembered of another URL says nothing of this one.
        self.stored = stored.flatMap { $0.url == source.url ? $0 : nil }
    }

    private var known: SourceState? { stored?.state }
    private var url: String { Self.withoutSecrets(source.url) }
    private var state: String { known.map(Self.word) ?? "unpolled" }
    private var reason: String { known?.reason ?? "it has not been polled" }
    private var movedTo: String? {
        known?.move.flatMap { $0.isTaken ? Self.withoutSecrets($0.url) : nil }
    }
    private var feedURL: String? { known?.feedURL.map(Self.withoutSecrets) }

    /// Two lines: how the source is, and what came of it.
    var lines: [String] {
        func time(_ date: Date?, else word: String = "never") -> String {
            date.map(Timestamp.text(of:)) ?? word
        }
        let trouble = known?.lastError.map { "  \($0) (\(known?.failureCount ?? 0)×)" } ?? ""
        let moved = movedTo.map { "  moved to \($0)" } ?? feedURL.map { "  its feed is \($0)" } ?? ""
        let due = time(known?.nextPollAt, else: "now")
        return [
            "\(state)  \(source.name)  \(url)\(trouble)\(moved)",
            "    asked \(time(known?.lastPollAt)), changed \(time(known?.lastChangeAt)), due \(due) (\(reason)); "
                + "\(stored?.entryCount ?? 0) entries, \(stored?.articleCount ?? 0) articles; "
                + "\(known?.unchangedCount ?? 0) of \(known?.pollCount ?? 0) polls unchanged, "
                + "\(known?.savedBytes ?? 0) bytes saved",
        ]
    }

    func encode(to encoder: any Encoder) throws {
        var row = encoder.container(keyedBy: CodingKeys.self)
        try row.encode(source.name, forKey: .name)
        try row.encode(url, forKey: .url)
        try row.encode(state, forKey: .state)
        try row.encode(reason, forKey: .reason)
        try row.encodeIfPresent(known?.lastPollAt, forKey: .lastPollAt)
        try row.encodeIfPresent(known?.lastSuccessAt, forKey: .lastSuccessAt)
        try row.encodeIfPresent(known?.lastChangeAt, forKey: .lastChangeAt)
        try row.encodeIfPresent(known?.nextPollAt, forKey: .nextPollAt)
        try row.encodeIfPresent(stored?.nextCheckAt, forKey: .nextCheckAt)
        try row.encode(known?.failureCount ?? 0, forKey: .failureCount)
        try row.encodeIfPresent(known?.lastError, forKey: .lastError)
        try row.encode(stored?.entryCount ?? 0, forKey: .entries)
        try row.encode(stored?.articleCount ?? 0, forKey: .articles)
        try row.encode(known?.pollCount ?? 0, forKey: .polls)
        try row.encode(known?.unchangedCount ?? 0, forKey: .unchanged)
        try row.encode(known?.savedBytes ?? 0, forKey: .savedBytes)
        try row.encodeIfPresent(movedTo, forKey: .movedTo)
        try row.encodeIfPresent(feedURL, forKey: .feedURL)
    }

    private static func word(_ state: SourceState) -> String {
        if state.goneAt != nil { return "gone" }
        guard state.failureCount > 0 else { return "ok" }
        return ["http_429", "http_503"].contains(state.lastError) ? "throttled" : "failing"
    }

    /// The name and password that a URL may bear are for the server only.
    private static func withoutSecrets(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        let end = url[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? url.endIndex
        guard let at = url[..<end].lastIndex(of: "@"), at > scheme.upperBound else { return url }
        return url[..<scheme.upperBound] + String(url[url.index(after: at)...])
    }

    private enum CodingKeys: String, CodingKey {
        case name, url, state, reason, entries, articles, polls, unchanged
        case failureCount = "failures"
        case lastError = "last_error"
        case lastPollAt = "last_poll"
        case lastSuccessAt = "last_success"
        case lastChangeAt = "last_change"
        case nextPollAt = "next_poll"
        case nextCheckAt = "next_check"
        case savedBytes = "saved_bytes"
        case movedTo = "moved_to"
        case feedURL = "feed_url"
    }
}
