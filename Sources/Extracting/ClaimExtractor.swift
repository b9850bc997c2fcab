public import FoundationEssentials
public import TallyModel

/// Finds the numeric claims of an article's text.
public struct ClaimExtractor: Sendable {
    private let configuration: ExtractingConfiguration
    private let splitter = SentenceSplitter()
    private let finder = QuantityFinder()
    private let syntax = SyntaxReader()
    private let names = NameFilter()
    private let bounds = BoundReader()

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
        var claims: [Claim] = []
        read(article, readAt: readAt) { claim, _, _, _ in claims.append(claim) }
        return claims
    }

    /// Gives back the memory that only makes the next article faster, for a process that idles.
    public func releaseMemory() { syntax.releaseMemory() }

    /// Returns the claims of an article as ``claims(in:readAt:)`` does, each with the words that gave it its slots.
    public func explainedClaims(in article: Article, readAt: Date?) -> [(Claim, ClaimExplanation)] {
        var claims: [(Claim, ClaimExplanation)] = []
        read(article, readAt: readAt) { claim, builder, counting, index in
            claims.append((claim, builder.explanation(of: counting, sentenceAt: index)))
        }
        return claims
    }
}

private extension ClaimExtractor {
    /// Hands on each claim with what it was made of.
    func read(
        _ article: Article,
        readAt: Date?,
        each: (Claim, ClaimBuilder, CountedReader.Counting, Int) -> Void
    ) {
        var text = article.text
        if text.unicodeScalars.count > configuration.maximumScalars {
            text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(configuration.maximumScalars)))
        }
        var sentences = splitter.sentences(of: text).map(HeadlineCase.settled)
        let year = (article.published ?? readAt).map { CalendarDay($0).year }
        var seen: Set<String> = []
        var found: [(sentence: Int, quantities: [QuantityReading])] = []
        for index in sentences.indices where seen.insert(sentences[index].text).inserted {
            let quantities = finder.quantities(in: sentences[index], year: year)
            if !quantities.isEmpty { found.append((index, quantities)) }
        }
        syntax.addTrees(to: &sentences, at: Self.parsed(found.map(\.sentence), of: sentences))
        var builder = ClaimBuilder(sentences: sentences, published: article.published ?? readAt)
        var currencies = NationalCurrency(sentences: sentences)
        var count = 0
        for (index, quantities) in found {
            for quantity in quantities where !names.isName(quantity, in: sentences[index]) {
                var quantity = bounds.revised(quantity, in: sentences[index])
                currencies.complete(&quantity, in: sentences[index])
                guard let counting = builder.counting(of: quantity, sentenceAt: index) else { continue }
                each(builder.claim(of: quantity, counting, sentenceAt: index), builder, counting, index)
                count += 1
                if count >= configuration.maximumClaims { return }
            }
        }
    }

    /// A pronoun may stand for a noun of the sentence before: that one is parsed too.
    static func parsed(_ found: [Int], of sentences: [Sentence]) -> [Int] {
        var wanted: Set<Int> = []
        for index in found {
            wanted.insert(index)
            let words = sentences[index].tokens.prefix(8)
            if index > 0, words.contains(where: { MeasuredReader.pronouns.contains($0.lower) }) {
                wanted.insert(index - 1)
            }
        }
        return wanted.sorted()
    }
}
