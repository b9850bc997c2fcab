import Foundation
import TallyModel
import Testing

@testable import Parsing

@Suite("Character references")
struct CharacterReferenceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let written: String
        /// What a page says with it.
        let page: String
        /// What a feed says with it; the same where it is empty.
        var feed = ""
        var testDescription: String { written }
    }

    @Test(
        "pages and feeds read references alike, but for those without a semicolon",
        arguments: [
            Case(written: "a &amp; b &lt; c &gt; d &quot;&apos;", page: "a & b < c > d \"'"),
            Case(written: "caf&eacute; &hellip; &euro;12", page: "café … €12"),
            Case(written: "&NotEqualTilde;", page: "≂̸"),
            Case(written: "&#8217;&#x2019;&#X2019;", page: "’’’"),
            Case(written: "&#150;&#x80;", page: "–€"),
            Case(written: "&#x41g", page: "Ag", feed: "&#x41g"),
            Case(written: "&copy2", page: "©2", feed: "&copy2"),
            Case(written: "&unknown; &;", page: "&unknown; &;"),
            Case(written: "a&b=1&c", page: "a&b=1&c"),
            Case(written: "&#xD800;", page: "\u{FFFD}", feed: "&#xD800;"),
            Case(written: "&#99999999999999999999;", page: "\u{FFFD}", feed: "&#99999999999999999999;"),
        ]
    )
    func references(example: Case) {
        let tree = HTMLReader.tree(of: "<p>\(example.written)</p>", configuration: .init())
        #expect(tree.text(of: PageTree.root).trimmed == example.page)
        var decoded: [UInt8] = []
        Array(example.written.utf8).withUnsafeBufferPointer {
            CharacterReference.decode($0, declaresEntities: false, to: &decoded)
        }
        #expect(
            String(decoding: decoded, as: UTF8.self) == (example.feed.isEmpty ? example.page : example.feed)
        )
    }
}
