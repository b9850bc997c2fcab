import Foundation
import Parsing
import TallyModel
import Testing

@Suite("Dates of pages")
struct PageDateTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let shows: String
        var head = ""
        /// What stands above the headline.
        var above = ""
        /// What stands between the headline and the text.
        var below = ""
        /// What stands behind the text.
        var after = ""
        var url = "https://news.example/fire"
        let published: String?
        var modified: String?
        var testDescription: String { shows }
    }

    private static func linked(_ published: String, modified: String? = nil) -> String {
        let change = modified.map { ", \"dateModified\": \"\($0)\"" } ?? ""
        return
            "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Fire kills 12\", "
            + "\"datePublished\": \"\(published)\"\(change)}</script>"
    }

    private static func named(_ name: String, _ content: String) -> String {
        "<meta property='\(name)' content='\(content)'>"
    }

    @Test(
        "a page's dates are those that its readers see",
        arguments: [
            Case(
                shows: "JSON-LD, with its zone",
                head: linked("2026-02-12T07:10:00+01:00", modified: "2026-02-12T09:00:00+01:00"),
                published: "2026-02-12T07:10:00+01:00",
                modified: "2026-02-12T09:00:00+01:00"
            ),
            Case(
                shows: "of two declared dates the one that the page shows",
                head: named("article:published_time", "2026-02-13T12:43:00Z")
                    + linked("2026-02-12T22:00:00Z"),
                below: "<p>Feb. 12, 2026</p>",
                published: "2026-02-12T22:00:00Z"
            ),
            Case(
                shows: "of two declared dates the earlier, where none is shown",
                head: named("article:published_time", "2026-02-11T12:43:00Z")
                    + linked("2026-02-12T22:00:00Z"),
                published: "2026-02-11T12:43:00Z"
            ),
            Case(
                shows: "of two ways to write a moment the one with a zone",
                head: named("article:published_time", "2026-02-12T02:10:00Z")
                    + linked("2026-02-11T21:10:00-05:00"),
                published: "2026-02-11T21:10:00-05:00"
            ),
            Case(
                shows: "a name that says what it holds",
                head: "<meta name='w-published-date' content='2026-02-12T06:10:00Z'>",
                published: "2026-02-12T06:10:00Z"
            ),
            Case(
                shows: "a name of a person that is a month's too",
                below: "<div>by <a>Laura June Marsh</a> February 12, 2026</div>",
                published: "2026-02-12T00:00:00Z"
            ),
            Case(
                shows: "a line in numbers",
                below: "<p>Ardvale, 12.02.2026</p>",
                published: "2026-02-12T00:00:00Z"
            ),
            Case(
                shows: "a line in Chinese",
                below: "<p>2026年2月12日 来源：河谷报</p>",
                published: "2026-02-12T00:00:00Z"
            ),
            Case(
                shows: "the line below the headline before a date of long ago",
                head: linked("2019-03-01T08:00:00Z"),
                below: "<p>12 February 2026</p>",
                published: "2026-02-12T00:00:00Z"
            ),
            Case(
                shows: "a change alone does not move the publication",
                head: linked("2025-03-01T08:00:00Z"),
                below: "<p>Last updated: 12 February 2026</p>",
                published: "2025-03-01T08:00:00Z",
                modified: "2026-02-12T00:00:00Z"
            ),
            Case(
                shows: "a change and the publication in one line",
                below: "<p>Updated 12 February 2026, first published 3 January 2026</p>",
                published: "2026-01-03T00:00:00Z"
            ),
            Case(
                shows: "a change above the headline, beside the publication",
                above:
                    "<div><a>Health</a><span class=dateline>FEBRUARY 12, 2026</span><span class='dateline updated'>Updated: MARCH 2, 2026</span></div>",
                published: "2026-02-12T00:00:00Z",
                modified: "2026-03-02T00:00:00Z"
            ),
            Case(
                shows: "the day's date in the page's head is not the article's",
                head: linked("2026-02-12T06:10:00Z"),
                above: "<div class=date>Saturday, 21 November 2026</div>",
                published: "2026-02-12T06:10:00Z"
            ),
            Case(
                shows: "the line that tells of the first publication",
                below: "<p>30 September 2026, 11:07am</p>",
                after:
                    "<p>This article was originally published on <!-- -->12 Feb 2026 at 4:12pm but is kept up to date.</p>",
                published: "2026-02-12T16:12:00Z"
            ),
            Case(
                shows: "a book that was first published long ago",
                head: linked("2026-02-12T06:10:00Z"),
                after: "<p>Her best known novel was first published on 3 May 1998 in Leeds.</p>",
                published: "2026-02-12T06:10:00Z"
            ),
            Case(
                shows: "the zone by the time of day that is shown",
                head: named("article:published_time", "2026-02-12T02:10:00Z"),
                below: "<p>February 11, 2026 9:10 PM</p>",
                published: "2026-02-11T21:10:00-05:00"
            ),
            Case(
                shows: "the zone by the day that is shown and by another date of the page",
                head: named("article:published_time", "2026-02-12T02:10:00Z"),
                below: "<p>Posted on February 11, 2026</p>",
                after:
                    "<ol class=comments><li><time datetime='2026-02-12T00:20:00-06:00'>12:20 am</time> Sad.</ol>",
                published: "2026-02-11T20:10:00-06:00"
            ),
            Case(
                shows: "the day of the address and another date of the page",
                head: named("article:published_time", "2026-02-12T02:10:00Z"),
                after: "<p><time datetime='2026-02-14T00:20:00-03:00'>Saturday</time></p>",
                url: "https://news.example/2026/02/11/fire",
                published: "2026-02-11T23:10:00-03:00"
            ),
            Case(
                shows: "no zone is guessed",
                head: named("article:published_time", "2026-02-12T02:10:00Z"),
                below: "<p>February 11, 2026</p>",
                published: "2026-02-12T02:10:00Z"
            ),
            Case(
                shows: "the address alone",
                url: "https://news.example/2026/02/12/fire",
                published: "2026-02-12T00:00:00Z"
            ),
            Case(shows: "no date at all", published: nil),
        ]
    )
    func dates(example: Case) throws {
        let page = """
            <html><head><title>Fire kills 12</title>\(example.head)</head><body>\(example.above)<h1>Fire kills 12</h1>
            \(example.below)<p>Twelve people died in the fire of the old mill by the river, the fire service said, and at
            least forty of their neighbours were left without a home.</p>\(example.after)</body></html>
            """
        let article = try ArticleExtractor().article(
            fromHTML: Array(page.utf8),
            contentType: nil,
            url: example.url
        )
        #expect(
            article.published.map { Timestamp.text(of: $0, minutesEast: article.publishedZone) }
                == example.published
        )
        if let modified = example.modified {
            #expect(
                article.modified.map { Timestamp.text(of: $0, minutesEast: article.modifiedZone) } == modified
            )
        }
    }
}
