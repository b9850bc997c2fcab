import FoundationEssentials
public import TallyModel

extension Comparator {
    /// Returns how the claims of two documents stand to each other, pairs of one figure first; `a` is the earlier.
    ///
    /// - Parameters:
    ///   - a: The claims of the earlier document.
    ///   - b: The claims of the later document.
    /// - Returns: Every pair that shares a dimension, with a sentence that says why.
    public func relations(between a: [SourcedClaim], and b: [SourcedClaim]) -> [ClaimRelation] {
        var same: [(likeness: Double, relation: ClaimRelation)] = []
        var other: [ClaimRelation] = []
        for earlier in a {
            for later in b
            where FigureMatcher.dimension(of: earlier.claim) == FigureMatcher.dimension(of: later.claim) {
                let likeness = matcher.likeness(earlier.claim, later.claim) ?? 0
                let relation = relation(of: later, to: earlier)
                let isSame = likeness >= configuration.figureThreshold && relation != .different
                if isSame {
                    same.append((likeness, related(earlier, later, relation)))
                } else {
                    other.append(related(earlier, later, .different))
                }
            }
        }
        let ranked = same.enumerated().sorted {
            ($1.element.likeness, $0.offset) < ($0.element.likeness, $1.offset)
        }
        return ranked.map(\.element.relation) + other
    }

    private func related(
        _ a: SourcedClaim,
        _ b: SourcedClaim,
        _ relation: Comparison.Relation
    ) -> ClaimRelation {
        let label = FigureLabel.text(of: a.claim)
        let reason = Reason.text(of: b, relation: relation, nuance: nil, against: a, label: label)
        return ClaimRelation(a: a, b: b, relation: relation, reason: reason)
    }

    private func relation(of later: SourcedClaim, to earlier: SourcedClaim) -> Comparison.Relation {
        let old = earlier.claim
        let new = later.claim
        if new.modality == .denied || old.modality == .denied {
            guard new.modality != old.modality else { return .agree }
            return Interval(new.quantity).overlaps(Interval(old.quantity)) ? .contradict : .agree
        }
        guard new.modality == old.modality else { return .different }
        let party = Party(later)
        let rule = RelationRule(
            nature: PredicateWords.nature(of: old),
            isSameArticle: false,
            isSameSide: party.isSameSide(as: Party(earlier)),
            isRival: party.isRival(of: Party(earlier)),
            tolerance: Tolerance.part(
                between: new.quantity,
                and: old.quantity,
                approximate: configuration.approximateTolerance,
                own: nil
            ),
            rivalRatio: party.rivalRatio(beside: Party(earlier), configuration)
        )
        return rule.relation(of: new.quantity, to: old.quantity)
    }
}
