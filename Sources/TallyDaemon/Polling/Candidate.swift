import FoundationEssentials
import Parsing
import TallyModel

/// Something in a source that may be an article worth reading.
struct Candidate: Sendable {
    /// Where its text comes from.
    enum Text: Sendable {
        /// The page at the candidate's URL.
        case page
        /// A local document.
        case document(path: String)
        /// The source's answer itself.
        case bytes([UInt8], contentType: String?)
        /// What the feed says, for an entry that leads nowhere.
        case entry
    }

    /// The identifier within the source.
    var id: String
    /// The page, without parameters that only track; empty where there is none.
    var url: String
    /// Changes when the source says something else of it.
    var digest: String
    /// Where its text comes from.
    var text: Text
    /// What the feed says of it.
    var entry: FeedEntry
    /// The feed's title, the outlet of an article that names none.
    var feedTitle: String
}

extension Candidate {
    /// An entry of a feed: its page where it leads to one and the source wants it, else what the feed says of it.
    init(of entry: FeedEntry, in feed: Feed, fetch: Source.Fetch = .auto) {
        let isFeed = fetch == .feed && !entry.text.isEmpty || fetch == .auto && entry.hasWholeText
        let isWeb = entry.url.hasPrefix("http://") || entry.url.hasPrefix("https://")
        let dates = [entry.published, entry.updated].map { $0.map(Timestamp.text(of:)) ?? "" }
        self.init(
            id: entry.id,
            url: isWeb ? URLText.canonical(entry.url) : entry.url,
            digest: Identifier.derived(from: [entry.title, entry.text] + dates),
            text: isWeb && !isFeed ? .page : .entry,
            entry: entry,
            feedTitle: feed.title
        )
    }
}
