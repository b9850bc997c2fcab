import FoundationEssentials
import TallyModel

/// Who stands behind a number: the one it is attributed to, else the outlet.
struct Party: Hashable {
    /// The telling words of the attribution, folded and grouped; empty where the outlet speaks for itself.
    let words: Set<String>
    /// The outlet.
    let outlet: String

    /// Creates the party of a claim.
    init(_ sourced: SourcedClaim) {
        outlet = sourced.article.outlet
        var stems = Self.stems(of: sourced.claim.attribution ?? "")
        if stems.isEmpty {
            // A ministry or agency that publishes by itself speaks for itself.
            let own = Self.stems(of: outlet)
            if own.allSatisfy({ !Self.media.contains($0) }),
                own.contains(where: {
                    Self.counters.contains(Self.group[$0] ?? $0) && !Self.papers.contains($0)
                        || Self.organisations.contains($0)
                })
            {
                stems = own
            }
        }
        let isFederation = stems.contains { $0 == "european" || $0 == "african" }
        words = Set(
            stems.filter { !StopWords.all.contains($0) && !Self.empty.contains($0) }
                .filter { !isFederation || ($0 != "union" && $0 != "commission") }
                .map { Self.group[$0] ?? $0 }
        )
    }

    private static func stems(of text: String) -> [String] {
        Words.all(of: text).map { Words.stem(of: $0.text) }
    }

    /// Words that only news media bear.
    private static let media: Set<String> = [
        "broadcasting", "chronicle", "clarion", "gazette", "herald", "journal", "ledger", "news", "newspaper",
        "post",
        "press", "radio", "television", "time", "tribune", "wire",
    ]

    /// Words of bodies that publish for themselves and count for nobody else.
    private static let organisations: Set<String> = [
        "aid", "alliance", "asa", "campaign", "confederation", "corp", "corporation", "federation",
        "foundation", "front", "inc", "ltd",
        "movement",
        "nv", "plc", "rights", "sa", "se", "society", "spa", "solidarity", "trust", "union",
    ]

    /// Words of institutions that newspapers bear too.
    private static let papers: Set<String> = [
        "centre", "center", "monitor", "nation", "network", "observatory",
    ]

    /// Whether both speak with one voice: they share a telling word, or neither is attributed and the outlet is one.
    func isSameSide(as other: Party) -> Bool {
        guard !words.isEmpty, !other.words.isEmpty else {
            return outlet == other.outlet && words.isEmpty == other.words.isEmpty
        }
        return isOfCause == other.isOfCause && !words.isDisjoint(with: other.words)
    }

    /// Whether both are named and are not the same.
    func isRival(of other: Party) -> Bool {
        !words.isEmpty && !other.words.isEmpty && !isSameSide(as: other)
    }

    /// Returns how many times larger a toll must be to contradict the other's; `nil` where any larger one is a later count.
    func rivalRatio(beside other: Party, _ configuration: ComparingConfiguration) -> Decimal? {
        guard isRival(of: other) else { return nil }
        // A union and an owner, or two armies at war, count against each other.
        if isPartisan || other.isPartisan || isArmed && other.isArmed { return configuration.partisanRatio }
        return isCounter != other.isCounter ? configuration.strangerRatio : nil
    }

    /// Whether it is a party to the matter: rebels, unions, organisers, an opposition.
    var isPartisan: Bool { !words.isDisjoint(with: Self.partisans) }

    /// Whether it is an army, or who speaks for one.
    private var isArmed: Bool { !words.isDisjoint(with: Self.armed) }

    private static let armed: Set<String> = [
        "army", "defence", "defense", "military", "navy", "staff", "troop",
    ]

    /// Whether it has a cause of its own: "the rebels' health ministry" is no health ministry, "Acme Inc." is Acme.
    private var isOfCause: Bool { !words.isDisjoint(with: Self.partisans.subtracting(["company"])) }

    private static let partisans: Set<String> = [
        "activist", "campaign", "candidate", "company", "deputy", "exile", "expert", "guerrilla", "insurgent",
        "lawyer", "liberation", "militant", "opposition", "organiser", "owner", "party", "rebel",
        "separatist",
        "union",
    ]

    /// Whether it is one of those who count for everybody: officials, relief and medical bodies.
    ///
    /// A company may have "health" or "air" in its name, and counts for itself.
    var isCounter: Bool { !words.isDisjoint(with: Self.counters) && !words.contains("company") }

    private static let counters: Set<String> = Set(
        """
        agency ambulance army audit body bureau civil coastguard commission commissioner coroner centre center council court cross
        crescent defence department emergency firefighter fire governor government health hospital inquiry inspector
        institute judge mayor medic military monitor morgue municipal municipality navy nation network observatory
        office police prosecutor protection red relief rescue rescuer seismic seismologist service survey tribunal un unhcr unicef united
        university who
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    )

    private static let empty: Set<String> = [
        "agency", "chief", "country", "data", "figure", "head", "him", "local", "medium", "media", "official",
        "president",
        "preliminary", "report", "representative", "secretary", "senior", "source", "spokesman", "state",
        "statement",
    ]

    // The words of a side that go by one name.
    private static let group: [String: String] = {
        let rows = """
            company:ag asa company corp corporation firm gmbh inc llc ltd nv plc sa se spa
            government:authority cabinet government ministry minister premier
            hospital:doctor hospital medic
            organiser:alliance campaigner organiser organizer
            police:officer police policeman
            rebel:fighter front guerrilla insurgent militia rebel
            union:union
            """
        var table: [String: String] = [:]
        for row in rows.split(separator: "\n") {
            let cells = row.split(separator: ":")
            for word in cells[1].split(separator: " ") { table[String(word)] = String(cells[0]) }
        }
        return table
    }()
}
