public import FoundationEssentials

/// The articles about one event.
public struct Story: Codable, Hashable, Sendable {
    /// The derived identifier: from the article that began it.
    public var id: String
    /// The title of the article that began it.
    public var title: String
    /// What the story is about: folded words and names with their weights.
    public var terms: [String: Double]
    /// The publication time of its first article.
    public var firstArticleAt: Date
    /// The publication time of its newest article.
    public var lastArticleAt: Date
    /// How many articles joined it.
    public var articleCount: Int
    /// Short digests of the texts of its newest articles, by article identifier, to know near-copies by.
    public var sketches: [String: [UInt32]]

    /// The newest articles whose digests a story has in hand: copies of a text come within hours of it.
    public static let sketchesInMemory = 32

    /// Creates a story that one article has begun.
    public init(id: String, title: String, terms: [String: Double], at published: Date) {
        self.id = id
        self.title = title
        self.terms = terms
        firstArticleAt = published
        lastArticleAt = published
        articleCount = 1
        sketches = [:]
    }
}
