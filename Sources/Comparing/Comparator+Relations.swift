import FoundationEssentials
public import TallyModel

extension Comparator {
    /// Returns how the claims of two documents stand to each other, pairs of one figure first; `a` is the earlier.
    ///
    /// - Parameters:
    ///   - a: The claims of the earlier document.
    ///   - b: The claims of the later document.
    ///   - isOrdered: Whether one is known to be the later; where it is not, no number follows another.
    /// - Returns: Every pair that shares a dimension, with a sentence that says why.
    public func relations(
        between a: [SourcedClaim],
        and b: [SourcedClaim],
        isOrdered: Bool = true
    ) -> [ClaimRelation] {
        let earlier = a.map { ClaimProfile($0.claim) }
        let later = b.map { ClaimProfile($0.claim) }
        var kinships: [(a: Int, b: Int, kinship: Kinship)] = []
        var bestOfA = [Double](repeating: 0, count: a.count)
        var bestOfB = [Double](repeating: 0, count: b.count)
        for i in a.indices {
            for j in b.indices where earlier[i].dimension == later[j].dimension {
                let kinship = matcher.kinship(of: earlier[i], and: later[j])
                kinships.append((i, j, kinship))
                guard case .kin(let likeness) = kinship else { continue }
                bestOfA[i] = max(bestOfA[i], likeness)
                bestOfB[j] = max(bestOfB[j], likeness)
            }
        }
        var same: [ClaimRelation] = []
        var other: [ClaimRelation] = []
        for (i, j, kinship) in kinships {
            let relation = relation(of: b[j], to: a[i], isOrdered: isOrdered)
            switch kinship {
            case .kin(let likeness)
            where likeness >= configuration.figureThreshold && relation != .different
                && (likeness == bestOfA[i] || likeness == bestOfB[j]):
                same.append(related(a[i], b[j], relation, likeness: likeness))
            case .kin(let likeness):
                other.append(related(a[i], b[j], .different, likeness: likeness))
            case .apart(let scope):
                other.append(related(a[i], b[j], .different, likeness: 0, in: scope))
            }
        }
        let ranked = same.enumerated().sorted {
            ($1.element.likeness, $0.offset) < ($0.element.likeness, $1.offset)
        }
        return ranked.map(\.element) + other
    }

    private func related(
        _ a: SourcedClaim,
        _ b: SourcedClaim,
        _ relation: Comparison.Relation,
        likeness: Double,
        in scope: Kinship.Scope? = nil
    ) -> ClaimRelation {
        let label = FigureLabel.text(of: a.claim)
        var reason = Reason.text(of: b, relation: relation, nuance: nil, against: a, label: label)
        if let scope {
            let words = "\(scope.words(of: b.claim)) and \(scope.words(of: a.claim))"
            reason = "\(reason.dropLast()): the \(scope.rawValue) differs (\(words))."
        }
        return ClaimRelation(
            a: a,
            b: b,
            relation: relation,
            reason: reason,
            likeness: likeness,
            evidence: matcher.evidence(a.claim, b.claim)?.named ?? [:]
        )
    }

    private func relation(
        of later: SourcedClaim,
        to earlier: SourcedClaim,
        isOrdered: Bool
    ) -> Comparison.Relation {
        let old = earlier.claim
        let new = later.claim
        if new.modality == .denied || old.modality == .denied {
            guard new.modality != old.modality else { return .agree }
            return Interval(new.quantity).overlaps(Interval(old.quantity)) ? .contradict : .agree
        }
        guard new.modality == old.modality else { return .different }
        let party = Party(later)
        let rule = RelationRule(
            nature: isOrdered ? PredicateWords.nature(of: old) : .fixed,
            isSameArticle: false,
            isSameOutlet: later.article.outlet == earlier.article.outlet,
            isSameSide: party.isSameSide(as: Party(earlier)),
            isRival: party.isRival(of: Party(earlier)),
            tolerance: Tolerance.part(
                between: new.quantity,
                and: old.quantity,
                approximate: configuration.approximateTolerance,
                own: nil
            ),
            rivalRatio: party.rivalRatio(beside: Party(earlier), configuration),
            hearsayRatio: Hearsay.ratio(later, after: earlier),
            mayBeStale: Staleness.isPossible(later, after: earlier)
        )
        return rule.relation(of: new.quantity, to: old.quantity)
    }
}
