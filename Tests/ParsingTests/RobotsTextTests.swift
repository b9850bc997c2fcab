import Parsing
import Testing

@Suite("robots.txt")
struct RobotsTextTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let shows: String
        let text: String
        let path: String
        let isAllowed: Bool
        var testDescription: String { shows }
    }

    static let cases = [
        Case(shows: "no rules", text: "", path: "/a", isAllowed: true),
        Case(shows: "everything kept", text: "User-agent: *\nDisallow: /", path: "/a", isAllowed: false),
        Case(
            shows: "an empty rule keeps nothing",
            text: "User-agent: *\nDisallow:",
            path: "/a",
            isAllowed: true
        ),
        Case(shows: "a folder kept", text: "User-agent: *\nDisallow: /a/", path: "/a/b", isAllowed: false),
        Case(
            shows: "what only begins alike",
            text: "User-agent: *\nDisallow: /a/",
            path: "/ab",
            isAllowed: true
        ),
        Case(
            shows: "the longer rule counts",
            text: "User-agent: *\nDisallow: /a\nAllow: /a/news",
            path: "/a/news/1",
            isAllowed: true
        ),
        Case(
            shows: "the longer rule counts, wherever it stands",
            text: "User-agent: *\nAllow: /\nDisallow: /private",
            path: "/private/1",
            isAllowed: false
        ),
        Case(
            shows: "of two equally long rules the one that allows",
            text: "User-agent: *\nDisallow: /a\nAllow: /a",
            path: "/a",
            isAllowed: true
        ),
        Case(
            shows: "a group of one's own counts alone",
            text: "User-agent: *\nDisallow: /\n\nUser-agent: Tallywatch/0.1\nDisallow: /x",
            path: "/a",
            isAllowed: true
        ),
        Case(
            shows: "a group for others",
            text: "User-agent: otherbot\nDisallow: /",
            path: "/a",
            isAllowed: true
        ),
        Case(
            shows: "several agents of one group",
            text: "User-agent: otherbot\nuser-agent: TALLYWATCH\nDisallow: /",
            path: "/a",
            isAllowed: false
        ),
        Case(
            shows: "two groups of one agent are one",
            text: "User-agent: *\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: *\nDisallow: /b",
            path: "/b",
            isAllowed: false
        ),
        Case(
            shows: "a star in the middle",
            text: "User-agent: *\nDisallow: /*/print",
            path: "/a/b/print",
            isAllowed: false
        ),
        Case(
            shows: "a star that does not fit",
            text: "User-agent: *\nDisallow: /*.pdf$",
            path: "/a.pdf?x",
            isAllowed: true
        ),
        Case(
            shows: "an end that fits",
            text: "User-agent: *\nDisallow: /*.pdf$",
            path: "/a/b.pdf",
            isAllowed: false
        ),
        Case(
            shows: "a query",
            text: "User-agent: *\nDisallow: /*?print=",
            path: "/a?print=1",
            isAllowed: false
        ),
        Case(
            shows: "an escape written in two ways",
            text: "User-agent: *\nDisallow: /%7eida/",
            path: "/~ida/1",
            isAllowed: false
        ),
        Case(
            shows: "a letter beyond ASCII",
            text: "User-agent: *\nDisallow: /ä",
            path: "/%C3%A4/1",
            isAllowed: false
        ),
        Case(
            shows: "a comment",
            text: "User-agent: * # all\nDisallow: /a # not b",
            path: "/a",
            isAllowed: false
        ),
        Case(
            shows: "carriage returns",
            text: "User-agent: *\r\nDisallow: /a\r\n",
            path: "/a",
            isAllowed: false
        ),
        Case(
            shows: "a mark of the byte order",
            text: "\u{FEFF}User-agent: *\nDisallow: /a",
            path: "/a",
            isAllowed: false
        ),
        Case(shows: "a rule before any agent", text: "Disallow: /a", path: "/a", isAllowed: true),
        Case(
            shows: "a page for the file",
            text: "<!doctype html><p>Disallow: /</p>",
            path: "/a",
            isAllowed: true
        ),
        Case(
            shows: "the file itself",
            text: "User-agent: *\nDisallow: /",
            path: "/robots.txt",
            isAllowed: true
        ),
        Case(
            shows: "other lines between",
            text: "User-agent: *\nCrawl-delay: 5\nSitemap: x\nDisallow: /a",
            path: "/a",
            isAllowed: false
        ),
    ]

    @Test("a page may be asked for or not", arguments: cases)
    func allows(_ sample: Case) {
        #expect(RobotsText(sample.text).allows(sample.path, agent: "tallywatch") == sample.isAllowed)
    }

    @Test("a pattern of many stars takes no time")
    func stars() {
        let pattern = String(repeating: "*a", count: 2000)
        let path = "/" + String(repeating: "a", count: 4000)
        #expect(RobotsText("User-agent: *\nDisallow: /\(pattern)b").allows(path, agent: "tallywatch"))
    }
}

@Suite("Discovery of feeds")
struct FeedDiscoveryTests {
    @Test("the feeds of a page are absolute, each once, comments last")
    func feeds() {
        let page = """
            <head><base href="https://cdn.example/x/"><link rel="stylesheet" href="a.css">
            <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
            <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" href="feed.atom">
            <link rel="alternate" hreflang="de" href="/de"><link rel="alternate" type="application/feed+json" href="//j.example/f">
            <link rel="alternate" type="application/atom+xml" href="feed.atom"></head><body><a rel="feed" href="/all">All</a>
            """
        let feeds = FeedDiscovery.feeds(in: Array(page.utf8), contentType: nil, url: "https://site.example/")
        #expect(
            feeds == [
                "https://cdn.example/x/feed.atom", "https://j.example/f", "https://cdn.example/all",
                "https://cdn.example/comments/feed",
            ]
        )
    }

    @Test("a page that names none gives none")
    func none() {
        #expect(
            FeedDiscovery.feeds(in: Array("<p>Hi".utf8), contentType: nil, url: "https://site.example/")
                .isEmpty
        )
    }
}
