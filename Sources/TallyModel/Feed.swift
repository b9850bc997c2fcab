public import FoundationEssentials

/// A feed as its source gave it, with what was wrong with it.
public struct Feed: Codable, Hashable, Sendable {
    /// The format that a feed was written in.
    public enum Format: String, Codable, CaseIterable, Sendable {
        case rss, rdf, atom, json, sitemap
    }

    /// The format that it was written in.
    public var format: Format
    /// The feed's title as plain text; empty where it has none.
    public var title: String
    /// The page that the feed belongs to, absolute; empty where it names none.
    public var url: String
    /// A BCP 47 tag, `nil` where the feed names none.
    public var language: String?
    /// When the feed wishes to be asked.
    public var hints = FeedHints()
    /// Where the feed tells of its news.
    public var hubLinks = HubLinks()
    /// Whether the document ends before its end: what it says may be less than the server meant to say.
    public var isTruncated = false
    /// The entries in the order of the document.
    public var entries: [FeedEntry]
    /// The sitemaps that an index of sitemaps names, in the order of the document; empty for anything else.
    public var sitemaps: [SitemapReference] = []
    /// One sentence for each thing that was wrong, with its place.
    public var diagnostics: [String]

    private enum CodingKeys: CodingKey {
        case format, title, url, language, entries, diagnostics
    }

    /// Creates a feed without entries.
    public init(format: Format, title: String = "", url: String = "") {
        self.format = format
        self.title = title
        self.url = url
        entries = []
        diagnostics = []
    }
}

/// When a feed wishes to be asked.
public struct FeedHints: Codable, Hashable, Sendable {
    /// The time that the feed may be kept for: RSS `ttl`, or `sy:updatePeriod` by `sy:updateFrequency`, in seconds.
    public var freshForSeconds: Double?
    /// Hours of the day in GMT, 0 to 23, in which the feed does not change (RSS `skipHours`).
    public var skipHours: Set<Int> = []
    /// Days of the week in GMT, 0 for Sunday to 6, on which the feed does not change (RSS `skipDays`).
    public var skipDays: Set<Int> = []

    /// Creates the hints of a feed that wishes nothing.
    public init() {}
}

/// One item of a feed as the source gave it.
public struct FeedEntry: Codable, Hashable, Sendable {
    /// What names the entry within its source: its own identifier, else its URL, else a digest of what it says.
    public var id: String
    /// The article's page, absolute; empty where the entry names none.
    public var url: String
    /// The title as plain text.
    public var title: String
    /// Plain text of the content, else of the summary; paragraphs are separated by blank lines.
    public var text: String
    /// Whether ``text`` comes from the entry's full content and not from a summary.
    public var hasFullContent: Bool
    /// The authors' names.
    public var authors: [String]
    /// When it was published; `nil` where the entry does not say or cannot be understood.
    public var published: Date?
    /// When it was last changed, by its own word.
    public var updated: Date?
    /// The categories, each once.
    public var tags: [String]

    /// Creates an entry that holds nothing but its identifier and URL.
    public init(id: String, url: String = "", title: String = "", text: String = "") {
        self.id = id
        self.url = url
        self.title = title
        self.text = text
        hasFullContent = false
        authors = []
        tags = []
    }

    /// Whether the text is the article itself and no beginning of it that leads on to the page.
    public var hasWholeText: Bool {
        guard hasFullContent, text.utf8.count >= 600 else { return false }
        // Bytes in place of characters: this is asked of every entry of every feed.
        let end = text.utf8.suffix(72).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        let isCut = Self.cutEnds.contains { end.suffix($0.count).elementsEqual($0) }
        return !isCut && !Self.invitations.contains { Self.holds(end, $0) }
    }

    private static func holds(_ bytes: [UInt8], _ words: [UInt8]) -> Bool {
        guard bytes.count >= words.count else { return false }
        return (0...(bytes.count - words.count)).contains { bytes[$0...].starts(with: words) }
    }

    /// What a text ends with that goes on elsewhere, in lower case.
    private static let cutEnds = ["…", "...", "[…]", "[...]", "read more", "»", "→"].map { Array($0.utf8) }
    /// What stands near the end of such a text.
    private static let invitations = ["continue reading", "read the full"].map { Array($0.utf8) }

    private enum CodingKeys: String, CodingKey {
        case id, url, title, text, hasFullContent = "full_content", authors, published, updated, tags
    }

    /// Writes every key, `null` for what is not known.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(url, forKey: .url)
        try container.encode(title, forKey: .title)
        try container.encode(text, forKey: .text)
        try container.encode(hasFullContent, forKey: .hasFullContent)
        try container.encode(authors, forKey: .authors)
        try container.encode(published, forKey: .published)
        try container.encode(updated, forKey: .updated)
        try container.encode(tags, forKey: .tags)
    }
}
