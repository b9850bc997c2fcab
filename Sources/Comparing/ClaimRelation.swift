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
    /// How likely both are of one figure, 0 to 1; 0 where a scope tells them apart.
    public var likeness: Double
    /// What speaks for and against that, by the names of the features.
    public var evidence: [String: Double]
}
