import TallyModel

/// How sure it is that the sick are sick of it: suspected cases are none of the confirmed ones.
enum Certainty {
    /// Whether one sentence tells of suspected cases only, and the other of confirmed ones only.
    static func isApart(_ a: ClaimProfile, _ b: ClaimProfile) -> Bool {
        guard isOfSick(a), isOfSick(b) else { return false }
        return isSuspected(a) && isConfirmed(b) || isSuspected(b) && isConfirmed(a)
    }

    private static func isOfSick(_ profile: ClaimProfile) -> Bool {
        profile.predicate?.name == "infect" || profile.claim.predicate == "sicken"
    }

    private static func isSuspected(_ profile: ClaimProfile) -> Bool {
        !profile.words.isDisjoint(with: suspected) && profile.words.isDisjoint(with: confirmed)
    }

    private static func isConfirmed(_ profile: ClaimProfile) -> Bool {
        !profile.words.isDisjoint(with: confirmed) && profile.words.isDisjoint(with: suspected)
    }

    // Source: the case classes of the WHO's outbreak reports (suspected, probable, confirmed) and their plain words.
    private static let suspected: Set<String> = ["apparent", "possible", "presumed", "probable", "suspected"]
    private static let confirmed: Set<String> = ["confirm", "confirmed", "laboratory"]
}
