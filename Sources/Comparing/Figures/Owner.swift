import TallyModel

/// Whose a result is, by name: the revenue of one firm is none of another's.
enum Owner {
    /// Returns the names within what is measured and who bears it, in the order of no text; empty for people, who are
    /// counted by what they are.
    static func names(of claim: Claim, dimension: String) -> Set<String> {
        guard dimension == "share" || claim.quantity.isMoney else { return [] }
        let proper = Set(claim.names)
        let words = Words.all(of: (claim.subject ?? "") + " " + (claim.counted ?? "")).map(\.text)
        return Set(words.filter { proper.contains($0) && !Gazetteer.words.contains($0) })
    }

    /// Whether two results are of two owners: both are named, and neither sentence names the other's.
    static func isApart(_ a: ClaimProfile, _ b: ClaimProfile) -> Bool {
        guard !a.owner.isEmpty, !b.owner.isEmpty else { return false }
        return a.owner.isDisjoint(with: Set(b.claim.names)) && b.owner.isDisjoint(with: Set(a.claim.names))
    }
}
