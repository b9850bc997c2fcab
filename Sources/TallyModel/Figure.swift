public import FoundationEssentials

/// One quantity of the world within a story, however it is worded.
public struct Figure: Codable, Hashable, Sendable {
    /// The derived identifier: from the story and the claim that began it.
    public var id: String
    /// The story that it belongs to.
    public var storyID: String
    /// What it is in words ("North Korean soldiers killed or wounded").
    public var label: String
    /// The unit that its bounds are given in.
    public var unit: String
    /// Whether it can only rise unless it is corrected, as tolls do.
    public var isCumulative: Bool
    /// Whether a person has silenced it.
    public var isMuted: Bool
    /// The claim that began it: a later one is of the same figure if it agrees with this in all but the number.
    public var key: Claim
    /// What is stored of it.
    public var baseline: Baseline
    /// The newest claims behind the baseline, oldest first; superseded ones are kept and marked.
    public var claims: [StandingClaim]
    /// The watch and its figure that this one answers to; `nil` where none does.
    public var watch: WatchReference?

    /// The newest claims that a figure has in hand when it is compared; older ones are in the store only.
    public static let claimsInMemory = 64

    /// Creates a figure from the claim that begins it.
    public init(
        id: String,
        storyID: String,
        label: String,
        isCumulative: Bool,
        key: Claim,
        baseline: Baseline
    ) {
        self.id = id
        self.storyID = storyID
        self.label = label
        unit = key.quantity.unit
        self.isCumulative = isCumulative
        isMuted = false
        self.key = key
        self.baseline = baseline
        claims = []
    }
}

/// A claim in the history of a figure.
public struct StandingClaim: Codable, Hashable, Sendable {
    /// The claim and who made it.
    public var sourced: SourcedClaim
    /// How it related to the baseline when it arrived.
    public var relation: Comparison.Relation
    /// Whether it still stands, or a newer one of the same party or article took its place.
    public var isStanding: Bool

    /// Creates a claim that stands.
    public init(sourced: SourcedClaim, relation: Comparison.Relation) {
        self.sourced = sourced
        self.relation = relation
        isStanding = true
    }
}

/// What is stored of a figure: low, best and high, as the conflict data programmes keep them.
public struct Baseline: Codable, Hashable, Sendable {
    /// The most conservative credible bound; `nil` is open.
    public var low: Decimal?
    /// The most credible number; `nil` where only a bound is known.
    public var best: Decimal?
    /// The highest credible bound; `nil` is open.
    public var high: Decimal?
    /// Counts the changes, from 1.
    public var version: Int
    /// Whether a person has set it; then no claim moves it.
    public var isPinned: Bool
    /// The person's own words on it, where there are some.
    public var note: String?

    /// Creates the first version of a baseline.
    public init(low: Decimal?, best: Decimal?, high: Decimal?) {
        self.low = low
        self.best = best
        self.high = high
        version = 1
        isPinned = false
    }

    private enum CodingKeys: String, CodingKey {
        case low, best, high, version, isPinned = "pinned", note
    }
}
