import FoundationEssentials
import TallyModel
import Testing

@testable import Extracting

@Suite struct ClaimQualityTests {
    /// The least shares; of the look-alikes, the largest.
    struct Floors: Decodable {
        var f1: Double
        var precision: Double
        var recall: Double
        var qualifier: Double
        var unit: Double
        var counted: Double
        var head: Double
        var predicate: Double
        var nonClaims: Double
    }

    @Test("the annotated articles are read at least as well as the floors ask")
    func quality() throws {
        var score = ClaimScore()
        for fixture in try Fixture.all() {
            let article = Article(published: fixture.published, text: fixture.text)
            score.add(ClaimExtractor().claims(in: article, readAt: nil), fixture)
        }
        let floors = try JSONDecoder().decode(Floors.self, from: Fixture.data("floors.json"))
        let report = Comment(rawValue: score.report)
        #expect(score.f1 >= floors.f1, report)
        #expect(score.precision.share >= floors.precision, report)
        #expect(score.recall.share >= floors.recall, report)
        #expect(score.qualifier.share >= floors.qualifier, report)
        #expect(score.unit.share >= floors.unit, report)
        #expect(score.counted.share >= floors.counted, report)
        #expect(score.head.share >= floors.head, report)
        #expect(score.predicate.share >= floors.predicate, report)
        #expect(score.nonClaims.share <= floors.nonClaims, report)
    }
}
