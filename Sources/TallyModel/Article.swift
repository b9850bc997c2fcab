public import FoundationEssentials

/// The text behind an entry, extracted from its page or from the feed's full content.
public struct Article: Codable, Hashable, Sendable {
    /// The canonical URL; empty where none is known.
    public var url: String
    /// The headline, without the site's name.
    public var title: String
    /// Who published it; empty where it is not known.
    public var outlet: String
    /// The names of the byline.
    public var authors: [String]
    /// When it was published.
    public var published: Date?
    /// When it was last changed, by its own word.
    public var modified: Date?
    /// The zone that ``published`` was written in, in minutes east of UTC; `nil` where none was named.
    public var publishedZone: Int?
    /// The zone that ``modified`` was written in, in minutes east of UTC; `nil` where none was named.
    public var modifiedZone: Int?
    /// A BCP 47 tag, declared or detected.
    public var language: String?
    /// Whether ``text`` is only the beginning of the article: the page stands behind a paywall or is a stub.
    public var isPartial = false
    /// The paragraphs, separated by blank lines.
    public var text: String

    /// Creates an article; what is left out is not known.
    public init(
        url: String = "",
        title: String = "",
        outlet: String = "",
        authors: [String] = [],
        published: Date? = nil,
        modified: Date? = nil,
        language: String? = nil,
        text: String
    ) {
        self.url = url
        self.title = title
        self.outlet = outlet
        self.authors = authors
        self.published = published
        self.modified = modified
        self.language = language
        self.text = text
    }

    private enum CodingKeys: String, CodingKey {
        case url, title, outlet, authors, published, modified, language, isPartial = "partial", text
    }

    /// Reads an article in which everything but the text may be missing.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        url = try container.decodeIfPresent(String.self, forKey: .url) ?? ""
        title = try container.decodeIfPresent(String.self, forKey: .title) ?? ""
        outlet = try container.decodeIfPresent(String.self, forKey: .outlet) ?? ""
        authors = try container.decodeIfPresent([String].self, forKey: .authors) ?? []
        published = try container.decodeIfPresent(Date.self, forKey: .published)
        modified = try container.decodeIfPresent(Date.self, forKey: .modified)
        func zone(of key: CodingKeys) throws -> Int? {
            try container.decodeIfPresent(String.self, forKey: key).flatMap(Timestamp.minutesEast(in:))
        }
        publishedZone = published == nil ? nil : try zone(of: .published)
        modifiedZone = modified == nil ? nil : try zone(of: .modified)
        language = try container.decodeIfPresent(String.self, forKey: .language)
        isPartial = try container.decodeIfPresent(Bool.self, forKey: .isPartial) ?? false
        text = try container.decode(String.self, forKey: .text)
    }

    /// Writes every key, `null` for what is not known, and dates in the zone that they were written in.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(url, forKey: .url)
        try container.encode(title, forKey: .title)
        try container.encode(outlet, forKey: .outlet)
        try container.encode(authors, forKey: .authors)
        let dates = [
            (published, publishedZone, CodingKeys.published), (modified, modifiedZone, CodingKeys.modified),
        ]
        for (date, zone, key) in dates {
            try container.encode(date.map { Timestamp.text(of: $0, minutesEast: zone) }, forKey: key)
        }
        try container.encode(language, forKey: .language)
        try container.encode(isPartial, forKey: .isPartial)
        try container.encode(text, forKey: .text)
    }
}
