import Extracting
import FoundationEssentials
import TallyModel
import Testing

/// What surrounds a number: what happened, who says so, where, and whether the sentence stands behind it.
@Suite struct SlotTests {
    /// Returns the claims of an undated English text.
    static func claims(_ text: String) -> [Claim] {
        ClaimExtractor().claims(in: Article(language: "en", text: text), readAt: nil)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let shows: String
        let text: String
        let surface: String
        var predicate: String?
        var attribution: String?
        var counted: String?
        var modality = Claim.Modality.asserted
        var testDescription: String { shows }
    }

    static let cases = [
        Case(
            shows: "an expression of several words",
            text: "The militia said 14 guards were killed and nine taken prisoner.",
            surface: "nine",
            predicate: "capture",
            attribution: "militia"
        ),
        Case(
            shows: "lives that are lost",
            text: "Twelve miners lost their lives at Orrin pit.",
            surface: "Twelve",
            predicate: "kill",
            counted: "miners"
        ),
        Case(
            shows: "soldiers that are lost are dead",
            text: "The army insists it lost just 21 soldiers.",
            surface: "21",
            predicate: "kill",
            attribution: "army",
            counted: "soldiers"
        ),
        Case(
            shows: "jobs that are shed are laid off",
            text: "The shipyard cut 600 jobs at Havnes.",
            surface: "600",
            predicate: "layoff",
            counted: "jobs"
        ),
        Case(
            shows: "a word of a class behind a verb of none",
            text: "Some 90 villagers were crammed aboard the barge.",
            surface: "Some 90",
            predicate: "board",
            counted: "villagers"
        ),
        Case(
            shows: "those whom a vessel may carry are not aboard",
            text: "The barge was licensed to carry 120 pilgrims.",
            surface: "120",
            predicate: "capacity",
            counted: "pilgrims"
        ),
        Case(
            shows: "people who have yet to be found",
            text: "Seventeen climbers have yet to be found.",
            surface: "Seventeen",
            predicate: "missing",
            counted: "climbers"
        ),
        Case(
            shows: "a label before a colon",
            text: "Injured persons treated in clinics and hospitals: 870.",
            surface: "870",
            predicate: "wound",
            counted: "Injured people"
        ),
        Case(
            shows: "the one who speaks, without what is told of him",
            text: "The miners behind Monday's walkout at the Orrin pit said 400 colleagues had joined them.",
            surface: "400",
            attribution: "miners",
            counted: "colleagues"
        ),
        Case(
            shows: "a name between commas",
            text: "The operator, Fjord Ferries, said 61 passengers were missing.",
            surface: "61",
            predicate: "missing",
            attribution: "operator, Fjord Ferries",
            counted: "passengers"
        ),
        Case(
            shows: "a pronoun within its own sentence",
            text: "The minister denied it. A doctor told the paper that he had counted 40 dead.",
            surface: "40",
            predicate: "kill",
            attribution: "doctor"
        ),
        Case(
            shows: "the toll of a whole war",
            text: "The war has cost more than 8,000 lives.",
            surface: "more than 8,000",
            predicate: "kill",
            modality: .background
        ),
        Case(
            shows: "what could be",
            text: "The mayor fears the dead could exceed one hundred.",
            surface: "could exceed one hundred",
            predicate: "kill",
            attribution: "mayor",
            modality: .hypothetical
        ),
    ]

    static let places: [(text: String, surface: String, place: String?)] = [
        ("Peru reports 44 new cases of the fever first found in Ghana.", "44", "Peru"),
        ("Peru reports its first death as cases rise to 90.", "90", "Peru"),
        ("The Republic of Ireland records 900 deaths.", "900", "Republic of Ireland"),
        ("Norway registered 40 deaths on Friday, bringing Norway's death toll to 812.", "812", "Norway"),
        ("Norway registered 40 deaths on Friday, bringing the country's death toll to 812.", "812", "Norway"),
        ("Norway says that it sent 40 lorries.", "40", nil),
    ]

    @Test("a country that counts tells where", arguments: places)
    func countries(_ sample: (text: String, surface: String, place: String?)) throws {
        let claims = Self.claims(sample.text)
        #expect(try #require(claims.first { $0.surface == sample.surface }).place == sample.place)
    }

    static let kinds: [(text: String, surface: String, kind: Claim.Kind, predicate: String)] = [
        ("The clinic reported 14 more deaths.", "14", .increment, "kill"),
        ("The clinic reported 90 new cases and 14 more deaths.", "14", .increment, "kill"),
        ("The blast left 12 people dead and 40 more injured.", "40", .total, "wound"),
    ]

    @Test("more of the same come on top, more in another plight are a total", arguments: kinds)
    func onTop(_ sample: (text: String, surface: String, kind: Claim.Kind, predicate: String)) throws {
        let claims = Self.claims(sample.text)
        let claim = try #require(claims.first { $0.surface == sample.surface })
        #expect(claim.kind == sample.kind)
        #expect(claim.predicate == sample.predicate)
    }

    @Test("what is told of a denied thing is not denied")
    func denialOfARaid() throws {
        let text = "The minister denied any part in the raid, which killed 8 guards."
        let claims = Self.claims(text)
        #expect(try #require(claims.first { $0.surface == "8" }).modality == .asserted)
    }

    static let denials: [(text: String, modality: Claim.Modality)] = [
        ("The mill denies it paid $5m in bribes.", .denied),
        ("The army could not confirm that 12 people died at Havnes.", .hypothetical),
        ("The Havnes List won 38 percent of the vote, an exit poll showed.", .forecast),
        ("The Kelby League trailed on 33.5 percent in the survey.", .forecast),
        ("The mill lowered its outlook for the full year to 40 million euros of profit.", .forecast),
        ("The mayor denies a crisis as the cost of the bridge hits $25bn.", .asserted),
        ("The army denies this and claims that it holds 12 villages.", .asserted),
        ("A judge dismissed the $10 million lawsuit.", .asserted),
        ("The board rejected a $40 billion offer from Norvia Oil.", .asserted),
        ("The mayor dismissed reports of 40 dead.", .denied),
        ("The administrator denied that there were 22 cases of cholera in the camp.", .denied),
        ("The ministry rejected reports of 40 cases in Ostrel.", .denied),
    ]

    @Test("who rules on a suit or an offer denies no number of it", arguments: denials)
    func denied(_ sample: (text: String, modality: Claim.Modality)) {
        let claims = Self.claims(sample.text)
        #expect(claims.map(\.modality) == [sample.modality])
    }

    static let harmed: [(text: String, counted: [String])] = [
        ("A diver died when the barge sank.", ["divers"]),
        ("The blast injured a young teacher.", ["young teachers"]),
        ("Two women and a child were killed.", ["women", "children"]),
        ("A diver told the court of the wreck.", []),
    ]

    @Test("one who came to harm is counted", arguments: harmed)
    func victims(_ sample: (text: String, counted: [String])) {
        let claims = Self.claims(sample.text)
        #expect(claims.map { $0.counted ?? "" } == sample.counted)
    }

    @Test("harm that will come is a forecast, a plan is not")
    func comingHarm() throws {
        let text = "Some 30,000 people will be infected by May. The mill will cut 200 jobs."
        let claims = Self.claims(text)
        #expect(claims.map(\.modality) == [.forecast, .asserted])
    }

    static let countings: [(text: String, surface: String, unit: String, counted: String?)] = [
        ("Two men were held in Havnes and three abroad.", "three", "people", "men"),
        (
            "The yard expects 330 orders this year and 310 the following year.", "310", "order", "orders"
        ),
        ("Four dead, dozens injured in Havnes blast", "Four", "people", "people"),
        (
            "The army shot down 40 drones. Kelbia fired more than 30 at the port.", "more than 30", "drone",
            "drones"
        ),
        ("The mill wants to save 40 million euros, at a cost of 35 million.", "35 million", "eur", "cost"),
        (
            "It put the deficit at 40 billion euros after a 35 billion deficit in May.", "35 billion", "eur",
            "deficit"
        ),
        ("The act bans such wells; there are 64 of them in Kelbia.", "64", "well", "wells"),
        ("Twelve of one family were killed at the pass.", "Twelve", "people", "members of family"),
        ("At least 700 of those who crossed the lake are minors.", "At least 700", "people", nil),
        ("The plan cuts 320 jobs out of 4,100.", "4,100", "people", "jobs"),
        (
            "Organisers counted 3,000 marchers. Police put the figure for Havnes at 1,800.", "1,800",
            "people", "protesters"
        ),
        ("Nine Kelbian counter-attacks were beaten off.", "Nine", "event", "Kelbian counter-attacks"),
        ("Relatives handed in the names of 60.", "60", "people", "people"),
        ("A fire that nobody fought burned 800 hectares.", "800 hectares", "hectare", "land"),
        ("The herd lost 90 goats.", "90", "animal", "goats"),
        ("Another soldier was wounded at the pass.", "Another", "people", "soldiers"),
        ("The regulator fined Havnes Bank €9m.", "€9m", "eur", "fine"),
        ("Havnes Fire Live Updates: At Least 31 Dead as Crews Search", "At Least 31", "people", "people"),
        ("A 6.4 quake shook Havnes.", "6.4", "magnitude", "quake magnitude"),
        ("The Kelbian troops suffered 300 casualties.", "300", "people", "Kelbian soldiers"),
        ("The clinic saw 20 deaths among the refugees.", "20", "people", "refugees"),
        ("The mill announced up to 400 job cuts.", "up to 400", "people", "jobs"),
        ("Its captain fears the dead could exceed ninety.", "could exceed ninety", "people", "people"),
        ("Nobody was found. The injured number 160.", "160", "people", "people"),
        (
            "The lake has 900 cases. Havnes accounts for 310 of the cases, or 34 per cent.", "34 per cent",
            "percent", "cases"
        ),
        ("The port lists 900 patients. Of these, 12% caught it twice.", "12%", "percent", "patients"),
        (
            "Six in ten nurses stayed at home, the union says. The ministry says 15 per cent did.",
            "15 per cent", "percent", "nurses"
        ),
        (
            "The Havnes List has 36 per cent of the votes and the Kelby League 31 per cent.", "31 per cent",
            "percent", "votes"
        ),
        ("Shares in Orrin fell 9 percent in early trading.", "9 percent", "percent", "Shares in Orrin"),
        ("Customs seized 40 tonnes of tin, below the record of 90 tonnes.", "90 tonnes", "tonne", "tin"),
        (
            "These included $7m from a suit, $9m from Kelby Bank and $2m from Orrin.", "$9m", "usd",
            "Kelby Bank"
        ),
        (
            "Sales were €40m and profit attributable to the owners €6m.", "€6m", "eur", nil
        ),
        ("The two lists are 1.4 points apart.", "1.4", "percentage_point", "lead"),
        ("At least nine Iraqis were killed.", "At least nine", "people", "Iraqis"),
        ("17 security forces and 31 MPs were wounded.", "17", "people", "security forces"),
        ("17 security forces and 31 MPs were wounded.", "31", "people", "MPs"),
        ("Over 60 Boko Haram and Islamic State insurgents died.", "Over 60", "people", nil),
        (
            "The ministry reports 900 new cases, bringing the nationwide total of confirmed cases to 40,300.",
            "40,300", "people", "confirmed cases"
        ),
        ("The boat carrying 280 refugees sinks off Havnes.", "280", "people", "refugees"),
        ("The limit is 10 km (6.2 mi).", "6.2 mi", "mile", nil),
        ("The Orrin index fell 880 points.", "880", "point", nil),
        ("Eleven of the dead were women and six were children.", "six", "people", "children"),
        ("The army lost 15 tanks. The rebels admit the loss of four.", "four", "tank", "tanks"),
        ("The oldest victim was 87.", "87", "year", "oldest victim"),
        ("The bill raises the retirement age to 64.", "64", "year", "retirement age"),
        ("A hole 1.5 metres wide was blown into the wall.", "1.5 metres", "metre", "width of hole"),
        ("Adjusted profit before tax was £23.7m.", "£23.7m", "gbp", "Adjusted profit"),
        ("- Sales: growth of 0.8 per cent", "0.8 per cent", "percent", "Sales"),
        ("Twelve shops were closed. The mayor insists that 16 are closed.", "16", "shop", "shops"),
        ("The union speaks of 60,000 hectares; pictures show 23,000.", "23,000", "hectare", nil),
        ("By 08:00 58 people had been rescued.", "58", "people", "people"),
        ("The list of the missing has 143 names on it.", "143", "people", "people"),
    ]

    @Test("what is counted, and in which unit", arguments: countings)
    func countedThings(_ sample: (text: String, surface: String, unit: String, counted: String?)) throws {
        let claims = Self.claims(sample.text)
        let claim = try #require(claims.first { $0.surface == sample.surface })
        #expect(claim.quantity.unit == sample.unit)
        if let counted = sample.counted { #expect(claim.counted == counted) }
    }

    static let tellings: [(text: String, surface: String, predicate: String)] = [
        (
            "With half of the stations counted, the Havnes List has 36 per cent of the votes.", "36 per cent",
            "win"
        ),
        ("Rebels released a video said to show seven prisoners in the snow.", "seven", "capture"),
        ("Some 40,000 people were caught up in the leak.", "Some 40,000", "affect"),
        ("Around 900 people spent the night in school halls.", "Around 900", "displace"),
        ("A fifth of the perimeter has been secured.", "A fifth", "contain"),
        ("The league ended with 31 percent of the vote.", "31 percent", "win"),
        ("A judge set the punitive damages at $7 million.", "$7 million", "award"),
        ("The mill announced up to 400 job cuts.", "up to 400", "layoff"),
        ("The number of people killed by the slide has risen to five.", "five", "kill"),
        ("The number of people known to have died rose to 61.", "61", "kill"),
        ("Seven persons deprived of liberty lost their lives.", "Seven", "kill"),
        ("Sixty prisoners fled the jail and are on the run.", "Sixty", "escape"),
        ("Ten people are still being looked for.", "Ten", "missing"),
        ("Persons still sought: 7", "7", "missing"),
        ("Four soldiers have fallen in two days.", "Four", "kill"),
        ("The firm has identified 24 shops for closure.", "24", "close"),
        ("The recall of 84,000 cars will cost a lot.", "84,000", "recall"),
        ("131 people were in police hands.", "131", "arrest"),
        ("Assets frozen since March now amount to $41 million.", "$41 million", "seize"),
    ]

    @Test("what happened to what is counted", arguments: tellings)
    func told(_ sample: (text: String, surface: String, predicate: String)) throws {
        let claims = Self.claims(sample.text)
        #expect(try #require(claims.first { $0.surface == sample.surface }).predicate == sample.predicate)
    }

    @Test("who kills others is none of the dead")
    func doer() {
        #expect(Self.claims("A gunman killed 12 people in Havnes on Monday.").map(\.surface) == ["12"])
        #expect(Self.claims("A gunman was killed in Havnes on Monday.").map(\.surface) == ["A"])
    }

    static let modalities: [(text: String, surface: String, modality: Claim.Modality)] = [
        ("The figure of twenty-two deaths is devoid of any foundation.", "twenty-two", .denied),
        ("The list of 27 victims is a fabrication.", "27", .denied),
        ("Before Saturday, 11 people had died in the hills.", "11", .background),
        ("The prefecture had put the dead at eight on Sunday.", "eight", .background),
        ("It comes weeks after nineteen people died in the pass.", "nineteen", .background),
        ("- Sales: €597m (previously reported: €612m)", "€612m", .background),
        ("- Sales: €597m (previously reported: €612m)", "€597m", .asserted),
        ("The firm knows of six crashes in which the fault may have played a part.", "six", .asserted),
    ]

    @Test("what is denied, was before, or holds", arguments: modalities)
    func held(_ sample: (text: String, surface: String, modality: Claim.Modality)) throws {
        let claims = Self.claims(sample.text)
        #expect(try #require(claims.first { $0.surface == sample.surface }).modality == sample.modality)
    }

    @Test("the cases have gone up to 38, and are not at most 38")
    func goneUp() throws {
        let claim = try #require(Self.claims("The number of cases has gone up to 38.").first)
        #expect(claim.quantity.low == 38 && claim.quantity.high == 38)
    }

    @Test("a bound that cannot be passed is asserted, and who would pass it bears it")
    func retoldBound() throws {
        let text =
            "Orrin's aide claimed that the list had won 70 seats. The Kelby League said the figure could not be more than 55."
        let claims = Self.claims(text)
        let claim = try #require(claims.last)
        #expect(claim.quantity.high == 55)
        #expect(claim.modality == .asserted)
        #expect(claim.subject == "Orrin")
    }

    @Test("a number of versions behind a headline is no claim")
    func versions() {
        let text = "Orrin Hit With First Suit to Halt Havnes Fee (3)"
        #expect(Self.claims(text).isEmpty)
    }

    @Test("hours and minutes with hyphens are one span")
    func hyphenatedSpan() throws {
        let text = "Orrin won the 5-hour and 27-minute match."
        let claims = Self.claims(text)
        #expect(claims.count == 1)
        #expect(try #require(claims.first).surface == "5-hour and 27-minute")
    }

    @Test("who is said to have told another number has not told this one")
    func comparedSpeaker() throws {
        let text = "That is a lead of 1.3 percentage points, much less than the exit poll suggested."
        let claims = Self.claims(text)
        #expect(try #require(claims.first).attribution == nil)
    }

    @Test("a statement is its maker's")
    func ownStatement() throws {
        let text =
            "The army has denied the loss. Its last statement, issued at noon, spoke of a dozen dead soldiers."
        let claims = Self.claims(text)
        #expect(try #require(claims.last).attribution == "army")
    }

    @Test("some who are badly hurt are a part, a toll is no count of cases, and a place may act")
    func partsAndTolls() throws {
        #expect(
            Self.claims("Five are hurt, two critically, in a crash at Havnes.").map(\.kind) == [
                .total, .part,
            ]
        )
        let toll = Self.claims("Two more died, bringing the country's death toll to 2,352 and 29,474 cases.")
        #expect(toll.map(\.predicate) == ["kill", "kill", "infect"])
        let floods = Self.claims("The death toll from the floods in Indonesia increases to 248 people.")
        #expect(try #require(floods.first).place == "Indonesia")
    }

    @Test("a place that most of them are in is not the place of all")
    func mostlyThere() throws {
        let text = "The storm's toll passed 50, mostly in Kelbia and Orrin."
        let claims = Self.claims(text)
        #expect(try #require(claims.first).place == nil)
    }

    @Test("prices that rise by a share are an inflation of it")
    func risingPrices() throws {
        func kind(_ text: String) throws -> Claim.Kind {
            try #require(Self.claims(text).first)
                .kind
        }
        #expect(try kind("The league says that prices are rising by 12 per cent.") == .total)
        #expect(try kind("Prices rose by 12 per cent in July from a year earlier.") == .total)
        #expect(try kind("Prices rose by 2 per cent in July from June.") == .increment)
    }

    static let money: [(text: String, units: [String])] = [
        ("Colombia paid 5 million pesos. Mexico paid 7 million pesos.", ["cop", "mxn"]),
        ("The damage is 5 million pesos, Chilean police said.", ["clp"]),
        ("The damage is 5 million pesos.", ["peso"]),
        ("Pakistan paid 5 million rupees. The mill paid 7 million dollars.", ["pkr", "usd"]),
        ("The mill paid 5 million rupees.", ["inr"]),
    ]

    @Test("money of several nations is that of the nation named last", arguments: money)
    func nationalMoney(_ sample: (text: String, units: [String])) {
        let claims = Self.claims(sample.text)
        #expect(claims.map(\.quantity.unit) == sample.units)
    }

    @Test("a mother-of-three counts nothing")
    func describedParent() {
        let text = "Mother-of-three Ana Orrin, 33, fled on foot."
        let claims = Self.claims(text)
        #expect(claims.map(\.surface) == ["33"])
    }

    @Test("a party's own number is its word, whatever is supposed of it")
    func ownFigure() throws {
        let text =
            "The barge carried 60 people, a pilot said. If the owner's total of 41 is right, nobody is missing."
        let claims = Self.claims(text)
        let claim = try #require(claims.first { $0.surface == "41" })
        #expect(claim.modality == .asserted)
        #expect(claim.quantity.unit == "people")
        #expect(claim.predicate == nil)
    }

    @Test("what a sold thing is worth is not its price")
    func worth() {
        let text =
            "Orrin Oil will sell a stake in its $10 billion Havnes unit. Kelby Group bought the mill for $6 billion."
        let claims = Self.claims(text)
        #expect(claims.map(\.predicate) == ["worth", "buy"])
    }

    @Test("a span that dates is no claim")
    func datingSpans() {
        let text = "The bridge fell two days later. Work had begun five weeks earlier than planned."
        let claims = Self.claims(text)
        #expect(claims.map(\.surface) == ["five weeks"])
    }

    @Test("the words around a number fill its slots", arguments: cases)
    func slots(_ sample: Case) throws {
        let article = Article(
            published: Date(timeIntervalSince1970: 1_775_000_000),
            language: "en",
            text: sample.text
        )
        let claims = ClaimExtractor().claims(in: article, readAt: nil)
        let claim = try #require(claims.first { $0.surface == sample.surface }, "\(claims.map(\.surface))")
        if let predicate = sample.predicate { #expect(claim.predicate == predicate) }
        if let counted = sample.counted { #expect(claim.counted == counted) }
        #expect(claim.attribution == sample.attribution)
        #expect(claim.modality == sample.modality)
    }

    @Test("a dateline says where the reporter sits, not where it happened")
    func dateline() throws {
        let text = "OSTHAVEN, May 4 (Harbour Wire) - Nine sailors died when a trawler sank."
        let claims = Self.claims(text)
        #expect(try #require(claims.first { $0.surface == "Nine" }).place == nil)
    }
}
