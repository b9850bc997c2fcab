import TallyModel

/// A number that an article gives beside the older one of a voice that holds to it: "We have the names of 15 dead. The
/// ministry still speaks of seven."
enum OpenConflict {
    /// Whether the article of a claim says that somebody holds to the number that the claim would take the place of.
    static func isTold(_ new: SourcedClaim, beside old: SourcedClaim, in claims: [SourcedClaim]) -> Bool {
        let party = Party(new)
        return claims.contains { other in
            other.id != new.id && other.claim.modality == .asserted && other.claim.kind == new.claim.kind
                && FigureMatcher.dimension(of: other.claim) == FigureMatcher.dimension(of: new.claim)
                && Interval(other.claim.quantity) == Interval(old.claim.quantity)
                && other.claim.attribution != nil && !Party(other).isSameSide(as: party)
                && Words.all(of: other.claim.sentence).contains { holding.contains($0.text) }
        }
    }

    private static let holding: Set<String> = [
        "insist", "insisted", "insists", "just", "maintain", "maintained", "maintains", "only", "reiterated",
        "still",
    ]
}
