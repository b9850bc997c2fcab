import TallyModel

extension Verdict {
    /// Weighs what the article tells of a difference.
    ///
    /// - Parameters:
    ///   - sourced: The claim.
    ///   - ties: What the words of its article tie it to.
    ///   - figure: The figure that it is held against.
    ///   - claims: All claims of its article.
    ///   - older: The claims of the story's figures.
    /// - Returns: `false` where the claim turns out to be of another figure.
    mutating func weigh(
        _ sourced: SourcedClaim,
        tiedBy ties: ClaimTies,
        on figure: Figure,
        claims: [SourcedClaim],
        older: some Sequence<SourcedClaim>
    ) -> Bool {
        guard let other = against.first else { return true }
        if relation == .contradict, nuance == nil, other.id != ties.rival?.id {
            if ToldMove.explains(sourced, after: other, claims: claims) {
                takeAsToldMove(of: other)
            } else if OtherThing.explains(sourced, beside: other, claims: claims, older: older) {
                return false
            } else if Transfer.explains(sourced, after: other, claims: claims, older: older) {
                takeAsUpdate(of: other)
            }
        }
        if relation == .contradict, sourced.claim.quantity.unit == "magnitude",
            CorrectionWords.isCorrection(sourced.claim.sentence)
        {
            takeAsUpdate(of: other)
        }
        if relation == .update, OtherThing.isPart(sourced, of: other, claims: claims) { return false }
        if relation == .agree, let replacement = ties.replacement, replacement.isCorrection,
            let wrong = replacement.standing(in: figure, of: sourced)
        {
            takeAsCorrection(of: wrong)
            return true
        }
        guard relation == .contradict || relation == .update else { return true }
        let replaced = ties.replacement?.told(in: figure)
        if let replaced, ties.replacement?.isCorrection == true {
            let party = Party(sourced)
            putFirst(replaced)
            takeAsContradiction(isCorrection: party.words.isEmpty || party.isSameSide(as: Party(other)))
        } else if relation == .update, nuance == nil,
            OpenConflict.isTold(sourced, beside: other, in: claims)
                || CorrectionWords.isContested(sourced.claim.sentence)
                    && Party(sourced).isRival(of: Party(other))
        {
            takeAsContradiction(isCorrection: false)
        }
        if let replaced, let replacement = ties.replacement, !replacement.isCorrection,
            nuance == nil || nuance == .corrected
        {
            putFirst(replaced)
            if replacement.isPlan { takeAsPlan() }
        }
        if Attackers.explains(sourced.claim, other.claim) { takeAsAgreement() }
        return true
    }
}
