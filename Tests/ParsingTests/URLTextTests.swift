import Parsing
import Testing

@Suite("URLText")
struct URLTextTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let shows: String
        let expected: String
        var testDescription: String { shows }
    }

    /// The examples of RFC 3986, section 5.4.
    @Test(
        "a reference is resolved as RFC 3986 says",
        arguments: [
            Case(shows: "g", expected: "http://a/b/c/g"), Case(shows: "./g", expected: "http://a/b/c/g"),
            Case(shows: "g/", expected: "http://a/b/c/g/"), Case(shows: "/g", expected: "http://a/g"),
            Case(shows: "//g", expected: "http://g"), Case(shows: "?y", expected: "http://a/b/c/d;p?y"),
            Case(shows: "g?y", expected: "http://a/b/c/g?y"),
            Case(shows: "#s", expected: "http://a/b/c/d;p?q#s"),
            Case(shows: "", expected: "http://a/b/c/d;p?q"), Case(shows: ".", expected: "http://a/b/c/"),
            Case(shows: "..", expected: "http://a/b/"), Case(shows: "../g", expected: "http://a/b/g"),
            Case(shows: "../../../g", expected: "http://a/g"),
            Case(shows: "g;x=1/../y", expected: "http://a/b/c/y"),
            Case(shows: "mailto:a@b", expected: "mailto:a@b"),
            Case(shows: "/\u{301}g", expected: "http://a/\u{301}g"),
        ]
    )
    func absolute(example: Case) {
        #expect(URLText.absolute(example.shows, base: "http://a/b/c/d;p?q") == example.expected)
    }

    @Test(
        "a canonical URL keeps what names the page and nothing else",
        arguments: [
            Case(shows: "HTTPS://WWW.Example.ORG:443/A?b=1#c", expected: "https://www.example.org/A?b=1"),
            Case(shows: "http://example.org", expected: "http://example.org/"),
            Case(shows: "http://example.org:8080/a", expected: "http://example.org:8080/a"),
            Case(shows: "https://e.org/a?utm_source=x&id=2&fbclid=3", expected: "https://e.org/a?id=2"),
            Case(shows: "https://e.org/a?UTM_Medium=x&gclid=1", expected: "https://e.org/a"),
            Case(shows: "https://e.org/a/../b/./c", expected: "https://e.org/b/c"),
            Case(shows: " file:///tmp/a.html ", expected: "file:///tmp/a.html"),
            Case(shows: "http://example.org::", expected: "http://example.org/"),
            Case(shows: "https://example.org:443:/a", expected: "https://example.org/a"),
            Case(shows: "x:/.//a", expected: "x:/.//a"),
            Case(shows: "\u{19}\u{85}http://e.org/", expected: "http://e.org/"),
            Case(shows: "http://e.org/a\u{A0}#\u{A0}b", expected: "http://e.org/a"),
            Case(shows: "http://e.org/a?b=\u{A0}&utm_source=c", expected: "http://e.org/a?b="),
            // A slash with an accent on it.
            Case(shows: "x:/..//\u{597}a", expected: "x:/..//\u{597}a"),
            Case(shows: "http://e.org/a/..//\u{301}b/../c", expected: "http://e.org//c"),
        ]
    )
    func canonical(example: Case) {
        #expect(URLText.canonical(example.shows) == example.expected)
        #expect(URLText.canonical(example.expected) == example.expected)
    }
}
