import Foundation
import Parsing
import TallyModel
import Testing

@Suite("ArticleExtractor")
struct ArticleExtractorTests {
    private func article(_ html: String, url: String = "", contentType: String? = nil) throws -> Article {
        try ArticleExtractor().article(fromHTML: Array(html.utf8), contentType: contentType, url: url)
    }

    struct NestingCase: Sendable, CustomTestStringConvertible {
        let shows: String
        let tag: String
        var testDescription: String { shows }
    }

    @Test(
        "a hundred thousand nested elements are read without harm",
        .timeLimit(.minutes(3)),
        arguments: [
            NestingCase(shows: "blocks", tag: "div"), NestingCase(shows: "inline elements", tag: "b"),
            NestingCase(shows: "unknown elements", tag: "x-y"), NestingCase(shows: "lists", tag: "ul><li"),
            NestingCase(shows: "tables", tag: "table><tr><td"),
        ]
    )
    func nesting(example: NestingCase) throws {
        let open = String(repeating: "<\(example.tag)>", count: 100_000)
        let article = try article("<html><body>\(open)Twelve people died in the fire.")
        #expect(article.text == "Twelve people died in the fire.")
    }

    @Test("a million attributes are read without harm", .timeLimit(.minutes(3)))
    func attributes() throws {
        let attributes = (0..<1_000_000).map { "a\($0)=1" }.joined(separator: " ")
        let text = try article("<p>Twelve died.</p><p \(attributes.prefix(6_000_000))>Two live.</p>").text
        #expect(text == "Twelve died.\n\nTwo live.")
    }

    @Test("a page larger than the limit is read up to it")
    func size() throws {
        let paragraph = "<p>Twelve people died in the fire of the old mill by the river.</p>"
        let article = try article(String(repeating: paragraph, count: 300_000))
        #expect(article.text.hasPrefix("Twelve people"))
        #expect(article.text.utf8.count <= ParsingConfiguration().maximumDocumentBytes)
    }

    @Test("plain text stays as it is, to the byte")
    func plainText() throws {
        let text = "  Twelve\r\n\r\n\tpeople <b> & 4\u{A0}000 more.\n\n"
        let article = try ArticleExtractor().article(
            from: Array(text.utf8),
            contentType: "text/plain",
            url: ""
        )
        #expect(Array(article.text.utf8) == Array(text.utf8))
    }

    struct LanguageCase: Sendable, CustomTestStringConvertible {
        let shows: String
        let text: String
        var testDescription: String { shows }
    }

    @Test(
        "the language of a plain text is detected",
        arguments: [
            LanguageCase(
                shows: "en",
                text: "The ship went down in the storm, and all of the crew were saved."
            ),
            LanguageCase(
                shows: "de",
                text: "Das Schiff ist im Sturm gesunken, und die Besatzung wurde gerettet."
            ),
            LanguageCase(
                shows: "fr",
                text: "Le navire a coulé dans la tempête, et les marins ont été sauvés par une équipe."
            ),
            LanguageCase(
                shows: "es",
                text: "El barco se hundió en la tormenta y los marineros fueron rescatados por una nave."
            ),
            LanguageCase(
                shows: "ru",
                text: "Корабль затонул во время шторма, но экипаж был спасён, и это не всё."
            ),
            LanguageCase(shows: "ja", text: "船は嵐の中で沈みましたが、乗組員は全員救助されました。"),
        ]
    )
    func language(example: LanguageCase) throws {
        let article = try ArticleExtractor().article(
            fromText: Array(example.text.utf8),
            contentType: nil,
            url: ""
        )
        #expect(article.language == example.shows)
    }

    struct TextCase: Sendable, CustomTestStringConvertible {
        let shows: String
        let body: String
        let text: String
        var testDescription: String { shows }
    }

    @Test(
        "the text of a page is that of its article",
        arguments: [
            TextCase(
                shows: "inline white space is one space",
                body: "<p>Four\n  <b>thou</b>sand\t men.</p>",
                text: "Four thousand men."
            ),
            TextCase(
                shows: "two line breaks split",
                body: "<p>One man.<br> <br/>Two men.<br>Three men.</p>",
                text: "One man.\n\nTwo men. Three men."
            ),
            TextCase(
                shows: "cells stand alone",
                body: "<table><tr><td>Dead</td><td>12</td></tr></table>",
                text: "Dead\n\n12"
            ),
            TextCase(
                shows: "a byline is no text",
                body: "<h1>Fire</h1><p class=byline>By A. Name</p><p>Two died.</p>",
                text: "Two died."
            ),
            TextCase(
                shows: "a cookie notice is no text",
                body:
                    "<div id=cookie-notice>We use 12 cookies.</div><p>Two people died.</p><p>Three live.</p>",
                text: "Two people died.\n\nThree live."
            ),
            TextCase(
                shows: "a newsletter box is no text",
                body:
                    "<p>Two people died in it.</p><div class=NewsletterBox>5 stories a day.</div><p>Three live.</p>",
                text: "Two people died in it.\n\nThree live."
            ),
            TextCase(
                shows: "scripts are no text",
                body: "<p>Two died.</p><script>var a = '<p>9</p>';</script><style>p{}</style>",
                text: "Two died."
            ),
            TextCase(
                shows: "a zero byte does not end the page",
                body: "<p>Two\0 died.</p><p>Three live.</p>",
                text: "Two died.\n\nThree live."
            ),
            TextCase(
                shows: "the folded answers of an accordion are text",
                body:
                    "<p>Two died.</p><h3>Who?</h3><div class='accordion-content hidden'><p>Two watchmen.</p></div>",
                text: "Two died.\n\nWho?\n\nTwo watchmen."
            ),
            TextCase(
                shows: "hidden text is no text",
                body: "<p hidden>99 bugs.</p><p>Two died.</p>",
                text: "Two died."
            ),
        ]
    )
    func text(example: TextCase) throws {
        #expect(try article("<html><body><main>\(example.body)</main></body></html>").text == example.text)
    }

    @Test("broken JSON-LD does not lose what stands before the break")
    func brokenLinkedData() throws {
        let article = try article(
            """
            <script type="application/ld+json">
            {"@type": "NewsArticle", "headline": "Fire kills 2", "datePublished": "2026-02-12T06:10", "publisher": {"name": "Post"}, "x": }
            </script><p>Two died.</p>
            """
        )
        #expect(article.title == "Fire kills 2")
        #expect(article.outlet == "Post")
        #expect(article.published.map(Timestamp.text(of:)) == "2026-02-12T06:10:00Z")
    }

    @Test("binary data is no article")
    func binary() {
        #expect(throws: ParsingError.notText("binary data")) {
            try ArticleExtractor().article(from: [0, 1, 2, 3, 0, 0, 1], contentType: nil, url: "")
        }
        #expect(throws: ParsingError.empty) {
            try ArticleExtractor().article(from: [], contentType: "text/html", url: "")
        }
    }
}
