import Foundation
import Parsing
import TallyModel
import Testing

@Suite("Hostile pages", .timeLimit(.minutes(3)))
struct HostilePageTests {
    static let story = "<p>Twelve people died in the fire of the old mill by the river.</p>"

    struct Case: Sendable, CustomTestStringConvertible {
        let shows: String
        let before: String
        var after = ""
        var testDescription: String { shows }
    }

    @Test(
        "a page made to cost time, memory or stack is read all the same",
        arguments: [
            Case(
                shows: "megabytes of script",
                before: "<script>\(String(repeating: "a<b;'</p>'", count: 400_000))</script>"
            ),
            Case(
                shows: "megabytes of style",
                before: "<style>\(String(repeating: "p>a{b:c}", count: 500_000))</style>"
            ),
            Case(
                shows: "ends of what was never begun",
                before: String(repeating: "<b>", count: 100_000) + String(repeating: "</i>", count: 500_000)
            ),
            Case(
                shows: "ends behind a barrier",
                before: "<div><table><tr><td>" + String(repeating: "<b>", count: 50_000)
                    + String(repeating: "</div>", count: 200_000) + "</table></div>"
            ),
            Case(
                shows: "a comment without an end behind the story",
                before: "",
                after: "<!-- \(String(repeating: "-", count: 1_000_000))"
            ),
            Case(shows: "a comment of dashes", before: "<!--\(String(repeating: "- ", count: 500_000))-->"),
            Case(
                shows: "an attribute without an end behind the story",
                before: "",
                after: "<p class=\"\(String(repeating: "x", count: 1_000_000))"
            ),
            Case(shows: "ampersands", before: "<i title='\(String(repeating: "&", count: 500_000))'></i>"),
            Case(
                shows: "drawings in each other",
                before: String(repeating: "<svg>", count: 100_000) + "</svg>"
            ),
            Case(
                shows: "many small lists",
                before: String(repeating: "<ul><li><a href=/>a</a></ul>", count: 60_000)
            ),
            Case(shows: "many headings", before: String(repeating: "<h2>a</h2>", count: 60_000)),
            Case(
                shows: "nested forms and buttons",
                before: String(repeating: "<form><button>", count: 50_000) + "</button></form>"
            ),
            Case(
                shows: "text areas without an end",
                before: "",
                after: String(repeating: "<textarea>", count: 60_000)
            ),
            Case(
                shows: "titles without an end",
                before: "",
                after: String(repeating: "<title>", count: 60_000)
            ),
            Case(
                shows: "authors in each other around a long text",
                before: String(repeating: "<i rel=author class=byline>", count: 150)
                    + String(repeating: "word ", count: 100_000) + String(repeating: "</i>", count: 150)
            ),
            Case(
                shows: "headings in each other around a long text",
                before: "<nav>" + String(repeating: "<h1><div>", count: 80)
                    + String(repeating: "word ", count: 100_000) + "</nav>"
            ),
            Case(
                shows: "headings over other stories without an end",
                before: "",
                after: String(repeating: "<p>Read more</p><p>a</p>", count: 20_000)
            ),
            Case(
                shows: "many scripts of JSON-LD",
                before: String(
                    repeating: "<script type='application/ld+json'>{\"@type\": \"NewsArticle\"}</script>",
                    count: 20_000
                )
            ),
            Case(
                shows: "a headline of megabytes in JSON-LD",
                before: "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \""
                    + String(repeating: "<b>word</b> ", count: 100_000) + "\"}</script>"
            ),
            Case(
                shows: "JSON-LD without an end",
                before:
                    "<script type='application/ld+json'>\(String(repeating: "[{\"@graph\":", count: 100_000))</script>"
            ),
        ]
    )
    func hostile(example: Case) throws {
        let page = "<html><body>\(example.before)<main>\(Self.story)</main>\(example.after)"
        let text = try ArticleExtractor().article(fromHTML: Array(page.utf8), contentType: nil, url: "").text
        #expect(text.contains("Twelve people died in the fire of the old mill by the river."))
    }

    @Test("a page that was cut, doubled or scrambled anywhere gives an article or an error")
    func scrambled() throws {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
        var random = SplitMix(state: 20_260_212)
        for slug in PageFixtureTests.slugs {
            let file = folder.appending(path: "pages/\(slug)/source.html")
            let page = Array(try Data(contentsOf: file))
            for _ in 0..<15 {
                var bytes = page
                for _ in 0..<1 + random.next(below: 8) {
                    let place = random.next(below: bytes.count)
                    switch random.next(below: 4) {
                    case 0: bytes[place] = UInt8(random.next(below: 256))
                    case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.next(below: 60)))
                    case 2:
                        bytes.insert(
                            contentsOf:
                                "<\(["div", "p", "!--", "script", "table", "a href='"][random.next(below: 6)])"
                                .utf8,
                            at: place
                        )
                    default:
                        bytes.insert(contentsOf: bytes[place...].prefix(random.next(below: 400)), at: place)
                    }
                    if bytes.isEmpty { bytes = [0x20] }
                }
                do {
                    let article = try ArticleExtractor().article(fromHTML: bytes, contentType: nil, url: "")
                    #expect(article.text.utf8.count <= bytes.count * 3 + 3)
                } catch {
                    #expect(!error.description.isEmpty)
                }
            }
        }
    }
}

/// Random numbers that are the same in every run (<https://doi.org/10.1145/2660193.2660195>).
private struct SplitMix {
    var state: UInt64

    mutating func next(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(max(1, limit)))
    }
}
