import FoundationEssentials
import TallyModel
import Testing

@testable import Comparing

@Suite struct EventTieTests {
    struct Case: Sendable {
        let shows: String
        let a: (text: String, names: [String])
        let b: (text: String, names: [String])
        var hours = 1.0
        let isOne: Bool
    }

    static let cases: [Case] = [
        Case(
            shows: "two countries",
            a: ("Norvia reports 257 deaths", ["norvia"]),
            b: ("Halmia reports 753 deaths", ["halmia"]),
            isOne: false
        ),
        Case(
            shows: "one town",
            a: ("Fire in Ostrel kills 4", ["ostrel"]),
            b: ("Ostrel fire: 9 dead", ["ostrel"]),
            isOne: true
        ),
        Case(
            shows: "one town, three days later",
            a: ("Fire in Ostrel kills 4", ["ostrel"]),
            b: ("Ostrel fire: 9 dead", ["ostrel"]),
            hours: 72,
            isOne: false
        ),
        Case(
            shows: "one country, and no more",
            a: ("Fire in Peru kills 4", ["peru"]),
            b: ("Bus falls into ravine in Peru: 9 dead", ["peru"]),
            isOne: false
        ),
        Case(
            shows: "nobody is named, and much is shared",
            a: ("Warehouse roof collapse leaves 4 dead after storm", []),
            b: ("Nine dead in warehouse roof collapse after storm", []),
            isOne: true
        ),
        Case(
            shows: "nobody is named, and nothing is shared",
            a: ("Bus crash leaves 4 dead", []),
            b: ("Nine dead in market fire", []),
            isOne: false
        ),
    ]

    static func sourced(
        _ id: String,
        _ side: (text: String, names: [String]),
        title: String,
        hour: Double
    ) -> SourcedClaim {
        var claim = Samples.claim(4, 4, sentence: side.text)
        claim.names = side.names
        var article = Samples.article(id, hour: hour)
        article.title = title
        return SourcedClaim(claim: claim, article: article)
    }

    static func reading(length: Int = 2_000, isDated: Bool = true) -> Reading {
        var reading = Samples.reading("later", text: String(repeating: " ", count: length), claims: [])
        reading.isDated = isDated
        return reading
    }

    static let story = Story(id: "story_1", title: "", terms: [:], at: Date(timeIntervalSince1970: 0))

    @Test("headlines are of one event by their names and their time", arguments: cases)
    func headlines(_ sample: Case) {
        let a = Self.sourced("a", sample.a, title: sample.a.text, hour: 0)
        let b = Self.sourced("b", sample.b, title: sample.b.text, hour: sample.hours)
        #expect(
            EventTie.mayBeOne(a, b, in: Self.story, of: Self.reading()) == sample.isOne,
            "\(sample.shows)"
        )
        #expect(
            EventTie.mayBeOne(b, a, in: Self.story, of: Self.reading()) == sample.isOne,
            "\(sample.shows)"
        )
    }

    @Test("a headline without a date may be of any day")
    func undated() {
        let a = Self.sourced(
            "a",
            ("Fire in Ostrel mill kills 4", ["ostrel"]),
            title: "Fire in Ostrel mill kills 4",
            hour: 0
        )
        let b = Self.sourced(
            "b",
            ("Nine dead in Ostrel mill", ["ostrel"]),
            title: "Nine dead in Ostrel mill",
            hour: 1
        )
        #expect(EventTie.mayBeOne(b, a, in: Self.story, of: Self.reading()))
        #expect(!EventTie.mayBeOne(b, a, in: Self.story, of: Self.reading(isDated: false)))
    }

    @Test("each country counts its own days")
    func daysOfCountries() {
        func daily(_ id: String, _ place: String?) -> SourcedClaim {
            let text = "The ministry reports 257 more deaths from the new fever."
            var sourced = Self.sourced(id, (text, ["fever"]), title: text, hour: 0)
            sourced.claim.kind = .increment
            sourced.claim.place = place
            return sourced
        }
        #expect(
            EventTie.mayBeOne(daily("b", "Ostrel"), daily("a", "Ostrel"), in: Self.story, of: Self.reading())
        )
        #expect(
            !EventTie.mayBeOne(daily("b", "Ostrel"), daily("a", "Norvia"), in: Self.story, of: Self.reading())
        )
        #expect(
            !EventTie.mayBeOne(
                daily("b", "country"),
                daily("a", "country"),
                in: Self.story,
                of: Self.reading()
            )
        )
    }

    @Test("what came on top of a total is of its own day")
    func increments() {
        var a = Self.sourced("a", ("Ostrel reports 257 more deaths.", ["ostrel"]), title: "Flood", hour: 0)
        var b = Self.sourced("b", ("Ostrel reports 753 more deaths.", ["ostrel"]), title: "Rescue", hour: 24)
        #expect(EventTie.mayBeOne(a, b, in: Self.story, of: Self.reading()))
        a.claim.kind = .increment
        b.claim.kind = .increment
        #expect(!EventTie.mayBeOne(a, b, in: Self.story, of: Self.reading()))
    }

    @Test("fewer dead in the next day's bulletin are another day's, but for a toll")
    func nextDay() {
        func bulletin(_ id: String, _ number: Int, _ text: String, hour: Double) -> SourcedClaim {
            var sourced = Self.sourced(id, (text, ["ostrel"]), title: text, hour: hour)
            sourced.claim.quantity = Samples.quantity(Decimal(number), Decimal(number))
            return sourced
        }
        let first = bulletin("a", 11, "Eleven people are killed in clashes at Ostrel.", hour: 0)
        let next = bulletin("b", 2, "Two people are killed in clashes at Ostrel.", hour: 24)
        let toll = bulletin("c", 9, "The toll of the clashes at Ostrel is nine.", hour: 24)
        let reading = Self.reading(length: 60)
        #expect(!EventTie.mayBeOne(next, first, in: Self.story, of: reading))
        #expect(EventTie.mayBeOne(toll, first, in: Self.story, of: reading))
        #expect(EventTie.mayBeOne(first, next, in: Self.story, of: reading))
    }

    @Test("how long one thing takes says nothing of another in a headline")
    func spans() {
        func headline(_ id: String, _ text: String, _ predicate: String) -> SourcedClaim {
            var sourced = Self.sourced(id, (text, ["ostrel"]), title: text, hour: 0)
            sourced.claim.quantity.unit = "day"
            sourced.claim.predicate = predicate
            return sourced
        }
        let closed = headline("a", "Ostrel closes its port for 10 days", "shut")
        let again = headline("b", "Port of Ostrel to be shut for 12 days", "shut")
        let talks = headline("c", "Ostrel talks go on for 3 days", "continue")
        #expect(EventTie.mayBeOne(closed, again, in: Self.story, of: Self.reading()))
        #expect(!EventTie.mayBeOne(closed, talks, in: Self.story, of: Self.reading()))
    }

    @Test("a long sentence makes no article of a bulletin")
    func bulletins() {
        let text = String(repeating: "The flood that came down the valley killed 257 people. ", count: 8)
        let a = Self.sourced("a", (text, ["norvia"]), title: "Flood at the coast", hour: 0)
        let b = Self.sourced(
            "b",
            ("753 people died at the mouth.", ["halmia"]),
            title: "Rescue goes on",
            hour: 1
        )
        #expect(!EventTie.mayBeOne(a, b, in: Self.story, of: Self.reading(length: text.utf8.count)))
        #expect(EventTie.mayBeOne(a, b, in: Self.story, of: Self.reading(length: text.utf8.count * 4)))
        // A short article of short sentences is whole, a bulletin is not.
        #expect(EventTie.mayBeOne(b, a, in: Self.story, of: Self.reading(length: 450)))
        #expect(!EventTie.mayBeOne(b, a, in: Self.story, of: Self.reading(length: 350)))
    }

    @Test("whole articles of one story need no name to tie them")
    func articles() {
        let a = Self.sourced("a", ("257 people died.", ["norvia"]), title: "Flood at the coast", hour: 0)
        let b = Self.sourced("b", ("753 people died.", ["halmia"]), title: "Rescue goes on", hour: 1)
        #expect(EventTie.mayBeOne(a, b, in: Self.story, of: Self.reading()))
    }
}
