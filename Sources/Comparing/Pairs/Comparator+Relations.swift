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
        let rule = PairRule(configuration: configuration, earlier: a, later: b, isOrdered: isOrdered)
        let tie = PairTie(claims: (a + b).map(\.claim))
        let earlier = a.map { ClaimProfile($0.claim) }
        let later = b.map { ClaimProfile($0.claim) }
        var kinships: [(a: Int, b: Int, kinship: Kinship)] = []
        var bestOfA = [Double](repeating: 0, count: a.count)
        var bestOfB = [Double](repeating: 0, count: b.count)
        for i in a.indices {
            for j in b.indices where earlier[i].dimension == later[j].dimension {
                let kinship = kinship(earlier[i], later[j], in: tie)
                kinships.append((i, j, kinship))
                guard case .kin(let likeness) = kinship else { continue }
                bestOfA[i] = max(bestOfA[i], likeness)
                bestOfB[j] = max(bestOfB[j], likeness)
            }
        }
        var same: [ClaimRelation] = []
        var other: [ClaimRelation] = []
        for (i, j, kinship) in kinships {
            if rule.isSum(of: a[i], b[j]) {
                same.append(related(a[i], b[j], .agree, likeness: 1))
                continue
            }
            switch kinship {
            case .kin(let likeness):
                let relation = rule.relation(of: b[j], to: a[i])
                let isBest = likeness == bestOfA[i] || likeness == bestOfB[j]
                if likeness >= rule.threshold(between: a[i], and: b[j]), relation != .different, isBest {
                    same.append(related(a[i], b[j], relation, likeness: likeness))
                } else {
                    other.append(related(a[i], b[j], .different, likeness: likeness))
                }
            case .apart(let scope):
                other.append(related(a[i], b[j], .different, likeness: 0, in: scope))
            }
        }
        let ranked = same.enumerated().sorted {
            ($1.element.likeness, $0.offset) < ($0.element.likeness, $1.offset)
        }
        return ranked.map(\.element) + other
    }

    /// Returns how two claims stand to one figure, with what their documents tell besides.
    private func kinship(_ a: ClaimProfile, _ b: ClaimProfile, in tie: PairTie) -> Kinship {
        let kinship = matcher.kinship(of: a, and: b)
        guard case .apart(let scope) = kinship else { return kinship }
        return tie.holds(a, b, over: scope) ? .kin(PairTie.likeness) : kinship
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
}
