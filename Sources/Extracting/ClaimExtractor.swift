public import FoundationEssentials
public import TallyModel

/// Finds the numeric claims of an article's text.
public struct ClaimExtractor: Sendable {
    private let configuration: ExtractingConfiguration
    private let splitter = SentenceSplitter()
    private let finder = QuantityFinder()

    /// Creates an extractor.
    public init(configuration: ExtractingConfiguration = .init()) {
        self.configuration = configuration
    }

    /// Returns the claims of an article in the order of its text; text that stands twice yields its claims once.
    ///
    /// - Parameters:
    ///   - article: The article; its `published` date resolves dates without a year.
    ///   - readAt: When it was read; it stands in where the article bears no date.
    /// - Returns: The claims; empty where the text states no quantity.
    public func claims(in article: Article, readAt: Date?) -> [Claim] {
        var text = article.text
        if text.unicodeScalars.count > configuration.maximumScalars {
            text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(configuration.maximumScalars)))
        }
        let sentences = splitter.sentences(of: text)
        var seen: Set<String> = []
        var claims: [Claim] = []
        let year = (article.published ?? readAt).map { CalendarDay($0).year }
        var builder = ClaimBuilder(sentences: sentences, published: article.published ?? readAt)
        for index in sentences.indices where seen.insert(sentences[index].text).inserted {
            for quantity in finder.quantities(in: sentences[index], year: year) {
                guard let claim = builder.claim(of: quantity, sentenceAt: index) else { continue }
                claims.append(claim)
                if claims.count >= configuration.maximumClaims { return claims }
            }
        }
        return claims
    }
}
