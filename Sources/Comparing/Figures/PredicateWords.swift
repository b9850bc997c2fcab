import FoundationEssentials
import TallyModel

/// The predicate class of a claim or of plain words, and what follows from it.
enum PredicateWords {
    /// Returns the class that a claim names; `nil` if it names none.
    ///
    /// A magnitude is measured, whatever the quake did. What only people do is told of nothing else: a navy that strikes
    /// boats lets nobody walk out.
    static func predicateClass(of claim: Claim) -> PredicateClass? {
        if claim.quantity.unit == "magnitude" { return PredicateClass.named("measure") }
        guard let predicate = claim.predicate else { return nil }
        // "The death toll from the quake has risen to 35": the toll tells of what it counts.
        if changes.contains(predicate), claim.quantity.unit == "people", isToll(claim.sentence) {
            return PredicateClass.named("kill")
        }
        if ofPeople.contains(predicate), !unitsOfPeople.contains(claim.quantity.unit) { return nil }
        return PredicateClass.named(predicate)
    }

    private static let changes: Set<String> = ["fall", "rise"]

    private static func isToll(_ sentence: String) -> Bool {
        let words = Words.all(of: sentence)
        return zip(words, words.dropFirst()).contains { $0.text == "death" && $1.text == "toll" }
    }

    private static let ofPeople: Set<String> = ["live", "march", "strike"]
    private static let unitsOfPeople: Set<String> = ["day", "month", "people", "percent", "week", "year"]

    /// Returns the class that plain words speak of ("soldiers killed or wounded" is `casualty`).
    static func predicateClass(in words: [String]) -> PredicateClass? {
        let found = words.compactMap { table[$0] }
        let parents = Set(found.compactMap { PredicateClass.named($0)?.partOf })
        if Set(found).count > 1, parents.count == 1, let whole = parents.first {
            return PredicateClass.named(whole)
        }
        return found.first.flatMap(PredicateClass.named)
    }

    /// Whether two classes are told of the same people or things: survivors were rescued, the sick are treated.
    static func isNear(_ a: PredicateClass, _ b: PredicateClass) -> Bool {
        near[a.name]?.contains(b.name) ?? false
    }

    private static let near: [String: Set<String>] = pairs.reduce(into: [:]) { near, pair in
        for name in pair { near[name, default: []].formUnion(pair.subtracting([name])) }
    }

    private static let pairs: Set<Set<String>> = [
        ["burn", "destroy"], ["displace", "evacuate"], ["displace", "homeless"], ["hospitalise", "treat"],
        ["infect", "treat"], ["layoff", "cut"], ["lose", "layoff"], ["release", "rescue"],
        ["rescue", "survive"], ["vote", "win"],
        ["award", "fine"], ["pledge", "raise"], ["abduct", "capture"], ["abduct", "hold"],
        ["capture", "hold"], ["arrest", "hold"],
        ["affect", "expose"],
        // A word of harm is told of the wounded and the sick.
        ["harm", "casualty"], ["harm", "hospitalise"], ["harm", "infect"], ["harm", "treat"],
        ["harm", "wound"],
    ]

    /// Whether a word names a class, so that it does not name what is counted.
    static func isPredicate(_ word: String) -> Bool { table[word] != nil }

    /// Returns how a figure of a claim's class and kind behaves in time.
    static func nature(of claim: Claim) -> RelationRule.Nature {
        if claim.kind == .rate { return .status }
        let dimension = FigureMatcher.dimension(of: claim)
        guard let predicate = predicateClass(of: claim) else {
            if dimension == "people", harms.contains(claim.predicate ?? "") { return .cumulative }
            // How long, far or large a thing is does not move; how many there are of it may.
            return fixedDimensions.contains(dimension) && !isWind(claim) || isDeal(claim) ? .fixed : .status
        }
        // How long a thing took is one number, whatever it was; how long it has lasted grows.
        if dimension == "magnitude" || dimension == "time" && !isLasting(predicate) { return .fixed }
        if statuses.contains(predicate.name) { return .status }
        if claim.kind == .share { return predicate.isCumulative ? .status : .fixed }
        if predicate.isCumulative, claim.quantity.unit != "percent" { return .cumulative }
        return isLeft(claim) ? .status : .fixed
    }

    /// Whether some are told to be left: "87 pupils still held" become fewer.
    static func isLeft(_ claim: Claim) -> Bool {
        guard claim.quantity.unit == "people" else { return false }
        return Words.all(of: claim.sentence).contains { remaining.contains($0.text) }
    }

    private static let remaining: Set<String> = ["remain", "remaining", "remains", "still"]

    /// Whether a sum is the price of a deal, which is one, whoever names it first.
    static func isDeal(_ claim: Claim) -> Bool {
        guard claim.quantity.isMoney else { return false }
        if claim.predicate == "buy" || claim.predicate == "sell" { return true }
        return Words.all(of: claim.counted ?? "").contains { deals.contains($0.text) }
    }

    private static let deals: Set<String> = [
        "acquisition", "buyout", "deal", "merger", "purchase", "sale", "settlement", "takeover",
    ]

    /// Harm of no class of its own: who was shot stays shot.
    private static let harms: Set<String> = [
        "bury", "drown", "harm", "hit", "poison", "shoot", "sicken", "stab",
    ]

    /// Whether the time since a class's happening grows: how long people are missing, or have fallen ill.
    private static func isLasting(_ predicate: PredicateClass) -> Bool {
        predicate.isCumulative || lasting.contains(predicate.name)
    }

    /// Whether one word tells of harm that no class has, and the other of what harm is not: who was shot may be dead,
    /// wounded or neither, and who fell ill was not evacuated by that.
    static func isHarmBesideOther(_ a: ClaimProfile, _ b: ClaimProfile) -> Bool {
        guard (a.predicate == nil) != (b.predicate == nil), a.dimension == "people" else { return false }
        let (harm, other) = a.predicate == nil ? (a, b) : (b, a)
        guard harms.contains(harm.claim.predicate ?? ""), let told = other.predicate else { return false }
        return !near["harm", default: []].contains(told.name)
    }

    /// Whether a claim is of no class and tells of what is over when it is told: how many stormed, how much was stolen.
    static func isOver(_ claim: Claim) -> Bool {
        predicateClass(of: claim) == nil && claim.predicate.map(doings.contains) ?? false
    }

    /// What was done once: no more do it as time goes by.
    private static let doings: Set<String> = [
        "ambush", "attack", "attend", "carry", "fire", "hijack", "loot", "raid", "rob", "steal", "storm",
        "throw",
        "use", "wear",
    ]

    /// Whether a sum of no class is told to move, as prices and prizes do.
    static func isMoving(_ claim: Claim) -> Bool {
        claim.predicate.map { FigureMatcher.lightVerbs.contains($0) || moves.contains($0) } ?? false
    }

    private static let moves: Set<String> = [
        "draw", "fetch", "hit", "price", "swell", "top", "trade", "value",
    ]

    /// States that last while a story does.
    private static let lasting: Set<String> = [
        "close", "displace", "homeless", "missing", "strand", "strike", "trap",
    ]

    private static let fixedDimensions: Set<String> = [
        "area", "length", "magnitude", "mass", "speed", "time", "volume",
    ]

    /// Whether a speed is the wind's, which blows harder and less.
    private static func isWind(_ claim: Claim) -> Bool {
        FigureMatcher.dimension(of: claim) == "speed"
            && Words.all(of: claim.sentence).contains { winds.contains(Words.stem(of: $0.text)) }
    }

    private static let winds: Set<String> = ["cyclone", "gust", "hurricane", "storm", "typhoon", "wind"]

    private static let statuses: Set<String> = [
        "affect", "blackout", "burn", "cancel", "close", "contain", "cut", "damage", "deliver", "displace",
        "fall",
        "forecast",
        "hold", "homeless",
        "hospitalise",
        "lead", "measure",
        "missing", "need", "pledge", "raise", "release", "rise", "strand", "test", "trap", "treat", "vote",
        "win",
    ]

    private static let table: [String: String] = {
        var table: [String: String] = [:]
        for row in rows.split(separator: "\n") {
            let cells = row.split(separator: ":")
            guard cells.count == 2 else {
                preconditionFailure("a row of predicate words has no two cells: \(row)")
            }
            for word in cells[1].split(separator: " ") { table[String(word)] = String(cells[0]) }
        }
        return table
    }()

    // class: the forms that plain words name it by. Source: PRODUCT.md's predicates and the forms that headlines use.
    private static let rows = """
        affect:affected
        age:age aged old
        arrest:arrest arrested arrests detained
        burn:burned burnt scorched
        capture:captive captured prisoner prisoners
        casualty:casualties casualty
        close:closed
        damage:damaged
        deploy:deployed sent stationed
        destroy:destroyed razed
        displace:displaced fled uprooted
        evacuate:evacuated
        homeless:homeless
        hospitalise:hospitalised hospitalized
        infect:cases infected infections
        kill:dead death deaths died fatalities killed
        layoff:layoffs redundancies
        march:demonstrators marched protesters
        missing:missing unaccounted
        pledge:pledged
        rescue:rescued saved
        seize:seized
        trap:trapped
        vaccinate:vaccinated
        vote:turnout voted votes
        wound:hurt injured injuries wounded
        """
}
