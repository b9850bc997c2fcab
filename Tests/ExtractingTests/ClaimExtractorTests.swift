import FoundationEssentials
import TallyModel
import Testing

@testable import Extracting

@Suite struct ClaimExtractorTests {
    private func claims(_ text: String, published: String = "2026-02-13T09:00:00Z") -> [Claim] {
        let article = Article(published: Timestamp.date(from: published), text: text)
        return ClaimExtractor().claims(in: article, readAt: nil)
    }

    @Test(
        "names, dates, times, scores and numbers of documents are no claims",
        arguments: [
            "The trial over the attacks in November 2015 begins.", "The S&P 500 closes in Havnes.",
            "The states resumed six-way talks on a three-tiered system.",
            "China keeps its Zero-COVID policy.",
            "A gunman fled after he had shot at a car.",
            "Tactical Group No. 84 held the line.", "The 42nd Brigade moved on Route 9.", "An Mi-17 landed.",
            "COVID-19 spread.", "It began at 3.30 a.m. on 12 February 2026.", "They won 3-1.",
            "Call the hotline 0800 414 414.",
            "Under section 12 of the act.", "It came third.", "One of the men spoke.", "It was in the 1990s.",
            "Tram lines 4, 12 and 28 were suspended.", "He lives at Parliament Square 3.",
            "Flight TK 714 landed.",
        ]
    )
    func nonClaims(_ text: String) {
        #expect(claims(text).map(\.surface) == [])
    }

    @Test("offsets count Unicode scalars and lead to the surface")
    func offsets() throws {
        let text = "Été à Orléans 🙂: plus.\n\nIn Nîmes, over 10,000 people marched."
        let claim = try #require(claims(text).first)
        let scalars = Array(text.unicodeScalars)[claim.start..<claim.end]
        #expect(String(String.UnicodeScalarView(scalars)) == "over 10,000")
        #expect(claim.surface == "over 10,000")
        #expect(claim.sentence == "In Nîmes, over 10,000 people marched.")
    }

    @Test("a paragraph that stands twice yields its claims once")
    func duplicates() {
        let paragraph = "At least 12 people were killed in Orlu."
        #expect(claims(paragraph + "\n\n" + paragraph).count == 1)
    }

    @Test("what is left out is taken from before")
    func ellipsis() throws {
        let found = claims("At least nine soldiers were killed and dozens wounded. Two of them died later.")
        try #require(found.count == 3)
        #expect(found.map(\.counted) == ["soldiers", "soldiers", "soldiers"])
        #expect(found.map(\.predicate) == ["kill", "wound", "kill"])
    }

    @Test("a year of birth is an age of one of two years")
    func birthYear() throws {
        let claim = try #require(
            claims("The captive, born in 2005, is a rifleman.", published: "2025-01-11T15:00:00Z").first
        )
        #expect(claim.quantity == Quantity(low: 19, high: 20, qualifier: .range, unit: "year"))
        #expect(claim.predicate == "age")
        #expect(claim.subject?.contains("rifleman") ?? false)
    }

    @Test("denials, prospects and older events are told apart from statements")
    func modality() {
        #expect(claims("The ministry denied that 63 soldiers were killed.").first?.modality == .denied)
        #expect(claims("If it rains, 300 people could be cut off.").first?.modality == .hypothetical)
        #expect(claims("Forecasters expect 45 to 46 degrees on Friday.").first?.modality == .forecast)
        #expect(claims("In 2019, 31 miners died at the pit.").first?.modality == .background)
        #expect(claims("At least 31 miners died at the pit.").first?.modality == .asserted)
    }

    @Test("the speaker and the time of a number are found")
    func context() throws {
        let claim = try #require(
            claims("As of 08:00 on 13 February, 14 people were dead, the defence ministry said.").first
        )
        #expect(claim.attribution == "defence ministry")
        #expect(claim.asOf == "2026-02-13T08:00")
    }

    @Test("an increment is told apart from a total")
    func increments() {
        #expect(claims("Another 14 people were killed.").first?.kind == .increment)
        #expect(claims("The number of dead rose by 12 to 87.").map(\.kind) == [.increment, .total])
    }

    @Test("an ordinal counts only where it numbers the victims or what happened within a time")
    func ordinals() {
        #expect(claims("She is the third victim of the blaze.").map(\.quantity.low) == [3])
        #expect(claims("It was the fourth such attack this month.").map(\.quantity.low) == [4])
        #expect(claims("He lives on the third floor of the second house.").isEmpty)
        #expect(claims("It was the third day of the talks this year.").isEmpty)
    }

    @Test("a figure that is compared takes the unit of the other one")
    func inheritance() {
        let grown = claims("The fund grew from 3 to 5 million euros.").map(\.quantity)
        #expect(grown.map(\.low) == [3_000_000, 5_000_000])
        #expect(grown.map(\.unit) == ["eur", "eur"])
        #expect(claims("Turnout rose to 42 percent from 38.").map(\.quantity.unit) == ["percent", "percent"])
        #expect(claims("The rate went from 4.1% to 4.3%.").map(\.quantity.qualifier) == [.exact, .exact])
    }

    @Test("the base of a rate is no claim")
    func rates() {
        #expect(claims("The disease kills 12 people per 100,000.").map(\.quantity.low) == [12])
    }

    @Test(
        "hostile text does not stop the extraction",
        arguments: [
            "", "\n\n", "$", "%%%% 5 5 5 5", "and and 12", "of of of", "1,,,2...3", "\u{301}\u{301} 7",
        ]
    )
    func hostile(_ text: String) {
        _ = claims(text)
    }
}
