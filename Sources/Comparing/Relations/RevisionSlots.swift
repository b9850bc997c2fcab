import TallyModel

/// What an edited article says anew: which of its claims stood there before, and which took the place of another.
struct RevisionSlots {
    /// The earlier claims, by the identifier of the claim that took their place.
    private(set) var replaced: [String: SourcedClaim] = [:]
    /// The identifiers of the claims that the revision before made too.
    private(set) var unchanged: Set<String> = []

    /// Pairs the claims of two revisions of one article.
    init(previous: [SourcedClaim], current: [SourcedClaim], matcher: FigureMatcher) {
        var free = previous
        var open: [SourcedClaim] = []
        for claim in current {
            let index = free.firstIndex { isSame($0.claim, claim.claim) }
            guard let index else {
                open.append(claim)
                continue
            }
            free.remove(at: index)
            unchanged.insert(claim.id)
        }
        for claim in open {
            // A number that the article gave already, in a new sentence, is nothing new.
            let isMoved = previous.contains { old in
                old.claim.quantity == claim.claim.quantity
                    && matcher.likeness(old.claim, claim.claim) ?? 0 >= 0.5
            }
            if isMoved { unchanged.insert(claim.id); continue }
            let ranked = free.indices.compactMap { index -> (Int, Double)? in
                likeness(free[index].claim, claim.claim, matcher).map { (index, $0) }
            }
            guard let best = ranked.max(by: { $0.1 < $1.1 }), best.1 >= 0.6 else { continue }
            replaced[claim.id] = free.remove(at: best.0)
        }
    }
}

extension RevisionSlots {
    private func isSame(_ a: Claim, _ b: Claim) -> Bool {
        a.quantity == b.quantity && (masked(a) == masked(b) || FigureMatcher.contextLikeness(a, b) >= 0.8)
    }

    private func likeness(_ a: Claim, _ b: Claim, _ matcher: FigureMatcher) -> Double? {
        guard FigureMatcher.dimension(of: a) == FigureMatcher.dimension(of: b), a.kind == b.kind else {
            return nil
        }
        guard a.quantity != b.quantity else { return nil }
        let context = FigureMatcher.contextLikeness(a, b)
        let counted = Counted(a).likeness(to: Counted(b))
        guard counted != nil || context >= 0.8 else { return nil }
        if let figure = matcher.likeness(a, b) { return 0.3 + figure * 0.4 + context * 0.4 }
        return context >= 0.75 ? context : nil
    }

    private func masked(_ claim: Claim) -> [String] {
        Words.all(of: claim.sentence).map { $0.text.first?.isNumber == true ? "0" : $0.text }
    }
}
