import ArgumentParser
import Parsing
import TallyModel

struct FeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feed",
        abstract: "Show a feed's entries as the daemon sees them."
    )

    @Argument(help: "A file, an http or https URL, or - for standard input.")
    var document: String

    @Option(name: .long, help: "The URL that the feed is from.")
    var url: String?

    @Option(name: .long, help: "The feed's media type, with its charset where it is known.")
    var contentType: String?

    @OptionGroup var documents: DocumentOption
    @OptionGroup var output: JSONFlag

    func run() async throws {
        let loaded = try await documents.load(document, url: url, contentType: contentType)
        let feed: Feed
        do {
            feed = try FeedParser().feed(from: loaded.bytes, contentType: loaded.contentType, url: loaded.url)
        } catch {
            throw Failure.failed("\(document): \(error.description)")
        }
        if output.json {
            try Output.json(FeedDocument(feed))
            return
        }
        Output.line("\(feed.title) (\(feed.format.rawValue), \(feed.entries.count) entries)")
        for entry in feed.entries {
            let date = entry.published.map(Timestamp.text(of:)) ?? "no date"
            Output.line("\(date)  \(entry.title)  \(entry.url)")
        }
        for diagnostic in feed.diagnostics {
            Output.error("\(document): \(diagnostic)")
        }
    }
}

/// The contract's JSON of `feed`.
private struct FeedDocument: Encodable {
    struct Head: Encodable {
        let format: Feed.Format
        let title: String
        let url: String
        let language: String?

        private enum CodingKeys: CodingKey {
            case format, title, url, language
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(format, forKey: .format)
            try container.encode(title, forKey: .title)
            try container.encode(url, forKey: .url)
            try container.encode(language, forKey: .language)
        }
    }

    let feed: Head
    let entries: [FeedEntry]
    let diagnostics: [String]

    init(_ feed: Feed) {
        self.feed = Head(format: feed.format, title: feed.title, url: feed.url, language: feed.language)
        entries = feed.entries
        diagnostics = feed.diagnostics
    }
}
