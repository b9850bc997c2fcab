import Fetching
import FoundationEssentials
import TallyModel

/// Which sitemaps of an index are read.
enum SitemapPolicy {
    /// The sitemaps that are read in one poll.
    static let sitemapsAtOnce = 4
    /// The time before the last good poll in which a change may have been missed: many indexes name days only, in seconds.
    static let slackSeconds: Double = 86400

    /// Returns the sitemaps that may have something new, those that say so first and the newest of them before all,
    /// else in the order of the index.
    ///
    /// Only those of the index's own host count, as the protocol asks
    /// (<https://www.sitemaps.org/protocol.html#sitemapIndex_sitemap>).
    ///
    /// - Parameters:
    ///   - sitemaps: What the index names.
    ///   - url: Where the index is.
    ///   - last: The last good poll; `nil` before the first one.
    /// - Returns: So many of them as are read in one poll.
    static func chosen(
        of sitemaps: [SitemapReference],
        from url: String,
        since last: Date?
    ) -> [SitemapReference] {
        let since = last?.addingTimeInterval(-slackSeconds) ?? .distantPast
        let own = sitemaps.filter { $0.url != url && FetchOrigin.isShared(url, $0.url) }
        let dated = own.filter { $0.updated.map { $0 > since } ?? false }
            .sorted { ($0.updated ?? .distantPast) > ($1.updated ?? .distantPast) }
        return Array((dated + own.filter { $0.updated == nil }).prefix(sitemapsAtOnce))
    }
}
