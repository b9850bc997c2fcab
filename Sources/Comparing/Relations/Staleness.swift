import FoundationEssentials
import TallyModel

/// When a lower toll is sooner an old number that is published late than a fall.
///
/// In the first day of an event each outlet is hours behind another one: of the pairs of real headlines in which the dead
/// became fewer within a day, those of two outlets were copies of an older count, and those of one outlet corrections.
/// The wounded are counted anew sooner than told late.
enum Staleness {
    /// How long two outlets may be apart, in seconds.
    static let span: TimeInterval = 86_400

    /// Whether a claim may repeat a count from before the other one.
    static func isPossible(_ claim: SourcedClaim, after other: SourcedClaim) -> Bool {
        // A number below "dozens" is no earlier state of it.
        guard claim.claim.predicate == "kill", other.claim.quantity.qualifier != .vague,
            claim.article.outlet != other.article.outlet,
            abs(claim.article.published.timeIntervalSince(other.article.published)) <= span
        else { return false }
        // Whether the attackers are among the dead is sooner what two counts of one attack differ by.
        guard !Attackers.mayExplain(claim.claim, other.claim) else { return false }
        let party = Party(claim)
        let earlier = Party(other)
        return !party.isRival(of: earlier) && !(party.isSameSide(as: earlier) && !party.words.isEmpty)
            && !CorrectionWords.isCorrection(claim.claim.sentence)
    }
}
