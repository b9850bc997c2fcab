/// Finds the feeds that a page names
/// (<https://www.rssboard.org/rss-autodiscovery>, <https://html.spec.whatwg.org/multipage/links.html#rel-alternate>).
public enum FeedDiscovery {
    /// Returns the feeds of a page, absolute and each once: those of its links first, comments' feeds last.
    ///
    /// - Parameters:
    ///   - bytes: The page as it came.
    ///   - contentType: The Content-Type it came with.
    ///   - url: Where it came from.
    /// - Returns: Absolute URLs, the likeliest first; empty for a page that names none.
    public static func feeds(in bytes: [UInt8], contentType: String?, url: String) -> [String] {
        let text = CharacterDecoder.text(of: bytes, contentType: contentType)
        let tree = MarkupParser(configuration: ParsingConfiguration()).tree(ofHTML: text)
        var base = url
        var found: [(rank: Int, url: String)] = []
        for node in tree.nodes {
            if node.name == "base", let reference = node.attributes["href"] {
                base = URLText.absolute(reference, base: url)
            }
            guard ["link", "a"].contains(node.name), let reference = node.attributes["href"],
                !reference.trimmed.isEmpty
            else { continue }
            let relations = (node.attributes["rel"] ?? "").lowercased().split(whereSeparator: \.isWhitespace)
            let isAlternate = relations.contains("alternate") || relations.contains("feed")
            let type = (node.attributes["type"] ?? "").lowercased().prefix { $0 != ";" }.trimmed
            guard isAlternate, types.contains(type) || relations.contains("feed") && type.isEmpty else {
                continue
            }
            let words = (node.attributes["title"] ?? "").lowercased() + reference.lowercased()
            found.append((words.contains("comment") ? 1 : 0, URLText.absolute(reference, base: base)))
        }
        var seen: Set<String> = []
        return found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
            .map(\.element.url).filter { URLText.isAbsolute($0) && seen.insert($0).inserted }
    }

    private static let types: Set<String> = [
        "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/rss+xml",
        "application/json", "text/xml", "application/xml",
    ]
}
