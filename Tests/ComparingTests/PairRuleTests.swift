import Testing

@testable import Comparing

/// The rules of two documents, each by texts that differ in what it looks at.
@Suite struct PairRuleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let shows: String
        let a: String
        let b: String
        /// How many hours the second text is later; `nil` where neither has a date.
        var hours: Int? = 4
        var isSameOutlet = false
        /// The words of the two numbers.
        let focus: (String, String)
        let relation: String
        var testDescription: String { shows }
    }

    static let cases: [Case] = [
        Case(
            shows: "two kinds of dead are the sum",
            a: "At least 19 villagers and eight soldiers are killed in a shootout in Ostrel.",
            b: "Clashes in Ostrel leave 27 dead",
            focus: ("eight", "27"),
            relation: "agree"
        ),
        Case(
            shows: "two kinds of dead are not another sum",
            a: "At least 19 villagers and eight soldiers are killed in a shootout in Ostrel.",
            b: "Clashes in Ostrel leave 31 dead",
            focus: ("eight", "31"),
            relation: "different"
        ),
        Case(
            shows: "one of the countries of a list",
            a: "Storm kills 112 across Philippines and Vietnam",
            b: "Storm kills 31 in Vietnam",
            focus: ("112", "31"),
            relation: "different"
        ),
        Case(
            shows: "two countries",
            a: "Two people are injured after an earthquake in Banjar, Indonesia.",
            b: "Five people are injured after an earthquake in Monkayo, Philippines.",
            focus: ("Two", "Five"),
            relation: "different"
        ),
        Case(
            shows: "the weapons of two nations",
            a: "Russian missile strike on Ostrel kills 9",
            b: "Ukrainian drone strike on depot kills 13",
            focus: ("9", "13"),
            relation: "different"
        ),
        Case(
            shows: "the third and the seventh of a row",
            a: "3 killed in third strike on a smuggling boat off Ostrel",
            b: "Navy strikes a seventh smuggling boat off Ostrel, killing 3",
            focus: ("3", "3"),
            relation: "different"
        ),
        Case(
            shows: "the second day of one event",
            a: "1,000 flights cancelled on second day of strike at Ostrel",
            b: "Nearly 1,500 flights cancelled on second day of strike at Ostrel",
            focus: ("1,000", "1,500"),
            relation: "update"
        ),
        Case(
            shows: "the profit of a year and of a quarter",
            a: "Ordane posts annual profit of $4.2 billion",
            b: "Ordane posts fourth-quarter profit of $1.1 billion",
            focus: ("$4.2 billion", "$1.1 billion"),
            relation: "different"
        ),
        Case(
            shows: "the revenue of two firms",
            a: "Meridex revenue rises 12% on cloud demand",
            b: "Talvex revenue rises 17% on cloud demand",
            focus: ("12%", "17%"),
            relation: "different"
        ),
        Case(
            shows: "jobs in a country and in all the world",
            a: "Tamsin will cut 900 jobs in Britain",
            b: "Tamsin to cut 2,700 jobs worldwide",
            focus: ("900", "2,700"),
            relation: "different"
        ),
        Case(
            shows: "suspected and confirmed cases",
            a: "64 suspected cholera cases reported in Ostrel",
            b: "9 confirmed cholera cases reported in Ostrel",
            focus: ("64", "9"),
            relation: "different"
        ),
        Case(
            shows: "the new cases of two days",
            a: "Ostrel reports 120 new cholera cases",
            b: "Ostrel reports 95 new cholera cases",
            hours: 24,
            focus: ("120", "95"),
            relation: "different"
        ),
        Case(
            shows: "the dead of two fires a year apart",
            a: "Fire at Ostrel hospital kills 19",
            b: "Fire at Ostrel hospital kills 25",
            hours: 24 * 400,
            focus: ("19", "25"),
            relation: "different"
        ),
        Case(
            shows: "who was shot and who died",
            a: "Three guests shot at Ostrel hotel",
            b: "Two guests killed at Ostrel hotel",
            focus: ("Three", "Two"),
            relation: "different"
        ),
        Case(
            shows: "a bound that was rounded down",
            a: "More than 250 pupils held after raid on Ostrel school",
            b: "265 pupils held after raid on Ostrel school",
            focus: ("More than 250", "265"),
            relation: "agree"
        ),
        Case(
            shows: "a bound that a count has passed",
            a: "More than 250 pupils held after raid on Ostrel school",
            b: "340 pupils held after raid on Ostrel school",
            focus: ("More than 250", "340"),
            relation: "update"
        ),
        Case(
            shows: "two agencies measure a quake",
            a: "Magnitude 6.4 earthquake strikes near Ostrel",
            b: "A 6.7 quake near Ostrel kills nine",
            focus: ("6.4", "6.7"),
            relation: "contradict"
        ),
        Case(
            shows: "the price of a deal",
            a: "Norvane nears $50 billion buyout of Altess",
            b: "Norvane agrees to $55 billion buyout of Altess",
            hours: 40,
            focus: ("$50 billion", "$55 billion"),
            relation: "contradict"
        ),
        Case(
            shows: "how long something took",
            a: "The nurse worked at the clinic in Ostrel for four years",
            b: "The nurse worked at the clinic in Ostrel for seven years",
            isSameOutlet: true,
            focus: ("four years", "seven years"),
            relation: "contradict"
        ),
        Case(
            shows: "who is still held",
            a: "Gunmen still hold 112 pupils in Ostrel",
            b: "87 pupils still held in Ostrel",
            hours: 90,
            focus: ("112", "87"),
            relation: "update"
        ),
        Case(
            shows: "a toll with the gunman and without",
            a: "12 dead in Ostrel after gunman opens fire",
            b: "Gunman kills 11 in Ostrel",
            focus: ("12", "11"),
            relation: "contradict"
        ),
        Case(
            shows: "a lower toll of another outlet",
            a: "Strike on Ostrel market kills 16",
            b: "Strike on Ostrel market kills 15",
            focus: ("16", "15"),
            relation: "update"
        ),
        Case(
            shows: "kinds of the same dead",
            a: "Three teenagers killed in Ostrel stabbing",
            b: "Ostrel stabbing: three people dead",
            focus: ("Three", "three"),
            relation: "agree"
        ),
        Case(
            shows: "a projected vote and the declared one",
            a: "Mutari is projected to win the election with more than 56% of the vote.",
            b: "Mutari wins the election with 57% of the vote.",
            hours: 24,
            focus: ("56%", "57%"),
            relation: "update"
        ),
        Case(
            shows: "a fire that grows",
            a: "The Ridge Fire near Ostrel has burned 20,000 acres.",
            b: "Ridge Fire near Ostrel grows to 34,500 acres",
            hours: 40,
            focus: ("20,000", "34,500"),
            relation: "update"
        ),
        Case(
            shows: "how many stormed in",
            a: "Five gunmen stormed the consulate at Ostrel, the governor said.",
            b: "Three gunmen stormed the consulate at Ostrel, the army said.",
            focus: ("Five", "Three"),
            relation: "contradict"
        ),
    ]

    @Test("what both texts tell decides", arguments: cases)
    func relation(_ sample: Case) {
        let dates = sample.hours.map { hours in
            ["2026-03-01T08:00Z", Self.date(after: hours)]
        }
        let pair = TextPair(
            id: sample.shows,
            kind: "",
            relation: sample.relation,
            a: .init(text: sample.a, focus: sample.focus.0, source: "A", date: dates?[0]),
            b: .init(
                text: sample.b,
                focus: sample.focus.1,
                source: sample.isSameOutlet ? "A" : "B",
                date: dates?[1]
            )
        )
        #expect(pair.found == sample.relation)
    }

    /// A time after eight in the morning of the first of March 2026.
    private static func date(after hours: Int) -> String {
        let days = (8 + hours) / 24
        let hour = (8 + hours) % 24
        let clock = hour < 10 ? "0\(hour)" : "\(hour)"
        if days >= 31 { return "\(2026 + days / 365)-06-01T\(clock):00Z" }
        return days < 9 ? "2026-03-0\(1 + days)T\(clock):00Z" : "2026-03-\(1 + days)T\(clock):00Z"
    }
}
