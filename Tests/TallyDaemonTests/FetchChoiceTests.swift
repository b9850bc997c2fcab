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
}
