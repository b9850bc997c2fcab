public import TallyModel

/// One revision of an article as it arrives, with what it claims.
public struct Reading: Sendable {
    /// The article and its revision.
    public var article: ArticleReference
    /// The paragraphs, separated by blank lines.
    public var text: String
    /// The language as a BCP 47 tag; `nil` if unknown.
    public var language: String?
    /// The claims in the order of the text.
    public var claims: [SourcedClaim]
    /// The claims of the revision before; `nil` for a first revision.
    public var previousClaims: [SourcedClaim]?
    /// Whether the article bears a date of its own; a headline without one may be of any day.
    public var isDated: Bool

    /// Creates a reading.
    public init(
        article: ArticleReference,
        text: String,
        language: String?,
        claims: [SourcedClaim],
        previousClaims: [SourcedClaim]?,
        isDated: Bool = true
    ) {
        self.article = article
        self.text = text
        self.language = language
        self.claims = claims
        self.previousClaims = previousClaims
        self.isDated = isDated
    }
}
