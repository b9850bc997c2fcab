import Extracting
import FoundationEssentials
import TallyModel
import Testing

@testable import Comparing

/// What articles as they are written raise: the relations that a careful analyst would see.
@Suite struct RelationTextTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let shows: String
        /// The texts in order of time, each of another outlet.
        let texts: [String]
        /// What the last text raises, without first reports.
        let raised: [Alert.Kind]
        var testDescription: String { shows }
    }

    static let cases: [Case] = [
        Case(
            shows: "the dead and the missing have changed places",
            texts: [
                "The landslide at Ostrel killed 366 people, the mayor said, and 355 people are missing.",
                "The landslide at Ostrel killed 355 people, the mayor said, and 366 people are missing.",
            ],
            raised: [.contradicted, .updated]
        ),
        Case(
            shows: "a number is withdrawn",
            texts: [
                "The health ministry said 40 people died of the fever in Ostrel.",
                "The health ministry retracted its count: 14 people died of the fever in Ostrel, it said, blaming a clerk.",
            ],
            raised: [.corrected]
        ),
        Case(
            shows: "a correction stands in the text",
            texts: [
                "The explosion at the Ostrel mill killed 40 people.",
                "The explosion at the Ostrel mill killed 14 people. An earlier version of this article gave a wrong number.",
                "Correction: the explosion at the Ostrel mill killed 15 people, not 14 as previously reported.",
            ],
            raised: [.corrected]
        ),
        Case(
            shows: "help that is doubled",
            texts: [
                "Kelbia pledged €5m on Thursday for the survivors of the quake at Ostrel.",
                "Kelbia said on Friday that it was doubling its aid for the survivors of the quake at Ostrel to 10 million euros.",
            ],
            raised: [.updated]
        ),
        Case(
            shows: "jobs lost in other years",
            texts: [
                "The mill at Ostrel has cut 450 jobs since 2019, its union said.",
                "The mill at Ostrel will cut 320 jobs, its owner said.",
            ],
            raised: []
        ),
        Case(
            shows: "two parties' shares of the vote in one sentence",
            texts: [
                "The Orrin League has 31.2 per cent of the votes in Ostrel and the Kelby List 38.4 per cent, the commission said.",
                "The Orrin League ended with 33.9 per cent of the vote in Ostrel, the Kelby List with 36.1 per cent, the commission said.",
            ],
            raised: [.updated, .updated]
        ),
        Case(
            shows: "some of those who are held, by their nation",
            texts: [
                "Police at Ostrel arrested six people over the plot against the mayor.",
                "Police at Ostrel said that two French people arrested over the plot against the mayor are pilots.",
            ],
            raised: []
        ),
        Case(
            shows: "how badly some are hurt",
            texts: [
                "The crash of a ferry at Ostrel left 23 people hurt.",
                "The crash of a ferry at Ostrel left three people critically hurt.",
            ],
            raised: []
        ),
        Case(
            shows: "a part of a sum that the sentence tells too",
            texts: [
                "The Orrin mill will pay $250 million to settle the suit over its dam at Ostrel.",
                "The Orrin mill will pay $150 million to farmers in its $250 million settlement over its dam at Ostrel.",
            ],
            raised: []
        ),
        Case(
            shows: "two spans of time",
            texts: [
                "The navy evacuated 17,000 people from Ostrel in the past two weeks.",
                "The navy evacuated 11,000 people from Ostrel in the past 36 hours.",
            ],
            raised: []
        ),
        Case(
            shows: "two countries that their voices do not name",
            texts: [
                "The health ministry of Kelbia reported more deaths from the fever, bringing the country's death toll to 2,352.",
                "The Orrin institute reported more deaths from the fever, bringing the country's death toll to 1,211.",
            ],
            raised: []
        ),
        Case(
            shows: "an aftershock",
            texts: [
                "A magnitude 6.4 earthquake shook Ostrel before dawn.",
                "A magnitude 4.9 earthquake shook Ostrel again.",
            ],
            raised: []
        ),
        Case(
            shows: "how much of a fire is held",
            texts: [
                "A tenth of the perimeter of the fire at Ostrel has been secured.",
                "The fire at Ostrel is 95 percent contained, its commander said.",
            ],
            raised: [.updated]
        ),
        Case(
            shows: "prices against inflation",
            texts: [
                "Inflation in Kelbia was 8.1 per cent, the statistics office at Ostrel said, as bread and bus fares grew dearer.",
                "Prices in Kelbia are rising by 20 per cent, the farmers' party at Ostrel said, as bread and bus fares grew dearer.",
            ],
            raised: [.contradicted]
        ),
        Case(
            shows: "a market in correction corrects no number",
            texts: [
                "The Orrin index fell 450 points at Ostrel on Thursday.",
                "The Orrin index fell 500 points at Ostrel on Thursday and entered correction territory.",
            ],
            raised: [.updated]
        ),
        Case(
            shows: "some of a toll beside another place's",
            texts: [
                "The floods at Ostrel killed nine people.",
                "The floods killed 31 people, of whom 29 died at Ostrel and two at Marun.",
            ],
            raised: [.updated]
        ),
        Case(
            shows: "a record of two spans",
            texts: [
                "Shares of the Orrin mill at Ostrel hit a 52-week high on Monday.",
                "Shares of the Orrin mill at Ostrel hit a three-year high on Monday.",
            ],
            raised: []
        ),
        Case(
            shows: "boats that a navy strikes",
            texts: [
                "The navy has struck 17 boats off Ostrel, it said.",
                "The navy has struck 21 boats off Ostrel, it said.",
            ],
            raised: []
        ),
        Case(
            shows: "shops of two kinds that are all",
            texts: [
                "The Orrin group will close 11 shops at Ostrel, it said.",
                "The Orrin group will close eight shops in the centre of Ostrel and close three shops at its port, it said.",
            ],
            raised: []
        ),
        Case(
            shows: "a sum of two sums of one sentence",
            texts: [
                "A jury at Ostrel awarded $34 million in compensation and $50 million in punitive damages over the dam, a clerk said.",
                "A jury at Ostrel awarded $84 million in damages over the dam.",
            ],
            raised: []
        ),
        Case(
            shows: "a load that was weighed in pounds and is told in tons",
            texts: [
                "Customs at Ostrel seized 9,300 pounds of tin from the freighter.",
                "Customs at Ostrel seized nearly four metric tons of tin from the freighter.",
            ],
            raised: []
        ),
        Case(
            shows: "jobs at stake against jobs cut",
            texts: [
                "The Ostrel mill will cut 3,200 jobs, its owner said.",
                "At the Ostrel mill 5,000 jobs are at stake, the union said.",
            ],
            raised: [.contradicted]
        ),
        Case(
            shows: "prisoners of the one who captured soldiers",
            texts: [
                "The rebels captured eleven soldiers at Ostrel, they said.",
                "The rebels showed nine prisoners at Ostrel on a video.",
            ],
            raised: [.contradicted]
        ),
        Case(
            shows: "a denial",
            texts: [
                "The rebels said that 63 soldiers were captured at Ostrel.",
                "The army denied that 63 soldiers were captured at Ostrel.",
            ],
            raised: [.contradicted]
        ),
        Case(
            shows: "a denial by those who gave the number",
            texts: [
                "The army said that 63 soldiers were captured at Ostrel.",
                "The army denied that 63 soldiers were captured at Ostrel.",
            ],
            raised: [.denied]
        ),
        Case(
            shows: "a denial of a number that nobody told",
            texts: [
                "The rebels said that 63 soldiers were captured at Ostrel.",
                "The army denied that 200 soldiers were captured at Ostrel.",
            ],
            raised: []
        ),
        Case(
            shows: "rival counts",
            texts: [
                "Police said that 8,000 people marched through Ostrel on Sunday.",
                "The unions said that 45,000 people marched through Ostrel on Sunday.",
            ],
            raised: [.contradicted]
        ),
        Case(
            shows: "one toll counts the gunman",
            texts: [
                "Nine people were killed in the shooting at Ostrel station, including the gunman.",
                "Eight people were killed in the shooting at Ostrel station, the hospital said.",
            ],
            raised: []
        ),
        Case(
            shows: "one toll leaves the gunman out",
            texts: [
                "Nine people were killed in the shooting at Ostrel station, the hospital said.",
                "Eight people were killed in the shooting at Ostrel station, not including the gunman, police said.",
            ],
            raised: []
        ),
        Case(
            shows: "the larger toll leaves the gunman out: he explains nothing",
            texts: [
                "Eight people were killed in the shooting at Ostrel station, the hospital said.",
                "Nine people were killed in the shooting at Ostrel station, not including the gunman, police said.",
            ],
            raised: [.updated]
        ),
        Case(
            shows: "the gunman explains one, and not three",
            texts: [
                "Nine people were killed in the shooting at Ostrel station, including the gunman.",
                "Six people were killed in the shooting at Ostrel station, the hospital said on Tuesday, correcting its count.",
            ],
            raised: [.corrected]
        ),
        Case(
            shows: "a sum of those who died",
            texts: [
                "Eight people died in the fire at the Ostrel hostel.",
                "Seven adults and a child died in the fire at the Ostrel hostel.",
            ],
            raised: []
        ),
        Case(
            shows: "a sum that is more than was known",
            texts: [
                "Six people died in the fire at the Ostrel hostel.",
                "Seven adults and a child died in the fire at the Ostrel hostel.",
            ],
            raised: [.updated]
        ),
        Case(
            shows: "another unit",
            texts: [
                "Customs officers seized 4,200 kilograms of cocaine in the port of Ostrel.",
                "Customs officers seized 4.2 tonnes of cocaine in the port of Ostrel.",
            ],
            raised: []
        ),
        Case(
            shows: "another currency, at the rate that the text states",
            texts: [
                "Norway pledged 10 million euros for the victims of the Ostrel flood.",
                "Norway pledged $11.6 million (10 million euros) for the victims of the Ostrel flood.",
            ],
            raised: []
        ),
        Case(
            shows: "another amount in another currency, at the rate that the text states",
            texts: [
                "Norway pledged 10 million euros for the victims of the Ostrel flood.",
                "Norway pledged $23.2 million (20 million euros) for the victims of the Ostrel flood.",
            ],
            raised: [.updated]
        ),
        Case(
            shows: "a number told with the one that it takes the place of",
            texts: [
                "A jury in Ostrel ordered Norvia Foods to pay $84 million in damages over the tainted milk.",
                "A judge in Ostrel cut the damages that Norvia Foods must pay over the milk to $51 million from $84 million.",
            ],
            raised: [.updated]
        ),
        Case(
            shows: "a round number of nobody beside a count of its day",
            texts: [
                "Municipal lists show that 18,400 people were displaced by the flood in Ostrel.",
                "Families slept in barns after 42,000 people were displaced by the flood in Ostrel.",
            ],
            raised: [.contradicted]
        ),
        Case(
            shows: "a later number that is no rounder",
            texts: [
                "Municipal lists show that 18,400 people were displaced by the flood in Ostrel.",
                "Families slept in barns after 42,310 people were displaced by the flood in Ostrel.",
            ],
            raised: [.updated]
        ),
        Case(
            shows: "those whom a ferry may carry are not those aboard",
            texts: [
                "The ferry was carrying 176 people when it sank off Ostrel, the coastguard said.",
                "The owner said the ferry that sank off Ostrel was licensed to carry 120 people.",
            ],
            raised: []
        ),
        Case(
            shows: "shares that are told to the point",
            texts: [
                "Turnout in the Ostrel election was about 61 percent, the commission said.",
                "Turnout in the Ostrel election was 62.9 percent, the commission said.",
            ],
            raised: [.updated]
        ),
        Case(
            shows: "a share of a stated whole",
            texts: [
                "At the Ostrel yard 480 workers walked out on Monday, the union said.",
                "At the Ostrel yard 40 percent of the 1,200 workers walked out on Monday, the union said.",
            ],
            raised: []
        ),
        Case(
            shows: "two voices of one article, the second without noun or verb",
            texts: [
                """
                Thousands marched at Ostrel on Saturday. Police said 3,000 people took part in the march. The \
                organisers said 25,000 had come.
                """
            ],
            raised: [.contradicted]
        ),
        Case(
            shows: "two voices in one sentence",
            texts: ["A dam burst at Ostrel. The mayor says 40 houses were swept away; the province says 12."],
            raised: [.contradicted]
        ),
        Case(
            shows: "a denial that anybody was taken",
            texts: [
                """
                The militia said it had captured 30 soldiers in the raid on Ostrel. The defence ministry denied that any \
                soldier had been taken prisoner.
                """
            ],
            raised: [.contradicted]
        ),
        Case(
            shows: "the day's cases and all cases are no rival numbers",
            texts: [
                """
                The number of new cases at Ostrel reached 386 on Saturday. The province now has 39,432 cases, according to \
                data from the health agency.
                """
            ],
            raised: []
        ),
        Case(
            shows: "a number that somebody still holds to",
            texts: [
                "The riot at Ostrel left seven prisoners dead, the justice ministry said.",
                "We hold the names of 15 prisoners who were killed at Ostrel. The justice ministry still speaks of seven.",
            ],
            raised: [.contradicted]
        ),
        Case(
            shows: "a sum in the place of another one, in other words",
            texts: [
                "Hackers stole crypto-currency worth about $230 million, the Ostrel exchange said.",
                "The value of the assets removed is $211 million, not $230 million, the Ostrel exchange said.",
            ],
            raised: [.corrected]
        ),
        Case(
            shows: "one span of time in two units",
            texts: ["The riot at Ostrel lasted 37 hours.", "The riot at Ostrel lasted a day and a half."],
            raised: []
        ),
        Case(
            shows: "things that are counted by another noun",
            texts: [
                "The owner of the Ostrel chain said it would close 24 shops.",
                "The Ostrel chain is to close 41 stores, a union said.",
            ],
            raised: [.contradicted]
        ),
    ]

    @Test("texts raise what they change", arguments: cases)
    func texts(_ sample: Case) {
        let raised = Samples.alerts(Self.readings(of: sample.texts)).last ?? []
        let kinds = raised.filter { $0.type != .new }.map(\.type)
        #expect(kinds == sample.raised, "\(raised.map(\.data.reason))")
    }

    @Test(
        "a watch gets denials by the name that it asks for",
        arguments: [
            ([.denied], [.denied]), ([.contradicted], [.contradicted]), ([.updated], []),
            ([.contradicted, .denied], [.contradicted]),
        ] as [(wanted: Set<Alert.Kind>, raised: [Alert.Kind])]
    )
    func watchedDenials(wanted: Set<Alert.Kind>, raised: [Alert.Kind]) {
        let texts = [
            "The rebels said that 63 soldiers were captured at Ostrel.",
            "The army denied that 63 soldiers were captured at Ostrel.",
        ]
        let watch = Watch(name: "ostrel", about: [], figures: [], alerts: wanted)
        let alerts = Samples.alerts(Self.readings(of: texts), watches: [watch]).last ?? []
        #expect(alerts.map(\.type) == raised)
        #expect(alerts.allSatisfy { $0.data.baseline?.low == 63 && $0.data.claim?.modality == .denied })
    }

    private static func readings(of texts: [String]) -> [Reading] {
        texts.enumerated().map { index, text in
            let reference = Samples.article("a\(index)", hour: Double(index) * 6, outlet: "Outlet \(index)")
            let article = Article(published: reference.published, language: "en", text: text)
            return Reading(
                article: reference,
                text: text,
                language: "en",
                claims: ClaimExtractor().claims(in: article, readAt: nil)
                    .map { SourcedClaim(claim: $0, article: reference) },
                previousClaims: nil
            )
        }
    }
}
