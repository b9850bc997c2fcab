import Parsing
import Testing

@Suite("DocumentSniffer")
struct DocumentSnifferTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let shows: String
        let text: String
        var contentType: String?
        let kind: DocumentKind
        var testDescription: String { shows }
    }

    @Test(
        "a document is told by how it begins, then by its Content-Type",
        arguments: [
            Case(shows: "a doctype", text: "\n<!doctype HTML><p>a", kind: .page),
            Case(shows: "a tag", text: "<p>a</p>", kind: .page),
            Case(shows: "a comment and a tag", text: "<!-- x --><html>", kind: .page),
            Case(shows: "text with a tag in it", text: "5 < 6 and <b>bold</b>", kind: .text),
            Case(shows: "text that begins with a comparison", text: "<5 people died", kind: .text),
            Case(
                shows: "text that is declared a page",
                text: "Hello",
                contentType: "text/html; charset=x",
                kind: .page
            ),
            Case(shows: "RSS", text: "<?xml version='1.0'?><rss/>", contentType: "text/html", kind: .feed),
            Case(
                shows: "Atom after a comment",
                text: "<!--a--><feed xmlns='http://www.w3.org/2005/Atom'/>",
                kind: .feed
            ),
            Case(shows: "a sitemap", text: "<urlset>", kind: .feed),
            Case(
                shows: "JSON Feed",
                text: "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": []}",
                kind: .feed
            ),
            Case(
                shows: "an article's JSON",
                text: "{\"title\": null, \"text\": \"Two died.\"}",
                kind: .articleJSON
            ),
            Case(shows: "other JSON", text: "{\"a\": 1}", kind: .text),
            Case(shows: "nothing", text: "", kind: .text),
        ]
    )
    func kind(example: Case) {
        #expect(
            DocumentSniffer.kind(of: Array(example.text.utf8), contentType: example.contentType)
                == example.kind
        )
    }
}
