import FoundationEssentials
import TallyModel

/// People who pass from one count to another between two articles: a wounded person dies, and fewer are wounded.
enum Transfer {
    /// Whether the dead of an article rose by at least what its wounded fell by.
    ///
    /// - Parameters:
    ///   - wounded: The later claim.
    ///   - other: The earlier claim, of more wounded.
    ///   - claims: All claims of the later article.
    ///   - older: The claims of the earlier articles.
    /// - Returns: Whether the fall is explained.
    static func explains(
        _ wounded: SourcedClaim,
        after other: SourcedClaim,
        claims: [SourcedClaim],
        older: some Sequence<SourcedClaim>
    ) -> Bool {
        guard wounded.claim.predicate == "wound", other.claim.predicate == "wound",
            wounded.article.revisionID != other.article.revisionID
        else { return false }
        let fall = Interval(other.claim.quantity).centre - Interval(wounded.claim.quantity).centre
        guard fall > 0 else { return false }
        let earlier =
            older
            .filter { $0.article.revisionID == other.article.revisionID && $0.claim.predicate == "kill" }
        return claims.contains { dead in
            dead.claim.predicate == "kill"
                && earlier.contains {
                    Interval(dead.claim.quantity).centre - Interval($0.claim.quantity).centre >= fall
                }
        }
    }
}
