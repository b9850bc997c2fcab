public import FoundationEssentials

/// What an alert tells of an article, and what a standing claim remembers of it.
public struct ArticleReference: Codable, Hashable, Sendable {
    /// The article's derived identifier.
    public var id: String
    /// The revision that was read.
    public var revisionID: String
    /// The canonical URL.
    public var url: String
    /// The headline.
    public var title: String
    /// Who published it.
    public var outlet: String
    /// When this revision was published: its own date, else when it was read.
    public var published: Date

    /// Creates a reference to one revision of an article.
    public init(id: String, revisionID: String, url: String, title: String, outlet: String, published: Date) {
        self.id = id
        self.revisionID = revisionID
        self.url = url
        self.title = title
        self.outlet = outlet
        self.published = published
    }

    private enum CodingKeys: String, CodingKey {
        case id, revisionID = "revision", url, title, outlet, published
    }
}

/// A claim together with the article that makes it.
public struct SourcedClaim: Codable, Hashable, Sendable {
    /// The claim's derived identifier.
    public var id: String
    /// What is claimed.
    public var claim: Claim
    /// The revision that claims it.
    public var article: ArticleReference
    /// The outlets that carried the same text after the first, each once (near-copies are no further witnesses).
    public var alsoCarriedBy: [String]

    /// Creates the claim of one revision; the identifier is derived from the revision and the place in its text.
    public init(claim: Claim, article: ArticleReference) {
        id = Identifier.derived(from: [article.revisionID, String(claim.start), String(claim.end)])
        self.claim = claim
        self.article = article
        alsoCarriedBy = []
    }

    /// Creates a claim that was stored under its identifier.
    public init(id: String, claim: Claim, article: ArticleReference) {
        self.id = id
        self.claim = claim
        self.article = article
        alsoCarriedBy = []
    }
}
