import Foundation
import Parsing
import TallyModel
import Testing

@Suite("Fixtures")
struct FixtureTests {
    private static let feeds = [
        "atom", "atom-03", "broken", "entity-bomb", "json-feed", "rdf", "rss-plain", "sitemap",
    ]
    private static let articles = ["article-json", "bare-page", "news-page", "text", "tiny-page"]
    private static let url = "https://courier.example/feeds/source"

    @Test("a feed is read as its expectation says", arguments: feeds)
    func feed(slug: String) throws {
        let feed = try FeedParser().feed(from: source(of: slug), contentType: nil, url: Self.url)
        try compare(feed, with: slug)
    }

    @Test("an article is read as its expectation says", arguments: articles)
    func article(slug: String) throws {
        let article = try ArticleExtractor().article(from: source(of: slug), contentType: nil, url: Self.url)
        try compare(article, with: slug)
    }

    private func source(of slug: String) throws -> [UInt8] {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
            .appending(path: slug)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        let name = try #require(names.first { $0.hasPrefix("source.") })
        return Array(try Data(contentsOf: folder.appending(path: name)))
    }

    private func compare(
        _ value: some Codable & Equatable,
        with slug: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "Fixtures/\(slug)/expected.json"
        )
        if ProcessInfo.processInfo.environment["TALLYWATCH_RECORD"] == "1" {
            try (TallyJSON.text(of: value, isPretty: true) + "\n").write(
                to: file,
                atomically: true,
                encoding: .utf8
            )
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(
            try TallyJSON.text(of: value, isPretty: true) + "\n" == expected,
            sourceLocation: sourceLocation
        )
    }
}
