import Foundation
import TallyModel

/// What one look at a source gave.
struct Poll: Sendable {
    /// The candidates in the order of the source; `nil` where nothing has changed.
    var candidates: [Candidate]?
    /// The validators to ask with next time.
    var validators = Validators()
    /// The digest of the body.
    var bodyDigest: String?
    /// What the answer asks of the next poll.
    var hints = PollPolicy.Hints()
    /// What the feed itself asks for; `nil` where it was not read.
    var feedHints: FeedHints?
    /// What the source is; `nil` where it was not read.
    var kind: Source.Kind?
    /// The usual time between two entries, in seconds; `nil` where the feed does not say.
    var entryGapSeconds: Double?
    /// Whether the server said that nothing has changed (304).
    var isNotModified = false
    /// The bytes that came over the wire.
    var wireBytes = 0
    /// Where permanent redirects led; `nil` unless all redirects were permanent.
    var permanentURL: String?
    /// The feed that the source's page names, where it is that feed that was read.
    var feedURL: String?
    /// The sitemaps whose entries belong to the source, where it is an index of them.
    var sitemaps: [SitemapReference] = []
    /// Where the feed tells of its news; `nil` where it was not read.
    var hubLinks: HubLinks?
    /// What was wrong with the feed.
    var diagnostics: [String] = []
}
