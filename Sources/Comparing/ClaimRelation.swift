public import TallyModel

/// How a claim of an earlier document stands to one of a later document.
public struct ClaimRelation: Sendable {
    /// The earlier claim.
    public var a: SourcedClaim
    /// The later claim.
    public var b: SourcedClaim
    /// The relation of the later to the earlier.
    public var relation: Comparison.Relation
    /// One sentence that says why.
    public var reason: String

    /// Creates a relation.
    public init(a: SourcedClaim, b: SourcedClaim, relation: Comparison.Relation, reason: String) {
        self.a = a
        self.b = b
        self.relation = relation
        self.reason = reason
    }
}
