import FoundationEssentials
import TallyModel

/// A number that is told together with the one that it takes the place of: "cut the damages to $51m from $84m".
enum ToldMove {
    /// Tells whether the sentence of a claim says that the number moved from an earlier one.
    ///
    /// - Parameters:
    ///   - new: The later claim.
    ///   - old: The earlier claim, of another article.
    ///   - claims: All claims of the later article.
    /// - Returns: Whether the difference is explained.
    static func explains(_ new: SourcedClaim, after old: SourcedClaim, claims: [SourcedClaim]) -> Bool {
        guard new.article.revisionID != old.article.revisionID else { return false }
        let known = Interval(old.claim.quantity)
        if isMultiple(new.claim, of: known) { return true }
        return claims.contains { other in
            other.claim.sentence == new.claim.sentence && other.claim.start != new.claim.start
                && other.claim.quantity.unit == new.claim.quantity.unit
                && Interval(other.claim.quantity) == known
                && Words.before(other.claim)?.suffix(3).contains { $0.text == "from" } ?? false
        }
    }

    /// Whether the words before a number tell how many times the known one it is: "doubling its help to 10 million".
    static func isMultiple(_ claim: Claim, of known: Interval) -> Bool {
        let number = Interval(claim.quantity)
        // The numbers are looked at first: hardly any is told of a multiple.
        guard known.isPoint, number.isPoint, known.centre > 0,
            let words = factors.first(where: { isNear(number.centre, known.centre * $0.times) })?.words,
            let before = Words.before(claim)?.suffix(8).map(\.text)
        else { return false }
        return before.last == "to" && before.contains(where: words.contains)
    }

    private static func isNear(_ number: Decimal, _ told: Decimal) -> Bool {
        abs(number - told) * 20 <= told
    }

    private static let factors: [(times: Decimal, words: Set<String>)] = [
        (2, ["double", "doubled", "doubles", "doubling"]),
        (3, ["treble", "trebled", "triple", "tripled"]),
        (1 / Decimal(2), ["halve", "halved", "halves", "halving"]),
    ]
}
