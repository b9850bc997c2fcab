import ArgumentParser
import Foundation
import Storing
import Delivering
import TallyDaemon
import TallyModel

struct SourcesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources",
        abstract: "List the sources, how they are and when they are due."
    )

    @OptionGroup var config: ConfigOption
    @OptionGroup var output: JSONFlag

    func run() async throws {
        let stored = try await config.readStore().storedSources()
        let known = Dictionary(uniqueKeysWithValues: stored.map { ($0.name, $0) })
        let rows = try config.settings().sources.map { SourceRow($0, known[$0.name]) }
        guard !output.json else { return try Output.json(rows) }
        for row in rows {
            let error = row.lastError.map { "  \($0) (\(row.failureCount)×)" } ?? ""
            let due = row.nextPollAt.map(Timestamp.text(of:)) ?? "now"
            Output.line("\(row.state)  \(row.name)  \(row.url)  \(row.entries) entries  due \(due)\(error)")
        }
    }
}

private struct SourceRow: Encodable {
    let name: String
    let url: String
    let state: String
    let entries: Int
    let failureCount: Int
    let lastError: String?
    let lastSuccessAt: Date?
    let nextPollAt: Date?

    init(_ source: Source, _ stored: StoredSource?) {
        name = source.name
        url = source.url
        entries = stored?.entryCount ?? 0
        failureCount = stored?.state.failureCount ?? 0
        lastError = stored?.state.lastError
        lastSuccessAt = stored?.state.lastSuccessAt
        nextPollAt = stored?.state.nextPollAt
        state = stored == nil ? "unpolled" : failureCount > 0 ? "failing" : "ok"
    }

    private enum CodingKeys: String, CodingKey {
        case name, url, state, entries, failureCount = "failures", lastError = "last_error"
        case lastSuccessAt = "last_success", nextPollAt = "next_poll"
    }
}

struct StoriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stories",
        abstract: "List the stories, the one with the newest article first."
    )

    @Option(name: .long, help: "The most rows that are listed.")
    var limit = 100

    @OptionGroup var config: ConfigOption
    @OptionGroup var output: JSONFlag

    func run() async throws {
        let stories = try await config.readStore().recentStories(limit: limit)
        guard !output.json else { return try Output.json(stories.map(StoryRow.init)) }
        for story in stories {
            let day = Timestamp.text(of: story.lastArticleAt).prefix(10)
            Output.line("\(story.id)  \(day)  \(story.articleCount) articles  \(story.title)")
        }
    }
}

private struct StoryRow: Encodable {
    let id: String
    let title: String
    let articles: Int
    let first: Date
    let last: Date

    init(_ story: Story) {
        id = story.id
        title = story.title
        articles = story.articleCount
        first = story.firstArticleAt
        last = story.lastArticleAt
    }
}

struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "List the alerts, the newest first."
    )

    @Option(name: .long, help: "The most alerts that are listed.")
    var limit = 100

    @OptionGroup var config: ConfigOption
    @OptionGroup var output: JSONFlag

    func run() async throws {
        for alert in try await config.readStore().storedAlerts(ofFigure: nil, limit: limit) {
            if output.json {
                Output.line(alert.body)
            } else {
                let decoded = try TallyJSON.decoder().decode(Alert.self, from: Data(alert.body.utf8))
                let seen = alert.acknowledgedAt.map { "  seen:   \(Timestamp.text(of: $0))\n" } ?? ""
                Output.line(AlertText.lines(of: decoded) + "  alert:  \(decoded.id)\n" + seen)
            }
        }
    }
}
