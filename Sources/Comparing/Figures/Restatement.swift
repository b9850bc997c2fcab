import FoundationEssentials
import TallyModel

/// What an article's claims say in other terms: sums of their parts, shares of a stated whole as counts, money in the
/// currency that the text converts it to.
///
/// A restated claim keeps its sentence, its place in the text and its identifier; it is held against figures that the claim
/// itself is not of.
struct Restatement {
    private let claims: [SourcedClaim]
    private let text: [Unicode.Scalar]
    /// How many of the second currency the first one is worth, by both.
    private var rates: [[String]: Decimal] = [:]

    /// Reads what the claims of an article say of each other.
    init(_ reading: Reading) {
        claims = reading.claims
        let isNeeded = claims.contains { $0.claim.quantity.isMoney || $0.claim.kind == .share }
        text = isNeeded ? Array(reading.text.unicodeScalars) : []
        for (first, second) in zip(claims, claims.dropFirst()) { learnRate(first.claim, second.claim) }
    }

    /// Returns a claim in other terms.
    func restated(_ sourced: SourcedClaim) -> [SourcedClaim] {
        [count(sourced)].compactMap(\.self) + converted(sourced)
    }

    /// Returns the sum that a claim is the first part of: "seven adults and a child died" is eight people.
    ///
    /// Only kinds that together are everybody make a sum: "two women and three children" may be some of many.
    ///
    /// - Parameter sourced: The first claim of the sum.
    /// - Returns: The sum; `nil` where the claim is no part of one, or not the first.
    func sum(from sourced: SourcedClaim) -> SourcedClaim? {
        guard let start = claims.firstIndex(where: { $0.id == sourced.id }) else { return nil }
        let parts = claims[start...].prefix { Self.isPart($0.claim, beside: sourced.claim) }
        guard parts.count > 1, start == 0 || !Self.isPart(claims[start - 1].claim, beside: sourced.claim),
            Self.isEverybody(parts.compactMap(\.claim.head))
        else { return nil }
        var total = sourced
        let sum = parts.compactMap(\.claim.quantity.low).reduce(0, +)
        total.claim.quantity.low = sum
        total.claim.quantity.high = sum
        total.claim.counted = "people"
        total.claim.head = "person"
        return total
    }
}

private extension Restatement {
    /// Whether a claim counts one kind of the people that the other counts another kind of, in the same breath.
    static func isPart(_ claim: Claim, beside other: Claim) -> Bool {
        claim.sentence == other.sentence && claim.predicate == other.predicate && claim.predicate != nil
            && claim.quantity.unit == "people" && claim.kind == .total && claim.modality == other.modality
            && claim.quantity.low == claim.quantity.high && claim.place == other.place
            && claim.head.map(kinds.contains) ?? false
    }

    /// Whether some kinds stand once each and leave nobody out: adults and children, men and women.
    static func isEverybody(_ heads: [String]) -> Bool {
        let held = Set(heads)
        guard held.count == heads.count else { return false }
        return held.contains("adult") || held.isSuperset(of: ["man", "woman"])
    }

    /// Nouns that part people into kinds that share nobody.
    static let kinds: Set<String> = [
        "adult", "baby", "boy", "child", "girl", "infant", "man", "teenager", "toddler", "woman",
    ]

    /// "10 million euros ($11.6 million)": the second number is the first one in another currency.
    mutating func learnRate(_ first: Claim, _ second: Claim) {
        guard first.quantity.isMoney, second.quantity.isMoney, first.quantity.unit != second.quantity.unit,
            let amount = first.quantity.low, let other = second.quantity.low, amount > 0, other > 0
        else { return }
        let between = words(between: first, second)
        guard between.first == "(", between.utf8.count <= 6 else { return }
        rates[[first.quantity.unit, second.quantity.unit]] = other / amount
        rates[[second.quantity.unit, first.quantity.unit]] = amount / other
    }

    func converted(_ sourced: SourcedClaim) -> [SourcedClaim] {
        rates.filter { $0.key[0] == sourced.claim.quantity.unit }.sorted { $0.key[1] < $1.key[1] }.map {
            pair,
            rate in
            var other = sourced
            let quantity = sourced.claim.quantity
            other.claim.quantity = Quantity(
                low: quantity.low.map { $0 * rate },
                high: quantity.high.map { $0 * rate },
                qualifier: quantity.qualifier == .exact ? .approx : quantity.qualifier,
                unit: pair[1]
            )
            return other
        }
    }

    /// "40 % of the 1,200 workers walked out": 480 workers did.
    func count(_ sourced: SourcedClaim) -> SourcedClaim? {
        let claim = sourced.claim
        guard claim.kind == .share, claim.quantity.unit == "percent",
            let index = claims.firstIndex(where: { $0.id == sourced.id }), index + 1 < claims.count
        else { return nil }
        let whole = claims[index + 1].claim
        guard whole.sentence == claim.sentence, whole.kind == .total, whole.quantity.unit != "percent",
            whole.head == claim.head, let number = whole.quantity.low, whole.quantity.high == number,
            isOf(claim, whole)
        else { return nil }
        var count = sourced
        count.claim.kind = .total
        count.claim.quantity = Quantity(
            low: claim.quantity.low.map { $0 * number / 100 },
            high: claim.quantity.high.map { $0 * number / 100 },
            // A share is rounded.
            qualifier: claim.quantity.qualifier == .exact ? .approx : claim.quantity.qualifier,
            unit: whole.quantity.unit
        )
        return count
    }

    /// Whether "of the" is all that stands between a share and its whole.
    func isOf(_ share: Claim, _ whole: Claim) -> Bool {
        let words = words(between: share, whole).split(separator: " ")
        return words.first == "of" && words.count <= 3
    }

    /// The text between two claims, without the blanks before it; empty where the first does not end before the other.
    func words(between first: Claim, _ second: Claim) -> Substring {
        guard first.end <= second.start, second.start < text.count else { return "" }
        return String(String.UnicodeScalarView(text[first.end..<second.start])).trimmingPrefix(
            while: \.isWhitespace
        )
    }
}
