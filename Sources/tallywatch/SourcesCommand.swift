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
    let name: String
    let url: String
    var state = "unpolled"
    var reason = "it has not been polled"
    var lastPollAt: Date?
    var lastSuccessAt: Date?
    var lastChangeAt: Date?
    var nextPollAt: Date?
    var nextCheckAt: Date?
    var failureCount = 0
    var lastError: String?
    var entries = 0
    var articles = 0
    var polls = 0
    var unchanged = 0
    var savedBytes = 0
    var movedTo: String?
    var feedURL: String?

    init(_ source: Source, _ stored: StoredSource?) {
        name = source.name
        url = Self.withoutSecrets(source.url)
        // What was remembered of another URL says nothing of this one.
        guard let stored, stored.url == source.url else { return }
        let known = stored.state
        state = Self.word(known)
        reason = known.reason
        lastPollAt = known.lastPollAt
        lastSuccessAt = known.lastSuccessAt
        lastChangeAt = known.lastChangeAt
        nextPollAt = known.nextPollAt
        nextCheckAt = stored.nextCheckAt
        failureCount = known.failureCount
        lastError = known.lastError
        entries = stored.entryCount
        articles = stored.articleCount
        polls = known.pollCount
        unchanged = known.unchangedCount
        savedBytes = known.savedBytes
        movedTo = known.move.flatMap { $0.isTaken ? Self.withoutSecrets($0.url) : nil }
        feedURL = known.feedURL.map(Self.withoutSecrets)
    }

    /// Two lines: how the source is, and what came of it.
    var lines: [String] {
        func time(_ date: Date?) -> String { date.map(Timestamp.text(of:)) ?? "never" }
        let trouble = lastError.map { "  \($0) (\(failureCount)×)" } ?? ""
        let moved = movedTo.map { "  moved to \($0)" } ?? feedURL.map { "  its feed is \($0)" } ?? ""
        let due = nextPollAt.map(Timestamp.text(of:)) ?? "now"
        return [
            "\(state)  \(name)  \(url)\(trouble)\(moved)",
            "    asked \(time(lastPollAt)), changed \(time(lastChangeAt)), due \(due) (\(reason)); \(entries) entries, "
                + "\(articles) articles; \(unchanged) of \(polls) polls unchanged, \(savedBytes) bytes saved",
        ]
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
