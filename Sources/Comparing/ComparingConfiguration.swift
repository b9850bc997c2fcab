public import FoundationEssentials

/// The limits of comparing: how near two numbers, two texts and two wordings must be to count as one.
public struct ComparingConfiguration: Sendable {
    /// The relative difference that agrees where either side is approximate, 0 to 1.
    public var approximateTolerance: Decimal
    /// How many days after its newest article a story still takes another one.
    public var storyWindowDays: Int
    /// How many days after its newest article a story still takes one that is much like it: a verdict, an inquiry.
    public var storyReturnDays: Int
    /// How many times more like the story such a late article must be.
    ///
    /// Of 32 annotated events three end with an article 32 days or more after the one before.
    public var storyReturnFactor: Double
    /// The least likeness of an article to a story that joins it, 0 to 1.
    public var storyThreshold: Double
    /// The least part of an article's sketch that an older one holds for a near-copy, 0 to 1.
    public var nearCopyThreshold: Double
    /// The most terms that a story keeps.
    public var maximumTermsPerStory: Int
    /// The least likeness of a claim to a figure that puts it there, 0 to 1.
    public var figureThreshold: Double
    /// The same, for a claim that contradicts the figure.
    ///
    /// Chosen with the two others on the development clusters: at 0.3 one contradiction in four is of two figures, at 0.4
    /// one in seven; at 0.6 a fifth of those found are lost.
    public var contradictionThreshold: Double
    /// The same, for a claim that contradicts a figure of its own article.
    public var ownArticleThreshold: Double
    /// How many times larger a toll of a party to the matter must be to contradict, and not follow, a counted one.
    public var partisanRatio: Decimal
    /// The same for a voice that is neither known to count nor known to take sides.
    public var strangerRatio: Decimal
    /// How many years two ages may lie apart where no word ties them to one person.
    public var ageReachYears: Decimal

    /// Creates the default limits.
    public init() {
        approximateTolerance = 5 / Decimal(100)
        storyWindowDays = 21
        storyReturnDays = 75
        storyReturnFactor = 3
        storyThreshold = 0.065
        nearCopyThreshold = 0.7
        maximumTermsPerStory = 90
        figureThreshold = 0.3
        contradictionThreshold = 0.4
        ownArticleThreshold = 0.6
        partisanRatio = 15 / Decimal(10)
        strangerRatio = 4
        ageReachYears = 3
    }
}
