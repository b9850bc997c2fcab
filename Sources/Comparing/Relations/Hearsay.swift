import FoundationEssentials
import TallyModel

/// A round number of nobody who counts, beside a count of the same day: "some 40,000 have fled" after the council's lists
/// showed 18,400.
enum Hearsay {
    /// Returns how many times larger the round number must be to contradict the count, and not follow it; `nil` where it
    /// may be a later count.
    static func ratio(_ new: SourcedClaim, after old: SourcedClaim) -> Decimal? {
        let party = Party(new)
        guard Party(old).isCounter, !party.isCounter,
            abs(new.article.published.timeIntervalSince(old.article.published)) <= span,
            // A toll may double in hours, and a newspaper need not say who counted it.
            !party.words.isEmpty || PredicateWords.nature(of: new.claim) != .cumulative
        else { return nil }
        let count = Interval(old.claim.quantity)
        let round = Interval(new.claim.quantity)
        guard count.isPoint, Tolerance.significantDigits(of: count.centre) >= countedDigits,
            Tolerance.significantDigits(of: round.centre) < Tolerance.significantDigits(of: count.centre)
        else { return nil }
        return factor
    }

    /// How long a count is the count of its day, in seconds.
    private static let span: TimeInterval = 24 * 3_600
    /// How many digits a number has that was counted and not estimated.
    private static let countedDigits = 3
    /// Of the annotated numbers of nobody who counts, those that a later count bore out were up to 1.7 times the older one.
    private static let factor = 18 / Decimal(10)
}
