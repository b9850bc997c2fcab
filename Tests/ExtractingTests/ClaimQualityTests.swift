import FoundationEssentials
import TallyModel
import Testing

@testable import Extracting

@Suite struct ClaimQualityTests {
    struct Floors: Decodable {
        var precision: Double
        var recall: Double
        var qualifier: Double
        var unit: Double
        var counted: Double
        var predicate: Double
    }

    @Test("the annotated articles are read at least as well as the floors ask")
    func quality() throws {
        let fixtures = try Fixture.all()
        #expect(fixtures.count >= 10)
        var score = Score()
        for fixture in fixtures {
            let article = Article(published: fixture.published, text: fixture.text)
            score.add(ClaimExtractor().claims(in: article, readAt: nil), fixture)
        }
        let floors = try JSONDecoder().decode(Floors.self, from: Fixture.data("floors.json"))
        let notes = Comment(rawValue: score.notes.joined(separator: "\n"))
        #expect(score.precision >= floors.precision, notes)
        #expect(score.recall >= floors.recall, notes)
        #expect(score.share(score.qualifier) >= floors.qualifier, notes)
        #expect(score.share(score.unit) >= floors.unit, notes)
        #expect(Double(score.counted) / Double(max(1, score.judgedCounted)) >= floors.counted, notes)
        #expect(Double(score.predicate) / Double(max(1, score.judgedPredicate)) >= floors.predicate, notes)
    }

    struct Score {
        var found = 0
        var expected = 0
        var extracted = 0
        var qualifier = 0
        var unit = 0
        var counted = 0
        var judgedCounted = 0
        var predicate = 0
        var judgedPredicate = 0
        var notes: [String] = []

        var precision: Double { Double(found) / Double(max(1, extracted)) }
        var recall: Double { Double(found) / Double(max(1, expected)) }

        func share(_ count: Int) -> Double { Double(count) / Double(max(1, found)) }

        mutating func add(_ claims: [Claim], _ fixture: Fixture) {
            expected += fixture.claims.count
            extracted += claims.count
            var left = claims
            for wanted in fixture.claims {
                let match = left.firstIndex { claim in
                    claim.quantity.low == wanted.low && claim.quantity.high == wanted.high
                        && (claim.surface.contains(wanted.surface) || wanted.surface.contains(claim.surface))
                }
                guard let match else {
                    notes.append("\(fixture.slug): missed \(wanted.surface)")
                    continue
                }
                let claim = left.remove(at: match)
                found += 1
                judge(claim, wanted, fixture.slug)
            }
            for claim in left { notes.append("\(fixture.slug): no claim: \(claim.surface)") }
        }

        mutating func judge(_ claim: Claim, _ wanted: Fixture.Wanted, _ slug: String) {
            if claim.quantity.qualifier == wanted.qualifier {
                qualifier += 1
            } else {
                note(slug, wanted, "\(claim.quantity.qualifier)")
            }
            if claim.quantity.unit == wanted.unit {
                unit += 1
            } else {
                note(slug, wanted, claim.quantity.unit)
            }
            if let word = wanted.counted {
                judgedCounted += 1
                let isRight = claim.counted?.lowercased().contains(word.lowercased()) ?? false
                if isRight { counted += 1 } else { note(slug, wanted, claim.counted ?? "nothing counted") }
            }
            if let word = wanted.predicate {
                judgedPredicate += 1
                if claim.predicate == word {
                    predicate += 1
                } else {
                    note(slug, wanted, claim.predicate ?? "no predicate")
                }
            }
        }

        mutating func note(_ slug: String, _ wanted: Fixture.Wanted, _ got: String) {
            notes.append("\(slug): \(wanted.surface): \(got)")
        }
    }
}
