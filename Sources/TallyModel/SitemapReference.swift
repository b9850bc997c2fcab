public import FoundationEssentials

/// A sitemap as an index of sitemaps names it (<https://www.sitemaps.org/protocol.html#index>).
public struct SitemapReference: Codable, Hashable, Sendable {
    /// Where it is, absolute.
    public var url: String
    /// When it was last changed, by the index's word; `nil` where it does not say.
    public var updated: Date?

    /// Creates a reference.
    public init(url: String, updated: Date? = nil) {
        self.url = url
        self.updated = updated
    }
}
