/// The prefixes by which this module names the elements of known namespaces.
///
/// Sources: RFC 4287, RSS 1.0 and its modules (<https://web.resource.org/rss/1.0/modules/>), Dublin Core,
/// Media RSS, <https://www.sitemaps.org/protocol.html>, Google's news sitemaps.
enum XMLNamespaces {
    private static let prefixes = [
        "http://my.netscape.com/rdf/simple/0.9/": "",
        "http://purl.org/atom/ns#": "atom",
        "http://purl.org/dc/elements/1.1/": "dc",
        "http://purl.org/dc/terms/": "dcterms",
        "http://channel.netscape.com/rdf/simple/0.9/": "",
        "http://purl.org/net/rss1.1#": "",
        "http://purl.org/rss/1.0/": "",
        "http://purl.org/rss/1.0/modules/content/": "content",
        "http://search.yahoo.com/mrss": "media",
        "http://search.yahoo.com/mrss/": "media",
        "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
        "http://purl.org/rss/1.0/modules/syndication/": "sy",
        "http://www.google.com/schemas/sitemap-news/0.9": "news",
        "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
        "http://www.sitemaps.org/schemas/sitemap/0.9": "",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
        "http://www.w3.org/1999/xhtml": "",
        "http://www.w3.org/2005/Atom": "atom",
    ]

    /// Returns the prefix of a namespace, empty for one that needs none; `nil` for one that is not known.
    static func prefix(of uri: String) -> String? {
        if let known = prefixes[uri] { return known }
        let plain = uri.hasPrefix("https://") ? "http://" + uri.dropFirst(8) : uri
        return prefixes[plain] ?? prefixes.first { $0.key.lowercased() == plain.lowercased() }?.value
    }
}
