import FoundationEssentials
import TallyModel

/// What ties two claims of two documents to one figure, where a scope alone would tell them apart.
struct PairTie {
    /// The claims of both documents.
    let claims: [Claim]

    /// The likeness of two claims that are tied.
    static let likeness = 0.6

    /// Whether two claims are of one figure all the same.
    ///
    /// - Parameters:
    ///   - a: A claim of one document.
    ///   - b: A claim of the other.
    ///   - scope: What tells them apart.
    /// - Returns: Whether what else they tell outweighs that; the same for both orders.
    func holds(_ a: ClaimProfile, _ b: ClaimProfile, over scope: Kinship.Scope) -> Bool {
        guard isAlone(a.claim), isAlone(b.claim) else { return false }
        if Self.scopes.contains(scope), isSameWording(a, b) {
            return scope != .place || isWithin(a, b)
        }
        guard a.claim.kind == .total, b.claim.kind == .total, let told = a.predicate, told == b.predicate,
            a.dimension == "people"
        else { return false }
        switch scope {
        case .counted:
            guard a.counted.isEverybody != b.counted.isEverybody,
                PlaceScope.likeness(a.place, b.place) != nil
            else { return false }
            // "Three teenagers killed" are the "three people dead", where neither text counts others.
            if a.interval == b.interval, a.interval.isPoint { return true }
            // An army and its enemy are all who fight; those who march are protesters.
            return (a.counted.isEverybody ? b : a).counted.isSide
        case .place:
            return a.counted.likeness(to: b.counted) != nil && isWithin(a, b)
        default: return false
        }
    }
}

private extension PairTie {
    /// The scopes that are read wrongly sooner than one number is told of two things in the same words.
    static let scopes: Set<Kinship.Scope> = [.counted, .kind, .place, .predicate, .subject]
    /// The part of the shorter sentence's words that ties one number.
    static let commonWording = 0.4

    /// Whether one number is told of the same doing or the same things in the same words.
    func isSameWording(_ a: ClaimProfile, _ b: ClaimProfile) -> Bool {
        guard isOneNumber(a, b) else { return false }
        let isSameDoing = a.claim.predicate != nil && a.claim.predicate == b.claim.predicate
        // Hundreds who are trapped and hundreds who are rescued need not be the same.
        guard isSameDoing || a.interval.isPoint && a.counted.likeness(to: b.counted) ?? 0 >= 0.7 else {
            return false
        }
        // A dozen and less is told of many things.
        let isSmall = abs(a.interval.centre) <= 12
        return FigureMatcher.overlap(a.words, b.words, least: 4)
            >= (isSmall ? Self.commonWording : Self.commonWording - 0.15)
    }

    /// Whether two claims state one number, rounded or as a near bound where one of them says so.
    func isOneNumber(_ a: ClaimProfile, _ b: ClaimProfile) -> Bool {
        if a.interval == b.interval { return a.interval.low != nil }
        let first = a.interval.centre
        let second = b.interval.centre
        if Tolerance.isRounding(first, of: second) { return true }
        let loose = [a, b].filter { Self.loose.contains($0.claim.quantity.qualifier) }
        return loose.count == 1 && abs(first - second) * 20 <= max(abs(first), abs(second))
            && Tolerance.significantDigits(of: loose[0].interval.centre) <= 2
    }

    /// The qualifiers of numbers that are told for one near them.
    static let loose: Set<Quantity.Qualifier> = [.approx, .atLeast, .moreThan]

    /// Whether one place may lie in the other: it is a country's, or the other's sentence names it too.
    func isWithin(_ a: ClaimProfile, _ b: ClaimProfile) -> Bool {
        if let first = a.place, let second = b.place, first.isWide != second.isWide { return true }
        return isNamed(a.claim.place, in: b) || isNamed(b.claim.place, in: a)
    }

    /// Whether nobody else is counted in a claim's sentence of whom the same is told, and nobody is singled out.
    func isAlone(_ claim: Claim) -> Bool {
        let others = claims.count {
            $0.sentence == claim.sentence && $0.predicate == claim.predicate
                && $0.quantity.unit == claim.quantity.unit && $0.start != claim.start
        }
        return others == 0
            && Words.all(of: claim.sentence).allSatisfy { !["among", "including"].contains($0.text) }
    }

    /// Whether the words of a place stand in the other's sentence.
    func isNamed(_ place: String?, in other: ClaimProfile) -> Bool {
        guard let place else { return false }
        let words = Words.content(of: place)
        return !words.isEmpty && words.isSubset(of: Words.content(of: other.claim.sentence))
    }
}
