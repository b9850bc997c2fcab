public import TallyModel

/// Extracts the article of a page, a plain text or an article's JSON.
public struct ArticleExtractor: Sendable {
    private let configuration: ParsingConfiguration

    /// Creates an extractor with limits.
    public init(configuration: ParsingConfiguration = .init()) {
        self.configuration = configuration
    }

    /// Returns the article of a page.
    ///
    /// - Parameters:
    ///   - bytes: The page as it came.
    ///   - contentType: The Content-Type it came with; it may name the encoding.
    ///   - url: Where it came from; empty where that is not known.
    /// - Returns: The article; its text is empty where the page has none.
    /// - Throws: ``ParsingError/empty`` for nothing but white space, ``ParsingError/notText(_:)`` for binary
    ///   data.
    public func article(
        fromHTML bytes: [UInt8],
        contentType: String?,
        url: String
    ) throws(ParsingError) -> Article {
        let bounded =
            bytes.count > configuration.maximumDocumentBytes
            ? Array(bytes.prefix(configuration.maximumDocumentBytes)) : bytes
        let source = MojibakeRepair.repaired(try text(of: bounded, contentType: contentType))
        let tree = HTMLReader.tree(of: source, configuration: configuration)
        let content = PageContent(tree: tree)
        var metadata = PageMetadata(tree: tree, hints: content.hints, url: url)
        var text = content.text(metadata: metadata)
        if let body = body(of: metadata.linked, beyond: text) { text = body }
        let paywall = Paywall(tree: tree, hints: content.hints, isFree: metadata.linked.isFree)
        if metadata.authors.isEmpty { metadata.authors = content.byline }
        var article = Article(
            url: metadata.url,
            title: metadata.title,
            outlet: metadata.outlet,
            authors: metadata.authors,
            published: metadata.published?.date,
            modified: metadata.modified?.date,
            language: metadata.language ?? LanguageDetector.language(of: text),
            text: text
        )
        article.isPartial = paywall.cutsOff(text)
        article.publishedZone = metadata.published?.zone
        article.modifiedZone = metadata.modified?.zone
        return article
    }

    /// Returns a plain text as an article, verbatim; it has no title, and its language is detected.
    ///
    /// - Throws: ``ParsingError/empty`` for nothing but white space, ``ParsingError/notText(_:)`` for binary
    ///   data.
    public func article(
        fromText bytes: [UInt8],
        contentType: String?,
        url: String
    ) throws(ParsingError) -> Article {
        let text = try text(of: bytes, contentType: contentType)
        return Article(
            url: url.isEmpty ? "" : URLText.canonical(url),
            outlet: URLText.host(of: url),
            language: LanguageDetector.language(of: text),
            text: text
        )
    }

    /// Returns the article of a page, a plain text or an article's JSON, whichever the document is.
    ///
    /// - Throws: ``ParsingError/empty`` for nothing but white space, ``ParsingError/notText(_:)`` for binary
    ///   data and feeds.
    public func article(
        from bytes: [UInt8],
        contentType: String?,
        url: String
    ) throws(ParsingError) -> Article {
        switch DocumentSniffer.kind(of: bytes, contentType: contentType) {
        case .page: return try article(fromHTML: bytes, contentType: contentType, url: url)
        case .text: return try article(fromText: bytes, contentType: contentType, url: url)
        case .articleJSON: return try article(fromJSON: bytes, contentType: contentType, url: url)
        case .feed: throw .notText("a feed")
        }
    }
}

extension ArticleExtractor {
    /// The text that the page's structured data gives, where it goes on behind what the page shows.
    ///
    /// It must agree with the visible text: a page that shows another one is believed.
    private func body(of linked: LinkedData, beyond text: String) -> String? {
        guard linked.body.utf8.count > 400, linked.body.utf8.count > text.utf8.count * 3 / 2 else {
            return nil
        }
        let body = PlainText(parser: MarkupParser(configuration: configuration)).blocks(linked.body)
        guard let shown = text.split(separator: "\n\n").first(where: { $0.utf8.count >= 60 }) else {
            return body
        }
        return PageTitle.key(body).contains(PageTitle.key(String(shown.prefix(60)))) ? body : nil
    }

    private func article(
        fromJSON bytes: [UInt8],
        contentType: String?,
        url: String
    ) throws(ParsingError) -> Article {
        let source = try text(of: bytes, contentType: contentType)
        guard let object = JSONReader.value(of: source)?.value, case .string(let text)? = object["text"]
        else {
            throw .notText("JSON that is no article")
        }
        let address = object["url"]?.text ?? url
        let authors = (object["authors"]?.elements ?? object["author"]?.elements ?? []).compactMap(\.text)
        return Article(
            url: address.isEmpty ? "" : URLText.canonical(address),
            title: object["title"]?.text ?? "",
            outlet: object["outlet"]?.text ?? URLText.host(of: address),
            authors: authors,
            published: (object["published"] ?? object["date"])?.text.flatMap(DateText.date(from:)),
            modified: object["modified"]?.text.flatMap(DateText.date(from:)),
            language: object["language"]?.text ?? LanguageDetector.language(of: text),
            text: text
        )
    }

    private func text(of bytes: [UInt8], contentType: String?) throws(ParsingError) -> String {
        let text = CharacterDecoder.text(of: bytes, contentType: contentType)
        let head = text.unicodeScalars.prefix(4096)
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { throw .empty }
        let controls = head.count { $0.value < 32 && !$0.properties.isWhitespace || $0.value == 0xFFFD }
        guard controls * 20 <= head.count else { throw .notText("binary data") }
        guard !text.hasPrefix("%PDF-") else { throw .notText("a PDF file") }
        return text
    }
}
