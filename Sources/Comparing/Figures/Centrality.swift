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
        guard claim.timeScope == nil else { return false }
        if claim.kind == .share || claim.quantity.unit == "percent" { return !predicate.isCumulative }
        return true
    }

    /// Returns whether a first number of its figure is worth telling: of the event as a whole, and no change or price.
    static func isNews(_ claim: Claim) -> Bool {
        guard isCentral(claim), claim.modality == .asserted, claim.kind != .increment else { return false }
        if claim.kind == .share || unitsOfParts.contains(claim.quantity.unit) {
            guard let predicate = claim.predicate, !changes.contains(predicate) else { return false }
        }
        if let predicate = claim.predicate, minor.contains(predicate) { return false }
        let head = Counted(claim).head
        return head.isDisjoint(with: ["child", "woman", "foreign"])
    }

    private static let unitsOfParts: Set<String> = ["basis_point", "percent", "percentage_point"]
    private static let changes: Set<String> = ["cut", "fall", "measure", "rise", "survive"]
    private static let minor: Set<String> = ["close", "cost", "damage", "need", "treat"]
}
