import FoundationEssentials
import TallyModel
import Testing

@testable import Comparing

@Suite struct FigureMatcherTests {
    struct Case: Sendable {
        let shows: String
        let a: Claim
        let b: Claim
        let isSame: Bool
    }

    static let cases: [Case] = [
        Case(shows: "synonyms", a: count("soldiers"), b: count("troops"), isSame: true),
        Case(shows: "nobody is named", a: count("people"), b: count("residents"), isSame: true),
        Case(shows: "a part of the people", a: count("people"), b: count("children"), isSame: false),
        Case(shows: "two parts", a: count("soldiers"), b: count("civilians"), isSame: false),
        Case(shows: "two happenings", a: count("people"), b: count("people", "wound"), isSame: false),
        Case(shows: "two nations", a: count("Norvian soldiers"), b: count("Halmic soldiers"), isSame: false),
        Case(shows: "two units", a: count("people"), b: Samples.claim(5, 5, unit: "percent"), isSame: false),
        Case(shows: "miles and kilometres", a: length("km"), b: length("mile"), isSame: true),
        Case(
            shows: "two places",
            a: count("people", place: "Ostrel"),
            b: count("people", place: "Vannau"),
            isSame: false
        ),
        Case(
            shows: "two spellings",
            a: count("people", place: "Ostrel"),
            b: count("people", place: "Ostryl"),
            isSame: true
        ),
    ]

    static func count(_ counted: String, _ predicate: String = "kill", place: String? = nil) -> Claim {
        // A leading word keeps a name from standing where every word has a capital.
        var claim = Samples.claim(5, 5, counted: "the " + counted, predicate: predicate)
        claim.place = place
        return claim
    }

    static func length(_ unit: String) -> Claim {
        Samples.claim(5, 5, unit: unit, counted: "burned strip", predicate: "measure")
    }

    @Test("scope tells figures apart, wording does not", arguments: cases)
    func sameFigure(_ sample: Case) {
        let configuration = ComparingConfiguration()
        let matcher = FigureMatcher(ageReachYears: configuration.ageReachYears)
        let forth = matcher.likeness(sample.a, sample.b) ?? 0
        let back = matcher.likeness(sample.b, sample.a) ?? 0
        #expect((forth >= configuration.figureThreshold) == sample.isSame, "\(sample.shows): \(forth)")
        #expect(abs(forth - back) < 0.000_1, "\(sample.shows)")
        #expect(matcher.likeness(sample.a, sample.a) ?? 0 >= configuration.figureThreshold, "\(sample.shows)")
    }

    struct PartCase: Sendable {
        let shows: String
        let part: Claim
        let whole: Claim
        let isPart: Bool
    }

    static let parts: [PartCase] = [
        PartCase(
            shows: "the killed within the casualties",
            part: count("soldiers"),
            whole: count("soldiers", "casualty"),
            isPart: true
        ),
        PartCase(
            shows: "children among the dead",
            part: count("children"),
            whole: count("people"),
            isPart: true
        ),
        PartCase(shows: "not the other way", part: count("people"), whole: count("children"), isPart: false),
        PartCase(
            shows: "civilians are no whole of soldiers",
            part: count("soldiers"),
            whole: count("civilians"),
            isPart: false
        ),
    ]

    @Test("a part is known by its class or its word", arguments: parts)
    func subsets(_ sample: PartCase) {
        #expect(SubsetRule.isPart(sample.part, of: sample.whole) == sample.isPart, "\(sample.shows)")
    }
}
