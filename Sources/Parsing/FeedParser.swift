public import TallyModel

/// Reads feeds of every format that news sites publish, however broken.
public struct FeedParser: Sendable {
    private let configuration: ParsingConfiguration

    /// Creates a parser with limits.
    public init(configuration: ParsingConfiguration = .init()) {
        self.configuration = configuration
    }

    /// Returns what could be read of a feed, with a diagnostic for each thing that was wrong.
    ///
    /// - Parameters:
    ///   - bytes: The document as it came.
    ///   - contentType: The Content-Type it came with; it may name the encoding.
    ///   - url: Where it came from; relative links are resolved against it. May be empty.
    /// - Returns: The feed, its entries in the order of the document.
    /// - Throws: ``ParsingError/empty`` for nothing but white space, ``ParsingError/notAFeed(_:)`` for
    ///   anything else that
    ///   is no feed.
    public func feed(from bytes: [UInt8], contentType: String?, url: String) throws(ParsingError) -> Feed {
        var diagnostics: [String] = []
        var bytes = bytes
        if bytes.count > configuration.maximumDocumentBytes {
            diagnostics.append(
                "only the first \(configuration.maximumDocumentBytes) of \(bytes.count) bytes are read"
            )
            bytes = Array(bytes.prefix(configuration.maximumDocumentBytes))
        }
        let text = CharacterDecoder.text(of: bytes, contentType: contentType)
        let start = text.trimmed
        guard !start.isEmpty else { throw .empty }
        var feed: Feed
        if start.first == "{" || start.first == "[" {
            feed = try JSONFeedReader(parser: parser).feed(from: start, url: url)
        } else {
            feed = try markupFeed(from: text, url: url)
        }
        feed.diagnostics = diagnostics + feed.diagnostics
        limitAndName(&feed)
        return feed
    }
}

extension FeedParser {
    private var parser: MarkupParser { MarkupParser(configuration: configuration) }

    private func markupFeed(from text: String, url: String) throws(ParsingError) -> Feed {
        guard text.utf8.prefix(4096).contains(UInt8(ascii: "<")) else {
            throw .notAFeed(Self.looks(of: text))
        }
        let repair = XMLRepair(text)
        let tree = parser.tree(ofXML: repair.text)
        let reader = MarkupFeedReader(tree: tree, plain: PlainText(parser: parser), url: url)
        guard let root = tree[MarkupTree.root].children.first(where: { !tree[$0].name.isEmpty }) else {
            throw .notAFeed(Self.looks(of: text))
        }
        guard var feed = reader.feed(root: root) else {
            let name = tree[root].name
            throw .notAFeed(name.lowercased() == "html" ? "an HTML page" : Self.looks(of: text, root: name))
        }
        feed.diagnostics = repair.diagnostics + tree.diagnostics + feed.diagnostics
        return feed
    }

    private static func looks(of text: String, root: String? = nil) -> String {
        let head = text.unicodeScalars.prefix(2048)
        let controls = head.count {
            $0.value < 32 && $0 != "\n" && $0 != "\r" && $0 != "\t" || $0.value == 0xFFFD
        }
        if controls * 20 > head.count || text.hasPrefix("%PDF") { return "binary data" }
        if let name = DocumentSniffer.rootName(of: text.trimmed), DocumentSniffer.isHTML(name) {
            return "an HTML page"
        }
        if let root { return "XML with the root element \(root.prefix(40))" }
        return "plain text"
    }

    /// Cuts the feed to its limit and gives every entry an identifier that no other one has.
    private func limitAndName(_ feed: inout Feed) {
        if feed.entries.count > configuration.maximumEntries {
            feed.diagnostics.append(
                "only the first \(configuration.maximumEntries) of \(feed.entries.count) entries are read"
            )
            feed.entries.removeLast(feed.entries.count - configuration.maximumEntries)
        }
        var seen: Set<String> = []
        for index in feed.entries.indices {
            let entry = feed.entries[index]
            let place = "entry \(index + 1)"
            if entry.url.isEmpty { feed.diagnostics.append("\(place): no link") }
            if entry.published == nil, entry.updated == nil { feed.diagnostics.append("\(place): no date") }
            let digest = Identifier.derived(from: [entry.url, entry.title, entry.text])
            var id = entry.id
            if id.isEmpty {
                feed.diagnostics.append("\(place): no identifier")
                id = entry.url.isEmpty ? digest : entry.url
            }
            if seen.contains(id) {
                feed.diagnostics.append("\(place): the identifier \(id.prefix(200)) is used twice")
                id += "#" + digest
                var copy = 2
                while seen.contains(id) {
                    id = "\(entry.id)#\(digest)-\(copy)"
                    copy += 1
                }
            }
            seen.insert(id)
            feed.entries[index].id = id
        }
    }
}
