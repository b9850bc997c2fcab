/// A feed as an OPML document lists it.
public struct OPMLOutline: Sendable, Hashable {
    /// The feed's title; its URL where the document gives none.
    public var title: String
    /// The feed's address (`xmlUrl`).
    public var url: String

    /// Creates an outline.
    public init(title: String, url: String) {
        self.title = title
        self.url = url
    }
}

/// Lists of feeds, as feed readers exchange them (<https://opml.org/spec2.opml>).
public enum OPML {
    /// Returns the outlines that name a feed, at every level, each URL once and in the order of the document.
    ///
    /// - Throws: ``ParsingError/empty`` for nothing but white space, ``ParsingError/notAFeed(_:)`` where
    ///   there is no OPML.
    public static func outlines(from bytes: [UInt8]) throws(ParsingError) -> [OPMLOutline] {
        let configuration = ParsingConfiguration()
        let text = CharacterDecoder.utf8(
            of: Array(bytes.prefix(configuration.maximumDocumentBytes)),
            contentType: nil
        )
        guard text.contains(where: { $0 > 0x20 }) else { throw .empty }
        guard text.contains(UInt8(ascii: "<")) else { throw .notAFeed("plain text") }
        let found = text.withUnsafeBufferPointer { bytes -> [OPMLOutline]? in
            let tree = FeedTreeBuilder.tree(of: bytes, configuration: configuration)
            let root = tree.children(of: FeedTree.root).first { tree[$0].kind == .element }
            guard let root, tree[root].name == .opml else { return nil }
            return Self.outlines(of: tree)
        }
        guard let found else { throw .notAFeed("no OPML") }
        return found
    }

    private static func outlines(of tree: FeedTree) -> [OPMLOutline] {
        var seen: Set<String> = []
        var outlines: [OPMLOutline] = []
        for index in tree.nodes.indices where tree[index].name == .outline {
            var attributes: [String: String] = [:]
            for (name, value) in tree.attributes(of: index) { attributes[name] = value.collapsed }
            guard let url = attributes["xmlurl"], !url.isEmpty, seen.insert(url).inserted else { continue }
            let titles = [attributes["title"], attributes["text"]].compactMap(\.self)
            outlines.append(OPMLOutline(title: titles.first { !$0.isEmpty } ?? url, url: url))
        }
        return outlines
    }

    /// Returns an OPML 2.0 document that lists some feeds.
    public static func document(title: String, of outlines: [OPMLOutline]) -> String {
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<opml version=\"2.0\">",
            "  <head><title>\(escaped(title))</title></head>", "  <body>",
        ]
        for outline in outlines {
            let name = escaped(outline.title)
            lines.append(
                "    <outline type=\"rss\" text=\"\(name)\" title=\"\(name)\" xmlUrl=\"\(escaped(outline.url))\"/>"
            )
        }
        return (lines + ["  </body>", "</opml>", ""]).joined(separator: "\n")
    }

    private static func escaped(_ text: String) -> String {
        text.filter { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } }
            .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
