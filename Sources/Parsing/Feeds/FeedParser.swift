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
        let text = CharacterDecoder.utf8(of: bytes, contentType: contentType)
        guard let first = Self.firstLetter(of: text) else { throw .empty }
        var feed: Feed
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            let json = String(decoding: text, as: UTF8.self).trimmed
            feed = try JSONFeedReader(maximumEntries: configuration.maximumEntries).feed(from: json, url: url)
        } else {
            feed = try markupFeed(from: text, url: url)
        }
        if !diagnostics.isEmpty { feed.isTruncated = true }
        feed.diagnostics = diagnostics + feed.diagnostics
        name(&feed)
        return feed
    }
}

extension FeedParser {
    private func markupFeed(from text: [UInt8], url: String) throws(ParsingError) -> Feed {
        guard text.prefix(4096).contains(UInt8(ascii: "<")) else {
            throw .notAFeed(Self.looks(of: String(decoding: text.prefix(4096), as: UTF8.self)))
        }
        let result = text.withUnsafeBufferPointer { bytes -> Result<Feed, ParsingError> in
            let tree = FeedTreeBuilder.tree(of: bytes, configuration: configuration)
            guard let root = tree.children(of: FeedTree.root).first(where: { tree[$0].kind == .element })
            else {
                return .failure(
                    .notAFeed(Self.looks(of: String(decoding: bytes.prefix(4096), as: UTF8.self)))
                )
            }
            var reader = FeedReader(tree: tree, url: url, maximumEntries: configuration.maximumEntries)
            guard var feed = reader.feed(root: root) else {
                let name = tree.rawName(of: root)
                let looks = Self.looks(of: String(decoding: bytes.prefix(4096), as: UTF8.self), root: name)
                return .failure(.notAFeed(name.lowercased() == "html" ? "an HTML page" : looks))
            }
            feed.diagnostics = tree.diagnostics + feed.diagnostics
            return .success(feed)
        }
        return try result.get()
    }

    /// The first byte that is neither white space nor a mark of the byte order; `nil` where there is none.
    private static func firstLetter(of text: [UInt8]) -> UInt8? {
        for (place, byte) in text.enumerated() where byte > 0x20 {
            if byte < 0x80 { return byte }
            let rest = String(decoding: text[place...].prefix(4096), as: UTF8.self)
            return rest.trimmed.utf8.first
        }
        return nil
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

    /// Gives every entry an identifier that no other one has: its own, else its page's, else what it says.
    private func name(_ feed: inout Feed) {
        var seen: Set<String> = []
        for index in feed.entries.indices {
            let entry = feed.entries[index]
            let place = "entry \(index + 1)"
            if entry.url.isEmpty { feed.diagnostics.append("\(place): no link") }
            if entry.published == nil, entry.updated == nil { feed.diagnostics.append("\(place): no date") }
            func digest() -> String { Identifier.derived(from: [entry.url, entry.title, entry.text]) }
            var id = entry.id
            if id.isEmpty {
                feed.diagnostics.append("\(place): no identifier")
                id = entry.url.isEmpty ? digest() : URLText.canonical(entry.url)
            }
            if seen.contains(id) {
                feed.diagnostics.append("\(place): the identifier \(id.prefix(200)) is used twice")
                id += "#" + (entry.url.isEmpty ? digest() : URLText.canonical(entry.url))
                let stem = id
                var copy = 2
                while seen.contains(id) {
                    id = "\(stem)-\(copy)"
                    copy += 1
                }
            }
            seen.insert(id)
            feed.entries[index].id = id
        }
    }
}
