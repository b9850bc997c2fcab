import Foundation
import Parsing
import TallyModel
import Testing

@Suite("Page fixtures")
struct PageFixtureTests {
    static let slugs: [String] = {
        guard let folder = Bundle.module.url(forResource: "Fixtures", withExtension: nil),
            let names = try? FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "pages").path()
            )
        else { return [] }
        return names.sorted()
    }()

    @Test("there are pages of at least thirty publishing systems")
    func count() {
        #expect(Self.slugs.count >= 30)
    }

    @Test("a page's article is what its author wrote, and nothing else", arguments: slugs)
    func article(slug: String) throws {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
            .appending(path: "pages/\(slug)")
        let bytes = Array(try Data(contentsOf: folder.appending(path: "source.html")))
        let expected = try TallyJSON.decoder().decode(
            Article.self,
            from: try Data(contentsOf: folder.appending(path: "expected.json"))
        )
        let article = try ArticleExtractor().article(
            from: bytes,
            contentType: nil,
            url: "https://courier.example/feeds/source"
        )
        #expect(article.text.components(separatedBy: "\n\n") == expected.text.components(separatedBy: "\n\n"))
        #expect(article.title == expected.title)
        #expect(article.outlet == expected.outlet)
        #expect(article.authors == expected.authors)
        #expect(
            article.published.map { Timestamp.text(of: $0, minutesEast: article.publishedZone) }
                == expected.published.map { Timestamp.text(of: $0, minutesEast: expected.publishedZone) }
        )
        #expect(article.modified == expected.modified)
        #expect(article.language == expected.language)
        #expect(article.url == expected.url)
        #expect(article.isPartial == expected.isPartial)
    }
}
