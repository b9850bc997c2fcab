import FoundationEssentials
import TallyModel

/// A part against its whole: the killed within the killed or wounded, the children among the dead.
enum SubsetRule {
    /// Whether one claim's figure is a part of the other's, in the same place and time.
    static func isPart(_ part: Claim, of whole: Claim) -> Bool {
        isPart(ClaimProfile(part), of: ClaimProfile(whole))
    }

    /// Whether one claim's figure is a part of the other's, in the same place and time.
    static func isPart(_ part: ClaimProfile, of whole: ClaimProfile) -> Bool {
        guard part.dimension == "people", whole.dimension == "people",
            part.claim.kind == .total, whole.claim.kind == .total,
            let first = part.predicate, let second = whole.predicate,
            first.partOf == second.name || first == second,
            // Where only one names a place, it may be a wider one.
            (part.place == nil) == (whole.place == nil),
            PlaceScope.likeness(part.place, whole.place) != nil,
            FigureMatcher.isSameScope(part.claim.timeScope, whole.claim.timeScope)
        else { return false }
        if first.partOf == second.name {
            return part.counted.head == whole.counted.head
                && part.counted.likeness(to: whole.counted) ?? 0 >= 0.75
        }
        return part.counted.isPart(of: whole.counted)
    }

    /// Whether a part exceeds its whole in a way that time does not explain.
    ///
    /// A part that is told later may have grown past an older count of a whole that can only rise.
    static func isExceeded(part: Quantity, whole: Quantity, isWholeLater: Bool, isCumulative: Bool) -> Bool {
        guard Interval(part).isAbove(Interval(whole)) else { return false }
        return isWholeLater || !isCumulative
    }

    /// Returns the contradiction of a claim with the parts and wholes of its figure; `nil` if there is none.
    ///
    /// - Parameters:
    ///   - sourced: The claim.
    ///   - place: The index of the claim's own figure.
    ///   - figures: The figures of the story.
    ///   - keys: The profiles of the figures' keys.
    ///   - story: The story.
    ///   - reading: The article.
    /// - Returns: The contradiction, with all that it contradicts.
    static func comparison(
        of sourced: SourcedClaim,
        in place: Int,
        among figures: [Figure],
        keys: [ClaimProfile],
        of story: Story,
        reading: Reading
    ) -> Comparison? {
        // Only people of whom something is told are parts of others, or their whole.
        guard sourced.claim.modality == .asserted, sourced.claim.kind == .total,
            FigureMatcher.dimension(of: sourced.claim) == "people",
            PredicateWords.predicateClass(of: sourced.claim) != nil
        else { return nil }
        let profile = ClaimProfile(sourced.claim)
        let figure = figures[place]
        var hits: [SourcedClaim] = []
        for index in figures.indices where index != place {
            let isWhole = isPart(keys[index], of: profile)
            guard isWhole || isPart(profile, of: keys[index]) else { continue }
            let other = figures[index]
            for standing in other.claims
            where standing.isStanding && standing.sourced.article.revisionID != reading.article.revisionID {
                let known = standing.sourced.claim.quantity
                let new = sourced.claim.quantity
                let exceeded = isExceeded(
                    part: isWhole ? known : new,
                    whole: isWhole ? new : known,
                    isWholeLater: isWhole,
                    isCumulative: figure.isCumulative || other.isCumulative
                )
                if exceeded, EventTie.mayBeOne(sourced, standing.sourced, in: story, of: reading) {
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
