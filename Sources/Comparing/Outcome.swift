public import TallyModel

/// What one article changes: its comparisons, and the figures as they stand after it.
public struct Outcome: Sendable {
    /// Every new or changed figure, complete.
    public var figures: [Figure]
    /// One comparison for each claim that says something of a figure, in the order of the text.
    public var comparisons: [Comparison]

    /// Creates an outcome.
    public init(figures: [Figure], comparisons: [Comparison]) {
        self.figures = figures
        self.comparisons = comparisons
    }
}
