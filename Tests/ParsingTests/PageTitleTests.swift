import Foundation
import Parsing
import TallyModel
import Testing

@Suite("Titles of pages")
struct PageTitleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let shows: String
        let head: String
        var heading = ""
        var url = "https://news.example/fire"
        let title: String
        var testDescription: String { shows }
    }

    @Test(
        "the title of a page is its headline without the site's name",
        arguments: [
            Case(
                shows: "the name of og:site_name, behind a bar",
                head:
                    "<title>Fire kills 12 | The Post</title><meta property=og:site_name content='The Post'>",
                title: "Fire kills 12"
            ),
            Case(
                shows: "the name without its article",
                head: "<title>Fire kills 12 - Post</title><meta property=og:site_name content='The Post'>",
                title: "Fire kills 12"
            ),
            Case(
                shows: "the beginning of a longer name",
                head:
                    "<title>Our work | Bright Harbour Press</title><meta property=og:site_name content='Bright Harbour Press Agency'>",
                title: "Our work"
            ),
            Case(
                shows: "the host's name",
                head: "<title>Fire kills 12 in the mill - Tidewater</title>",
                url: "https://www.tidewater.example/fire",
                title: "Fire kills 12 in the mill"
            ),
            Case(
                shows: "a name in front",
                head:
                    "<title>Harbour Radio: Fire kills 12</title><meta property=og:site_name content='Harbour Radio'>",
                title: "Fire kills 12"
            ),
            Case(
                shows: "a name that nothing else tells, behind a bar",
                head: "<title>Fire kills 12 in the mill | Ardvale Gazette</title>",
                title: "Fire kills 12 in the mill"
            ),
            Case(
                shows: "a title of few words keeps what may be the headline",
                head: "<title>About - The slow newsletter</title>",
                title: "About - The slow newsletter"
            ),
            Case(
                shows: "the heading that readers see, where the title bears it out",
                head: "<title>Fire in Ardvale's old mill kills 12 [video]</title>",
                heading: "<h1>Fire in the old mill of Ardvale kills 12</h1>",
                title: "Fire in the old mill of Ardvale kills 12"
            ),
            Case(
                shows: "a heading of something else is none",
                head: "<meta property=og:title content='Fire in the old mill of Ardvale kills 12'>",
                heading: "<h1>Ardvale district news</h1>",
                title: "Fire in the old mill of Ardvale kills 12"
            ),
            Case(
                shows: "the only heading, where what is declared does not agree",
                head:
                    "<title>Ardvale: what we know</title><meta property=og:title content='Tragedy by the river'>",
                heading: "<h1>Fire in the old mill kills 12</h1>",
                title: "Fire in the old mill kills 12"
            ),
            Case(
                shows: "the headline among several headings",
                head: "<meta property=og:title content='Fire in the old mill of Ardvale kills 12'>",
                heading:
                    "<h1>Welcome to the Gazette</h1><h1>Fire in the old mill kills 12</h1><h1>Most read</h1>",
                title: "Fire in the old mill kills 12"
            ),
            Case(
                shows: "a heading that leads to the front page is the site's",
                head: "<title>Fire kills 12 at the daily gazette mill</title>",
                heading: "<h1><a href='/'>Gazette, the daily mill of fire</a></h1>",
                title: "Fire kills 12 at the daily gazette mill"
            ),
            Case(
                shows: "a heading called a logo is the site's",
                head: "<title>Fire kills 12 at the mill - Ardvale Gazette</title>",
                heading: "<h1 class='topbar__logo'>Ardvale Gazette fire mill</h1>",
                title: "Fire kills 12 at the mill"
            ),
            Case(
                shows:
                    "a heading that leads to the index is the site's, and a sign of a link is none of the headline",
                head: "<title>Fire kills 12 at the mill — daily gazette of fire and mill</title>",
                heading:
                    "<h1><a href='index.html'>daily gazette of fire and mill</a></h1><h1>Fire kills 12 at the mill<a href='#f'>¶</a></h1>",
                title: "Fire kills 12 at the mill"
            ),
            Case(
                shows: "the number of comments in a heading is no part of it",
                head: "<title>Fire in the old mill kills 12</title>",
                heading:
                    "<h1><a href='/fire'>Fire in the old mill kills 12</a> <span>(gazette.example)</span> 87</h1>",
                title: "Fire in the old mill kills 12"
            ),
            Case(
                shows: "JSON-LD that cuts a long headline",
                head: """
                    <title>Fire in the old mill by the river of Ardvale kills 12 people and leaves at least 40 of \
                    their neighbours without a home</title><script type='application/ld+json'>{"@type": "NewsArticle", \
                    "headline": "Fire in the old mill by the river of Ardvale kills 12 people and leaves at least 40 of their"}\
                    </script>
                    """,
                title:
                    "Fire in the old mill by the river of Ardvale kills 12 people and leaves at least 40 of their neighbours without a home"
            ),
            Case(
                shows: "several names in one property",
                head:
                    "<meta property='x:title dc:title' content='Fire kills 12 in the mill'><title>Page</title>",
                title: "Fire kills 12 in the mill"
            ),
            Case(shows: "nothing at all", head: "", title: ""),
        ]
    )
    func title(example: Case) throws {
        let page =
            "<html><head>\(example.head)</head><body>\(example.heading)<p>Twelve people died in the fire.</p>"
        let article = try ArticleExtractor().article(
            fromHTML: Array(page.utf8),
            contentType: nil,
            url: example.url
        )
        #expect(article.title == example.title)
    }
}
