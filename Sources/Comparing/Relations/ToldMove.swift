import TallyModel

/// A number that is told together with the one that it takes the place of: "cut the damages to $51m from $84m".
enum ToldMove {
    /// Tells whether the sentence of a claim says that the number moved from an earlier one.
    ///
    /// - Parameters:
    ///   - new: The later claim.
    ///   - old: The earlier claim, of another article.
    ///   - claims: All claims of the later article.
    /// - Returns: Whether the difference is explained.
    static func explains(_ new: SourcedClaim, after old: SourcedClaim, claims: [SourcedClaim]) -> Bool {
        guard new.article.revisionID != old.article.revisionID else { return false }
        let known = Interval(old.claim.quantity)
        return claims.contains { other in
            guard other.claim.sentence == new.claim.sentence, other.claim.start != new.claim.start,
                other.claim.quantity.unit == new.claim.quantity.unit,
                Interval(other.claim.quantity) == known,
                let place = other.claim.sentence.firstRange(of: other.claim.surface)
            else { return false }
            let before = Words.all(of: String(other.claim.sentence[..<place.lowerBound])).suffix(3).map(
                \.text
            )
            return before.contains("from")
        }
    }
}
