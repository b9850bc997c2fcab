import TallyModel

extension Words {
    /// Returns the words of a claim's sentence before its number; `nil` where the sentence does not hold it.
    static func before(_ claim: Claim) -> [Word]? {
        range(of: claim.surface, in: claim.sentence).map { all(of: String(claim.sentence[..<$0.lowerBound])) }
    }

    /// Returns the words of a claim's sentence behind its number; `nil` where the sentence does not hold it.
    static func behind(_ claim: Claim) -> [Word]? {
        range(of: claim.surface, in: claim.sentence).map { all(of: String(claim.sentence[$0.upperBound...])) }
    }
}
