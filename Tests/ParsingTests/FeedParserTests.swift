import Foundation
import Parsing
import TallyModel
import Testing

@Suite("FeedParser", .timeLimit(.minutes(3)))
struct FeedParserTests {
    struct DateCase: Sendable, CustomTestStringConvertible {
        let shows: String
        let text: String
        let expected: String?
        var testDescription: String { shows }
    }

    @Test(
        "a date is understood without a locale",
        arguments: [
            DateCase(
                shows: "RFC 822",
                text: "Thu, 12 Feb 2026 06:10:00 GMT",
                expected: "2026-02-12T06:10:00Z"
            ),
            DateCase(
                shows: "a year of two digits, no seconds",
                text: "12 Feb 26 06:10 +0100",
                expected: "2026-02-12T05:10:00Z"
            ),
            DateCase(
                shows: "a year of the last century",
                text: "12 Feb 99 06:10:00 GMT",
                expected: "1999-02-12T06:10:00Z"
            ),
            DateCase(
                shows: "a wrong weekday",
                text: "Mon, 12 Feb 2026 06:10:00 UT",
                expected: "2026-02-12T06:10:00Z"
            ),
            DateCase(shows: "no zone", text: "Thu, 12 Feb 2026 06:10:00", expected: "2026-02-12T06:10:00Z"),
            DateCase(
                shows: "a named zone",
                text: "Thu, 12 Feb 2026 06:10:00 PDT",
                expected: "2026-02-12T13:10:00Z"
            ),
            DateCase(
                shows: "a zone with a colon",
                text: "Thu, 12 Feb 2026 06:10:00 +05:30",
                expected: "2026-02-12T00:40:00Z"
            ),
            DateCase(
                shows: "a whole month name, American order",
                text: "February 12, 2026 6:10 pm",
                expected: "2026-02-12T18:10:00Z"
            ),
            DateCase(
                shows: "a Monday in March",
                text: "Mon, 2 Mar 2026 00:00:00 Z",
                expected: "2026-03-02T00:00:00Z"
            ),
            DateCase(
                shows: "RFC 850",
                text: "Thursday, 12-Feb-26 06:10:00 GMT",
                expected: "2026-02-12T06:10:00Z"
            ),
            DateCase(shows: "asctime", text: "Thu Feb 12 06:10:00 2026", expected: "2026-02-12T06:10:00Z"),
            DateCase(shows: "RFC 3339", text: "2026-02-12T06:10:00+01:00", expected: "2026-02-12T05:10:00Z"),
            DateCase(
                shows: "a fraction",
                text: "2026-02-12T06:10:00.250Z",
                expected: "2026-02-12T06:10:00.250Z"
            ),
            DateCase(
                shows: "a space and no zone",
                text: "2026-02-12 06:10",
                expected: "2026-02-12T06:10:00Z"
            ),
            DateCase(
                shows: "a zone without a colon",
                text: "2026-02-12T06:10:00-0500",
                expected: "2026-02-12T11:10:00Z"
            ),
            DateCase(shows: "a bare day", text: "2026-02-12", expected: "2026-02-12T00:00:00Z"),
            DateCase(shows: "the basic form", text: "20260212T061000Z", expected: "2026-02-12T06:10:00Z"),
            DateCase(shows: "a leap day", text: "29 Feb 2024 00:00:00 GMT", expected: "2024-02-29T00:00:00Z"),
            DateCase(shows: "no date at all", text: "yesterday", expected: nil),
            DateCase(shows: "a month that does not exist", text: "2026-13-01T00:00:00Z", expected: nil),
        ]
    )
    func date(example: DateCase) throws {
        let source =
            "<rss><channel><item><guid>1</guid><pubDate>\(example.text)</pubDate></item></channel></rss>"
        let feed = try FeedParser().feed(from: Array(source.utf8), contentType: nil, url: "")
        let entry = try #require(feed.entries.first)
        #expect(entry.published.map(Timestamp.text(of:)) == example.expected)
        #expect(
            feed.diagnostics.contains { $0.contains("cannot be understood") } == (example.expected == nil)
        )
    }

    struct RefusedCase: Sendable, CustomTestStringConvertible {
        let shows: String
        let bytes: [UInt8]
        let error: ParsingError
        var testDescription: String { shows }
    }

    @Test(
        "what is no feed is refused with what it looks like",
        arguments: [
            RefusedCase(shows: "nothing", bytes: [], error: .empty),
            RefusedCase(shows: "white space", bytes: Array(" \n\u{FEFF}".utf8), error: .empty),
            RefusedCase(
                shows: "a page",
                bytes: Array("<!DOCTYPE html><html><p>Hi</html>".utf8),
                error: .notAFeed("an HTML page")
            ),
            RefusedCase(
                shows: "a page without html",
                bytes: Array("<div>Hi</div>".utf8),
                error: .notAFeed("an HTML page")
            ),
            RefusedCase(
                shows: "binary data",
                bytes: [0x89, 0x50, 0x4E, 0x47, 0, 0, 1, 2, 0xFF],
                error: .notAFeed("binary data")
            ),
            RefusedCase(
                shows: "other JSON",
                bytes: Array("{\"a\": 1}".utf8),
                error: .notAFeed("JSON that is no feed")
            ),
            RefusedCase(shows: "text", bytes: Array("Hello there".utf8), error: .notAFeed("plain text")),
            RefusedCase(
                shows: "other XML",
                bytes: Array("<svg2><a/></svg2>".utf8),
                error: .notAFeed("XML with the root element svg2")
            ),
        ]
    )
    func refused(example: RefusedCase) {
        #expect(throws: example.error) {
            try FeedParser().feed(from: example.bytes, contentType: nil, url: "")
        }
    }

    struct EncodingCase: Sendable, CustomTestStringConvertible {
        let shows: String
        let bytes: [UInt8]
        let contentType: String?
        var testDescription: String { shows }
    }

    private static let head = "<rss><channel><title>".utf8
    private static let tail = "</title></channel></rss>".utf8

    @Test(
        "a title arrives in every encoding",
        arguments: [
            EncodingCase(shows: "UTF-8", bytes: head + Array("Ärger".utf8) + tail, contentType: nil),
            EncodingCase(
                shows: "UTF-8 with a mark",
                bytes: [0xEF, 0xBB, 0xBF] + head + Array("Ärger".utf8) + tail,
                contentType: nil
            ),
            EncodingCase(
                shows: "undeclared windows-1252",
                bytes: head + [0xC4] + "rger".utf8 + tail,
                contentType: nil
            ),
            EncodingCase(
                shows: "the Content-Type's word",
                bytes: head + [0x8E] + "rger".utf8 + tail,
                contentType: "text/xml; charset=\"cp437\""
            ),
            EncodingCase(
                shows: "UTF-16 with a mark",
                bytes: [0xFF, 0xFE]
                    + "<rss><channel><title>Ärger</title></channel></rss>".utf16.flatMap {
                        [UInt8($0 & 255), UInt8($0 >> 8)]
                    },
                contentType: nil
            ),
        ]
    )
    func encoding(example: EncodingCase) throws {
        let feed = try FeedParser().feed(from: example.bytes, contentType: example.contentType, url: "")
        #expect(feed.title == "Ärger")
    }

    @Test("more entries than the limit are left out with a diagnostic")
    func limit() throws {
        var configuration = ParsingConfiguration()
        configuration.maximumEntries = 3
        let items = (1...5).map { "<item><guid>\($0)</guid></item>" }.joined()
        let feed = try FeedParser(configuration: configuration)
            .feed(from: Array("<rss><channel>\(items)</channel></rss>".utf8), contentType: nil, url: "")
        #expect(feed.entries.map(\.id) == ["1", "2", "3"])
        #expect(feed.diagnostics.contains { $0.contains("only the first 3 of 5") })
    }

    @Test("an entity that grows is not read, whatever it would have become")
    func entityBomb() throws {
        let bomb = String(repeating: "x", count: 50_000)
        let uses = String(repeating: "&big;", count: 2000)
        let source =
            "<!DOCTYPE rss [<!ENTITY big \"\(bomb)\">]><rss><channel><item><title>\(uses)1</title></item></channel></rss>"
        let feed = try FeedParser().feed(from: Array(source.utf8), contentType: nil, url: "")
        #expect(feed.entries.map(\.title) == ["1"])
        #expect(feed.diagnostics.contains { $0.contains("declares entities") })
    }

    @Test(
        "what never ends is read once and not again for each of its beginnings",
        arguments: ["<script>", "<b a='", "<a b=\"", "<!--", "</b", "&#", "<![CDATA[", "<svg ", "<p><title>"]
    )
    func endless(_ beginning: String) throws {
        let text = String(repeating: beginning, count: 400_000)
        for document in [
            "<rss><channel><item><guid>1</guid><description><![CDATA[\(text)]]></description></item></channel></rss>",
            "<rss><channel><item><guid>1</guid></item>\(text)",
        ] {
            let feed = try FeedParser().feed(from: Array(document.utf8), contentType: nil, url: "")
            #expect(feed.entries.first?.id == "1")
        }
    }
}
