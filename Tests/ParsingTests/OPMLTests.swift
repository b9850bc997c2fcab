import Parsing
import Testing

@Suite("OPML")
struct OPMLTests {
    @Test("what is written is read again")
    func roundTrip() throws {
        let outlines = [
            OPMLOutline(title: "A & <B> \"C\"", url: "https://a.example/feed?x=1&y=2"),
            OPMLOutline(title: "Zwölf", url: "https://b.example/"),
        ]
        let document = OPML.document(title: "Mine & yours", of: outlines)
        #expect(try OPML.outlines(from: Array(document.utf8)) == outlines)
    }

    @Test("outlines are found at every level, each URL once, a missing title is the URL")
    func nested() throws {
        let document = """
            <opml version="1.0"><body><outline text="News"><outline text="A" xmlUrl="https://a.example/"/>
            <outline xmlurl="https://b.example/"/></outline><outline title="Again" xmlUrl="https://a.example/"/></body></opml>
            """
        let outlines = try OPML.outlines(from: Array(document.utf8))
        #expect(outlines.map(\.title) == ["A", "https://b.example/"])
    }

    @Test("what is no OPML is refused")
    func refused() {
        #expect(throws: ParsingError.notAFeed("no OPML")) { try OPML.outlines(from: Array("<rss/>".utf8)) }
        #expect(throws: ParsingError.empty) { try OPML.outlines(from: []) }
    }
}
