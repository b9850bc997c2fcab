import Extracting
import Foundation
import TallyModel
import Testing

@testable import TallyDaemon

@Suite struct FetchChoiceTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let shows: String
        let fetch: Source.Fetch
        var isFull = true
        var size = 900
        var end = "."
        let isPage: Bool
        var testDescription: String { shows }
    }

    static let cases = [
        Case(shows: "a whole text needs no page", fetch: .auto, isPage: false),
        Case(shows: "a summary leads to the page", fetch: .auto, isFull: false, isPage: true),
        Case(shows: "a short content leads to the page", fetch: .auto, size: 200, isPage: true),
        Case(shows: "a content that breaks off leads to the page", fetch: .auto, end: " […]", isPage: true),
        Case(shows: "a source may ask for pages", fetch: .page, isPage: true),
        Case(shows: "a source may refuse pages", fetch: .feed, isFull: false, size: 200, isPage: false),
        Case(shows: "an entry without a text has its page", fetch: .feed, size: 0, end: "", isPage: true),
    ]

    @Test("the text of an entry is taken from where the source says", arguments: cases)
    func choice(example: Case) {
        let text = String(repeating: "a", count: example.size) + example.end
        var entry = FeedEntry(id: "1", url: "https://courier.example/1", text: text)
        entry.hasFullContent = example.isFull
        let feed = Feed(format: .rss, title: "Courier")
        let candidate = Candidate(of: entry, in: feed, fetch: example.fetch)
        if case .page = candidate.text {
            #expect(example.isPage)
        } else {
            #expect(!example.isPage)
        }
    }

    struct StubCase: Sendable, CustomTestStringConvertible {
        let shows: String
        let page: String
        /// How often the feed's own content tells the story's sentence.
        var told = 4
        let isOfFeed: Bool
        let isPartial: Bool
        var testDescription: String { shows }
    }

    private static let sentence =
        "Twelve people died in the fire of the old mill by the river, the fire service said. "

    @Test(
        "a page that breaks off gives way to what the feed itself tells, if that is longer",
        arguments: [
            StubCase(
                shows: "a paywall after the first paragraph",
                page: "<p>\(sentence)</p><div>Subscribe to continue reading</div>",
                isOfFeed: true,
                isPartial: true
            ),
            StubCase(
                shows: "a paywall, and a feed that tells less",
                page: "<p>\(sentence)\(sentence)</p><div>Subscribe to continue reading</div>",
                told: 1,
                isOfFeed: false,
                isPartial: true
            ),
            StubCase(
                shows: "a whole page",
                page: "<p>\(sentence)\(sentence)\(sentence)\(sentence)</p>",
                isOfFeed: false,
                isPartial: false
            ),
        ]
    )
    func stub(example: StubCase) async throws {
        let web = CannedWeb { request in
            request.url.hasSuffix("robots.txt")
                ? .status(404) : .text("<html><body><main>\(example.page)</main>", type: "text/html")
        }
        let now = Date(timeIntervalSince1970: 1_771_000_000)
        let reader = ArticleReader(
            client: web,
            robots: RobotsBook(client: web, clock: { now }),
            claimExtractor: ClaimExtractor()
        )
        let text = "The feed's own words. " + String(repeating: Self.sentence, count: example.told)
        let entry = FeedEntry(id: "1", url: "https://courier.example/1", text: text)
        let result = await reader.read(
            Candidate(of: entry, in: Feed(format: .rss, title: "Courier"), fetch: .page),
            of: Source(name: "courier", url: "https://courier.example/feed.xml"),
            validators: Validators(),
            now: now
        )
        guard case .read(let article, _, _) = result else {
            Issue.record("nothing was read: \(result)")
            return
        }
        #expect(article.text.hasPrefix("The feed's own words.") == example.isOfFeed)
        #expect(article.isPartial == example.isPartial)
    }
}
