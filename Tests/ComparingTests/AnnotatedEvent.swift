import Extracting
import Foundation
import TallyModel
import Testing

@testable import Comparing

/// An invented event in several articles, with the alerts that a reader wants of them.
struct AnnotatedEvent: Decodable {
    struct Bounds: Decodable {
        var low: Decimal?
        var high: Decimal?
    }

    struct Text: Decodable {
        var id: String
        var outlet: String
        var published: Date
        var title: String
        var text: String
        /// The article that this one takes the place of.
        var revisionOf: String?
    }

    struct Wanted: Decodable {
        var after: String
        var type: Alert.Kind
        var bounds: Bounds
        var against: [Bounds]
        var isOptional: Bool
    }

    struct Difference: Decodable {
        var article: String
        var bounds: Bounds
        var against: Bounds
    }

    var articles: [Text]
    var alerts: [Wanted]
    /// Numbers that contradict or correct an earlier one, whether an alert is asked for or not.
    var differences: [Difference]

    /// Returns the events of the fixtures.
    static func all() throws -> [AnnotatedEvent] {
        let folder = try #require(Bundle.module.resourceURL).appending(path: "Fixtures/Events")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try names.filter { $0.hasSuffix(".json") }.map {
            try decoder.decode(AnnotatedEvent.self, from: Data(contentsOf: folder.appending(path: $0)))
        }
    }

    /// Returns the articles as they are read, each with the claims of the revision before it.
    func readings() -> [Reading] {
        var known: [String: [SourcedClaim]] = [:]
        return articles.map { article in
            let id = article.revisionOf ?? article.id
            let reference = ArticleReference(
                id: id,
                revisionID: article.id,
                url: "https://news.example/\(id)",
                title: article.title,
                outlet: article.outlet,
                published: article.published
            )
            let text = Article(published: article.published, language: "en", text: article.text)
            let claims = ClaimExtractor().claims(in: text, readAt: nil)
                .map { SourcedClaim(claim: $0, article: reference) }
            defer { known[id] = claims }
            return Reading(
                article: reference,
                text: article.text,
                language: "en",
                claims: claims,
                previousClaims: known[id]
            )
        }
    }
}

extension AnnotatedEvent.Bounds {
    func isSame(as low: Decimal?, _ high: Decimal?) -> Bool { self.low == low && self.high == high }

    /// Whether the baseline of an alert, or a claim that it holds, has these bounds.
    func isHeld(by baseline: Alert.BaselineInAlert?) -> Bool {
        guard let baseline else { return false }
        return isSame(as: baseline.low, baseline.high)
            || baseline.claims.contains { isSame(as: $0.low, $0.high) }
    }
}
