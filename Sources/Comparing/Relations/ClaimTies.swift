import TallyModel

/// What the words of its article tie a claim to, beside the figure that it is alike to.
struct ClaimTies {
    /// The claim of whose matter it gives another voice's number; `nil` for none.
    let rival: SourcedClaim?
    /// The older number that its sentence sets it in the place of; `nil` for none.
    let replacement: Replacement?

    /// Reads the ties of a claim off all claims of its article.
    init(_ sourced: SourcedClaim, in claims: [SourcedClaim], of book: FigureBook) {
        rival =
            Rivalry.antecedent(of: sourced, in: claims)
            ?? Rivalry.known(beside: sourced, in: claims, of: book)
        replacement = Replacement(of: sourced, in: claims)
    }
}
