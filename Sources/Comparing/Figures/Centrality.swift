import TallyModel

/// Whether a story is followed for a claim's number.
enum Centrality {
    /// Returns whether a claim is of a class that stories are followed for, asserted, and of the event's own time.
    static func isCentral(_ claim: Claim) -> Bool {
        guard claim.modality == .asserted || claim.modality == .denied, claim.kind != .rate else {
            return false
        }
        guard let predicate = PredicateWords.predicateClass(of: claim), predicate.isCentral else {
            return false
        }
        guard claim.timeScope == nil, suits(predicate.name, claim.quantity.unit) else { return false }
        if claim.kind == .share || claim.quantity.unit == "percent" { return !predicate.isCumulative }
        return true
    }

    /// Returns whether a first number of its figure is worth telling: of the event as a whole, and no change or price.
    static func isNews(_ claim: Claim) -> Bool {
        guard isCentral(claim), claim.modality == .asserted, claim.kind != .increment, claim.kind != .part
        else {
            return false
        }
        if claim.kind == .share || unitsOfParts.contains(claim.quantity.unit) {
            guard let predicate = claim.predicate, !changes.contains(predicate) else { return false }
        }
        if let predicate = claim.predicate, minor.contains(predicate) { return false }
        // A division of a house is news, and how many went to vote is told with the result.
        if claim.predicate == "vote", Counted(claim).head.isDisjoint(with: voters) { return false }
        if claim.predicate == "lose", claim.quantity.unit == "people" || claim.quantity.unit == "percent" {
            return false
        }
        if isShareOfOthers(claim) { return false }
        // A reward or a compensation is offered to somebody; aid is pledged to all.
        if claim.predicate == "pledge", Counted(claim).head.isDisjoint(with: aids) { return false }
        let head = Counted(claim).head
        return head.isDisjoint(with: ["child", "woman", "foreign"])
    }

    /// Whether a number is told as some of those before it: "of whom 3", "among them four field commanders", "31 of them".
    private static func isShareOfOthers(_ claim: Claim) -> Bool {
        let before = Words.before(claim)?.suffix(2).map(\.text) ?? []
        let behind = Words.behind(claim)?.prefix(2).map(\.text) ?? []
        return before.contains { ["including", "them", "which", "whom"].contains($0) }
            || behind == ["of", "them"]
    }

    private static let aids: Set<String> = [
        "aid", "contribution", "donation", "euro", "fund", "grant", "loan", "million", "money", "pledge",
        "weapon",
    ]

    /// Whether a unit is one that stories are followed in for a class: people are killed, and money is pledged.
    private static func suits(_ predicate: String, _ unit: String) -> Bool {
        if ofPeople.contains(predicate) { return unit == "people" || unit == "percent" }
        let dimension = UnitOfMeasure.named(unit)?.dimension
        if ofMoney.contains(predicate), dimension != nil { return dimension == "share" }
        return dimension.map { !circumstances.contains($0) } ?? true
    }

    private static let ofPeople: Set<String> = [
        "arrest", "board", "capture", "casualty", "charge", "cross", "deploy", "displace", "evacuate",
        "homeless",
        "hospitalise", "infect", "kill", "march", "missing", "rescue", "strand", "strike", "survive", "trap",
        "treat", "vaccinate", "wound",
    ]
    /// What is counted in money, whose units no table of measures has.
    private static let ofMoney: Set<String> = ["award", "cost", "earn", "fine", "pledge"]
    /// Dimensions that tell of the circumstances, not of the event's measure.
    private static let circumstances: Set<String> = ["length", "speed", "temperature", "time"]
    private static let unitsOfParts: Set<String> = ["basis_point", "percent", "percentage_point"]
    private static let changes: Set<String> = ["cut", "fall", "measure", "rise", "survive"]
    private static let minor: Set<String> = [
        "close", "cost", "cut", "damage", "hospitalise", "need", "release", "treat",
    ]
    private static let voters: Set<String> = ["deputy", "lawmaker", "legislator", "member", "mp", "senator"]
}
