import FoundationEssentials
import TallyModel

/// A part against its whole: the killed within the killed or wounded, the children among the dead.
enum SubsetRule {
    /// Whether one claim's figure is a part of the other's, in the same place and time.
    static func isPart(_ part: Claim, of whole: Claim) -> Bool {
        guard FigureMatcher.dimension(of: part) == "people", FigureMatcher.dimension(of: whole) == "people",
            part.kind == .total, whole.kind == .total,
            // Where only one names a place, it may be a wider one.
            (part.place == nil) == (whole.place == nil), FigureMatcher.isSamePlace(part.place, whole.place),
            FigureMatcher.isSameScope(part.timeScope, whole.timeScope),
            let first = PredicateWords.predicateClass(of: part),
            let second = PredicateWords.predicateClass(of: whole)
        else { return false }
        let counted = Counted(part)
        let wholeCounted = Counted(whole)
        if first.partOf == second.name {
            return counted.head == wholeCounted.head && counted.likeness(to: wholeCounted) ?? 0 >= 0.75
        }
        return first == second && counted.isPart(of: wholeCounted)
    }

    /// Whether a part exceeds its whole in a way that time does not explain.
    ///
    /// A part that is told later may have grown past an older count of a whole that can only rise.
    static func isExceeded(part: Quantity, whole: Quantity, isWholeLater: Bool, isCumulative: Bool) -> Bool {
        guard Interval(part).isAbove(Interval(whole)) else { return false }
        return isWholeLater || !isCumulative
    }

    /// Returns the contradiction of a claim with the parts and wholes of its figure; `nil` if there is none.
    static func comparison(
        of sourced: SourcedClaim,
        in figure: Figure,
        among figures: [Figure],
        of story: Story,
        length: Int,
        revisionID: String
    ) -> Comparison? {
        guard sourced.claim.modality == .asserted else { return nil }
        var hits: [SourcedClaim] = []
        for other in figures where other.id != figure.id {
            let isWhole = isPart(other.key, of: sourced.claim)
            guard isWhole || isPart(sourced.claim, of: other.key) else { continue }
            for standing in other.claims
            where standing.isStanding && standing.sourced.article.revisionID != revisionID {
                let known = standing.sourced.claim.quantity
                let new = sourced.claim.quantity
                let exceeded = isExceeded(
                    part: isWhole ? known : new,
                    whole: isWhole ? new : known,
                    isWholeLater: isWhole,
                    isCumulative: figure.isCumulative || other.isCumulative
                )
                if exceeded, EventTie.mayBeOne(sourced, standing.sourced, in: story, length: length) {
                    hits.append(standing.sourced)
                }
            }
        }
        guard let decisive = hits.last else { return nil }
        return Comparison(
            claim: sourced,
            figure: figure,
            relation: .contradict,
            nuance: .subset,
            against: hits.reversed(),
            reason: Reason.text(
                of: sourced,
                relation: .contradict,
                nuance: .subset,
                against: decisive,
                label: figure.label
            ),
            isCentral: Centrality.isCentral(sourced.claim)
        )
    }
}
