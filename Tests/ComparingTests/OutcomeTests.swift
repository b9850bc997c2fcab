import Foundation
import TallyModel
import Testing

@testable import Comparing

@Suite struct OutcomeTests {
    @Test("a store that writes the changed claims alone holds what stands after each article")
    func changes() {
        let comparator = Comparator()
        let story = Story(id: "story", title: "Bridge", terms: [:], at: Date(timeIntervalSince1970: 0))
        func toll(_ number: Int, predicate: String = "kill") -> Claim {
            Samples.claim(Decimal(number), Decimal(number), predicate: predicate)
        }
        let articles: [(reading: Reading, original: String?)] = [
            (Samples.reading("a", claims: [toll(12), toll(30, predicate: "wound")]), nil),
            (Samples.reading("b", hour: 1, outlet: "Copyist", claims: [toll(12)]), "a"),
            (Samples.reading("c", hour: 2, claims: [toll(14)]), nil),
            (Samples.reading("d", hour: 3, claims: [toll(13), toll(31, predicate: "wound")]), nil),
            (Samples.reading("e", hour: 30, claims: [toll(19)]), nil),
        ]
        var stored: [String: [String: StandingClaim]] = [:]
        var moves: [String: [BaselineMove]] = [:]
        var figures: [Figure] = []
        for (reading, original) in articles {
            let placement = Placement(story: story, isNew: figures.isEmpty, nearCopyOf: original)
            let outcome = comparator.compare(reading, in: placement, with: figures)
            for figure in outcome.figures {
                let changed = outcome.changedClaims[figure.id] ?? []
                for claim in figure.claims where changed.contains(claim.sourced.id) {
                    stored[figure.id, default: [:]][claim.sourced.id] = claim
                }
            }
            for move in outcome.moves { moves[move.figureID, default: []].append(move) }
            figures = outcome.standing
            for figure in figures {
                #expect(figure.claims.count == stored[figure.id]?.count)
                #expect(figure.claims.allSatisfy { stored[figure.id]?[$0.sourced.id] == $0 })
                let known = moves[figure.id] ?? []
                #expect(known.map(\.version) == Array(1...figure.baseline.version))
                #expect(known.first?.before == nil && known.last?.after == .init(figure.baseline))
                let steps = zip(known, known.dropFirst())
                #expect(steps.allSatisfy { $0.after == $1.before && $1.before != $1.after })
                #expect(known.allSatisfy { move in figure.claims.contains { $0.sourced.id == move.claimID } })
            }
            #expect(outcome.figures.allSatisfy(figures.contains))
        }
        let causes = moves.values.map { $0.map(\.cause) }
        #expect(Set(causes) == [[.new, .update, .update], [.new, .update]], "a stale copy moves nothing")
        let claims = figures.flatMap(\.claims)
        #expect(claims.contains { !$0.isStanding } && claims.contains { !$0.sourced.alsoCarriedBy.isEmpty })
    }
}
