public import TallyModel

/// What one article changes: its comparisons, and the figures as they stand after it.
public struct Outcome: Sendable {
    /// Every new or changed figure, complete.
    public var figures: [Figure]
    /// The identifiers of the claims that came to them, changed or lost their standing, by the figure's.
    public var changedClaims: [String: Set<String>]
    /// How the baselines of these figures moved, in the order of the moves.
    public var moves: [BaselineMove]
    /// All figures of the story as they stand after the article, the new ones last.
    public var standing: [Figure]
    /// One comparison for each claim that says something of a figure, in the order of the text.
    public var comparisons: [Comparison]

    /// Creates an outcome.
    public init(
        figures: [Figure],
        changedClaims: [String: Set<String>],
        moves: [BaselineMove],
        standing: [Figure],
        comparisons: [Comparison]
    ) {
        self.figures = figures
        self.changedClaims = changedClaims
        self.moves = moves
        self.standing = standing
        self.comparisons = comparisons
    }
}
