import FoundationEssentials
import TallyModel

/// The predicate class of a claim or of plain words, and what follows from it.
enum PredicateWords {
    /// Returns the class that a claim names; `nil` if it names none.
    static func predicateClass(of claim: Claim) -> PredicateClass? {
        guard let predicate = claim.predicate else { return nil }
        return PredicateClass.named(predicate)
    }

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
        ["infect", "treat"], ["layoff", "cut"], ["lose", "layoff"], ["rescue", "survive"], ["vote", "win"],
        ["award", "fine"], ["pledge", "raise"], ["abduct", "capture"], ["abduct", "hold"],
        ["capture", "hold"], ["affect", "expose"],
    ]

    /// Whether a word names a class, so that it does not name what is counted.
    static func isPredicate(_ word: String) -> Bool { table[word] != nil }

    /// Returns how a figure of a claim's class and kind behaves in time.
    static func nature(of claim: Claim) -> RelationRule.Nature {
        if claim.kind == .rate { return .status }
        guard let predicate = predicateClass(of: claim) else {
            // How long, far or large a thing is does not move; how many there are of it may.
            return fixedDimensions.contains(FigureMatcher.dimension(of: claim)) ? .fixed : .status
        }
        if statuses.contains(predicate.name) { return .status }
        if claim.kind == .share { return predicate.isCumulative ? .status : .fixed }
        if predicate.isCumulative, claim.quantity.unit != "percent" { return .cumulative }
        return .fixed
    }

    private static let fixedDimensions: Set<String> = [
        "area", "length", "magnitude", "mass", "time", "volume",
    ]

    private static let statuses: Set<String> = [
        "affect", "burn", "close", "contain", "cut", "damage", "deliver", "displace", "fall", "forecast",
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
