import FoundationEssentials
import TallyModel
import Testing

@Suite struct FixtureTests {
    @Test("there are at least 44 articles, each one told from the others by its name and its first line")
    func articles() throws {
        let fixtures = try Fixture.all()
        #expect(fixtures.count >= 44)
        #expect(Set(fixtures.map(\.slug)).count == fixtures.count)
        let lines = fixtures.compactMap { $0.text.split(separator: "\n").first }
        #expect(Set(lines).count == fixtures.count)
        for fixture in fixtures { #expect(fixture.published != nil, "\(fixture.slug)") }
    }

    @Test("every claim stands in its text, in order, with bounds that its qualifier allows")
    func claims() throws {
        for fixture in try Fixture.all() {
            #expect(fixture.claims.count >= 5, "\(fixture.slug)")
            for (claim, span) in zip(fixture.claims, fixture.claimSpans()) {
                let note: Comment = "\(fixture.slug): \(claim.surface)"
                #expect(span != nil, note)
                #expect(isCoherent(claim), note)
                #expect(!claim.unit.isEmpty && claim.unit == claim.unit.lowercased(), note)
            }
        }
    }

    @Test("every look-alike stands in its text, is named once and is no part of a claim")
    func notClaims() throws {
        for fixture in try Fixture.all() {
            #expect(Set(fixture.notClaims).count == fixture.notClaims.count, "\(fixture.slug)")
            let claims = fixture.claimSpans().compactMap { $0 }
            for surface in fixture.notClaims {
                let spans = fixture.spans(of: surface)
                let isClear = spans.allSatisfy { span in claims.allSatisfy { !$0.overlaps(span) } }
                #expect(!spans.isEmpty && isClear, "\(fixture.slug): \(surface)")
            }
        }
    }

    /// Returns whether open and equal bounds are those of the qualifier.
    private func isCoherent(_ claim: Fixture.Wanted) -> Bool {
        switch (claim.low, claim.high, claim.qualifier) {
        case (nil, nil, _): false
        case (_, nil, let qualifier): qualifier == .atLeast || qualifier == .moreThan
        case (nil, _, let qualifier): qualifier == .atMost || qualifier == .lessThan
        case (let low?, let high?, .exact), (let low?, let high?, .approx): low == high
        case (let low?, let high?, .range), (let low?, let high?, .vague): low < high
        default: false
        }
    }
}
