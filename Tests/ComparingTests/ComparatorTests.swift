import FoundationEssentials
import TallyModel
import Testing

@testable import Comparing

@Suite struct ComparatorTests {
    @Test("what is kept from one article to the next changes no result")
    func memory() {
        let comparator = Comparator()
        let story = Story(id: "story", title: "", terms: [:], at: Date(timeIntervalSince1970: 0))
        let placement = Placement(story: story, isNew: false, nearCopyOf: nil)
        var memory = ProfileMemory()
        var kept: [Figure] = []
        var fresh: [Figure] = []
        for (index, number) in [12, 14, 13, 15].enumerated() {
            let reading = Samples.reading(
                "a\(index)",
                hour: Double(index),
                claims: [Samples.claim(Decimal(number), Decimal(number))]
            )
            let before = comparator.compare(reading, in: placement, with: fresh)
            let after = comparator.compare(reading, in: placement, with: kept, memory: &memory)
            #expect(before.comparisons == after.comparisons)
            fresh = before.figures.isEmpty ? fresh : before.figures
            kept = after.figures.isEmpty ? kept : after.figures
        }
        #expect(kept == fresh)
        #expect(kept.first?.claims.count == 4)
    }

    @Test("a wounded person who dies is no contradiction")
    func transfer() {
        func day(_ id: String, _ hour: Double, dead: Decimal, hurt: Decimal) -> Reading {
            let killed = Samples.claim(
                dead,
                dead,
                sentence: "The crash at Ostrel bridge killed \(dead) people.",
                surface: "\(dead)"
            )
            let wounded = Samples.claim(
                hurt,
                hurt,
                predicate: "wound",
                sentence: "The crash at Ostrel bridge injured \(hurt) people.",
                surface: "\(hurt)"
            )
            return Samples.reading(id, hour: hour, claims: [killed, wounded])
        }
        let first = day("a", 0, dead: 8, hurt: 14)
        let died = Samples.alerts([first, day("b", 5, dead: 9, hurt: 13)])[1]
        #expect(!died.contains { $0.type == .contradicted })
        let fell = Samples.alerts([first, day("b", 5, dead: 8, hurt: 13)])[1]
        #expect(fell.contains { $0.type == .contradicted })
    }

    struct Case: Sendable {
        let shows: String
        let claims: [Claim]
        /// What the last article raises.
        let raised: [Alert.Kind]
    }

    static let cases: [Case] = [
        Case(shows: "a rising toll", claims: [toll(4), toll(9)], raised: [.updated]),
        Case(
            shows: "a falling toll",
            claims: [toll(9, by: "the police"), toll(4, by: "the police")],
            raised: [.contradicted]
        ),
        Case(
            shows: "an older count, told by another outlet soon after",
            claims: [toll(9), toll(4)],
            raised: []
        ),
        Case(shows: "the same toll", claims: [toll(9), toll(9)], raised: []),
        Case(shows: "a stale copy", claims: [toll(4), toll(9), toll(4)], raised: []),
        Case(
            shows: "another happening is new",
            claims: [toll(4), Samples.claim(30, 30, predicate: "wound")],
            raised: [.new]
        ),
        Case(
            shows: "a denial of the number",
            claims: [toll(9, by: "the rebels"), denial(9)],
            raised: [.contradicted]
        ),
        Case(
            shows: "a denial of another number",
            claims: [toll(9, by: "the rebels"), denial(40)],
            raised: []
        ),
        Case(shows: "a forecast moves nothing", claims: [toll(9), forecast(90)], raised: []),
        Case(
            shows: "fewer casualties than known dead",
            claims: [troops(3_000, 3_000, "kill"), troops(200, 999, "casualty")],
            raised: [.contradicted]
        ),
        Case(
            shows: "as many casualties as dead",
            claims: [troops(300, 300, "kill"), troops(200, 999, "casualty")],
            raised: [.new]
        ),
        Case(
            shows: "a lower number that says it corrects",
            claims: [toll(9, by: "the mayor"), corrected(7)],
            raised: [.corrected]
        ),
        Case(
            shows: "each side repeats its own",
            claims: [
                toll(9, by: "the army"), toll(60, by: "the rebels"), toll(60, by: "a rebel commander"),
                toll(9, by: "an army spokesman"),
            ],
            raised: []
        ),
        Case(
            shows: "two ages of one person",
            claims: [age(19, "a rifleman"), age(20, "the rifleman")],
            raised: [.contradicted]
        ),
        Case(shows: "two people", claims: [age(19, "a rifleman"), age(54, "the captain")], raised: []),
    ]

    static func toll(_ number: Decimal, by attribution: String? = nil) -> Claim {
        Samples.claim(number, number, by: attribution)
    }

    static func denial(_ number: Decimal) -> Claim {
        var claim = toll(number, by: "the army")
        claim.modality = .denied
        return claim
    }

    static func forecast(_ number: Decimal) -> Claim {
        var claim = toll(number)
        claim.modality = .forecast
        return claim
    }

    static func corrected(_ number: Decimal) -> Claim {
        Samples.claim(
            number,
            number,
            by: "the mayor",
            sentence:
                "The mayor corrected the toll: \(number) people died when the bridge at Ostrel fell into the river."
        )
    }

    static func troops(_ low: Decimal, _ high: Decimal, _ predicate: String) -> Claim {
        Samples.claim(low, high, low == high ? .exact : .vague, counted: "troops", predicate: predicate)
    }

    static func age(_ number: Decimal, _ who: String) -> Claim {
        var claim = Samples.claim(
            number,
            number,
            unit: "year",
            counted: nil,
            predicate: "age",
            sentence: "He said that \(who) was \(number) years old."
        )
        claim.subject = who
        return claim
    }

    @Test("the last article raises what it changes", arguments: cases)
    func alerts(_ sample: Case) {
        let readings = sample.claims.enumerated().map { index, claim in
            Samples.reading("a\(index)", hour: Double(index) * 6, claims: [claim])
        }
        let raised = Samples.alerts(readings)
        #expect(raised.first?.isEmpty == true, "\(sample.shows)")
        #expect(raised.last?.map(\.type) == sample.raised, "\(sample.shows)")
    }

    @Test("an edited number is a correction, an unchanged one is silent")
    func edit() throws {
        let comparator = Comparator()
        let first = Samples.reading("a", claims: [Self.toll(23), Samples.claim(40, 40, predicate: "wound")])
        let story = Story(id: "story", title: "Bridge", terms: [:], at: first.article.published)
        let begun = comparator.compare(
            first,
            in: Placement(story: story, isNew: true, nearCopyOf: nil),
            with: []
        )
        var second = Samples.reading("a", claims: [Self.toll(19), Samples.claim(40, 40, predicate: "wound")])
        second.previousClaims = first.claims
        let placement = Placement(story: story, isNew: false, nearCopyOf: nil)
        let outcome = comparator.compare(second, in: placement, with: begun.figures)
        let comparison = try #require(outcome.comparisons.first)
        #expect(outcome.comparisons.count == 1)
        #expect(comparison.nuance == .corrected)
        #expect(comparison.against.first?.claim.quantity.low == 23)
        #expect(outcome.figures.first?.baseline.best == 19)
    }

    @Test("a near-copy adds an outlet and no witness")
    func nearCopy() throws {
        let comparator = Comparator()
        let first = Samples.reading("a", claims: [Self.toll(23)])
        let story = Story(id: "story", title: "Bridge", terms: [:], at: first.article.published)
        let begun = comparator.compare(
            first,
            in: Placement(story: story, isNew: true, nearCopyOf: nil),
            with: []
        )
        let copy = Samples.reading("b", outlet: "Copyist", claims: [Self.toll(23)])
        let placement = Placement(story: story, isNew: false, nearCopyOf: "a")
        let outcome = comparator.compare(copy, in: placement, with: begun.figures)
        let figure = try #require(outcome.figures.first)
        #expect(outcome.comparisons.isEmpty)
        #expect(figure.claims.map(\.sourced.alsoCarriedBy) == [["Copyist"]])
    }

    @Test("a pinned baseline is moved by no claim")
    func pin() throws {
        let comparator = Comparator()
        let first = Samples.reading("a", claims: [Self.toll(23)])
        let story = Story(id: "story", title: "Bridge", terms: [:], at: first.article.published)
        let begun = comparator.compare(
            first,
            in: Placement(story: story, isNew: true, nearCopyOf: nil),
            with: []
        )
        let figure = comparator.pinned(
            try #require(begun.figures.first),
            low: 20,
            best: 21,
            high: 22,
            note: "checked"
        )
        let later = Samples.reading("b", hour: 5, claims: [Self.toll(40)])
        let placement = Placement(story: story, isNew: false, nearCopyOf: nil)
        let outcome = comparator.compare(later, in: placement, with: [figure])
        #expect(figure.baseline.version == 2)
        #expect(outcome.comparisons.first?.relation == .contradict)
        #expect(outcome.figures.first?.baseline == figure.baseline)
    }

    @Test("the order of the figures and a second run change nothing")
    func determinism() {
        let readings = [
            Samples.reading("a", claims: [Self.toll(4), Samples.claim(30, 30, predicate: "wound")]),
            Samples.reading("b", hour: 3, claims: [Self.toll(9), Samples.claim(12, 12, predicate: "wound")]),
        ]
        #expect(Samples.alerts(readings) == Samples.alerts(readings))
        let ids = Samples.alerts(readings).joined().map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { !$0.contains(".") })
    }
}
