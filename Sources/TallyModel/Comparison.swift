/// The relation of a new claim to the baseline of its figure.
public struct Comparison: Codable, Hashable, Sendable {
    /// How two claims, or a claim and a baseline, stand to each other.
    public enum Relation: String, Codable, CaseIterable, Sendable {
        /// No such figure was known.
        case new
        /// Compatible, nothing learned.
        case agree
        /// Compatible and narrower.
        case refine
        /// The same figure, moved by time.
        case update
        /// The same figure, disjoint, not explained by time.
        case contradict
        /// Another figure.
        case different
    }

    /// What kind of telling the comparison deserves beyond its relation.
    public enum Nuance: String, Codable, CaseIterable, Sendable {
        /// The same source replaced its own number.
        case corrected
        /// The claim denies a number that the baseline holds.
        case denied
        /// A subset that exceeds its superset, or the other way round.
        case subset
        /// An older count of what can only rise, told later: no fall.
        case stale
    }

    /// The new claim and who made it.
    public var claim: SourcedClaim
    /// The figure as it stood before the claim.
    public var figure: Figure
    /// The relation to that figure's baseline.
    public var relation: Relation
    /// What is special about it.
    public var nuance: Nuance?
    /// The standing claims that it was held against, the decisive one first; empty for a new figure.
    public var against: [SourcedClaim]
    /// One sentence that names both values and who says so.
    public var reason: String
    /// Whether the figure is one that people follow a story for (a toll, and not the age of a bystander).
    public var isCentral: Bool

    /// Creates the outcome of holding one claim against one figure.
    public init(
        claim: SourcedClaim,
        figure: Figure,
        relation: Relation,
        nuance: Nuance? = nil,
        against: [SourcedClaim] = [],
        reason: String,
        isCentral: Bool
    ) {
        self.claim = claim
        self.figure = figure
        self.relation = relation
        self.nuance = nuance
        self.against = against
        self.reason = reason
        self.isCentral = isCentral
    }
}
