public import FoundationEssentials

/// A configured thing that is polled: a feed, a page, or a local folder.
public struct Source: Hashable, Sendable {
    /// What stands behind the source's URL.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        /// Told from what the server sends.
        case auto
        /// RSS, Atom, JSON Feed or a news sitemap.
        case feed
        /// One HTML page that is itself the article.
        case page
        /// A directory of documents, named by a `file:` URL.
        case folder
    }

    /// Where the text of a feed's entries is taken from.
    public enum Fetch: String, Codable, CaseIterable, Sendable {
        /// The feed where it gives the whole text, else the entry's page.
        case auto
        /// The feed alone; the pages are never asked for.
        case feed
        /// The entry's page, whatever the feed gives.
        case page
    }

    /// The name that a person gave, unique in the configuration.
    public var name: String { box.values.name }
    /// An `http:`, `https:` or `file:` URL.
    public var url: String { box.values.url }
    /// What stands behind the URL.
    public var kind: Kind { box.values.kind }
    /// The wanted time between two polls, in seconds.
    public var everySeconds: Double { box.values.everySeconds }
    /// Where the text of its entries is taken from.
    public var fetch: Fetch { box.values.fetch }
    /// The longest time between two polls that a quiet source is given, in seconds; never below ``everySeconds``.
    public var maximumEverySeconds: Double {
        get { box.values.maximumEverySeconds }
        set { change { $0.maximumEverySeconds = newValue } }
    }
    /// How the source's server is asked.
    public var manners: SourceManners {
        get { box.values.manners }
        set { change { $0.manners = newValue } }
    }
    /// The ages of an entry, in seconds and growing, at which a page with figures is asked for a quiet edit; empty
    /// for never.
    public var recheckAges: [Double] {
        get { box.values.recheckAges }
        set { change { $0.recheckAges = newValue } }
    }

    /// Tens of thousands of sources are handed from stage to stage: a copy is one reference.
    private var box: Box

    /// Dense while a story is fresh, then ever rarer, to a month.
    public static let usualRecheckAges: [Double] = [
        600, 1800, 3600, 7200, 14400, 28800, 86400, 172_800, 259_200, 604_800, 1_209_600, 2_592_000,
    ]

    /// Creates a source.
    public init(
        name: String,
        url: String,
        kind: Kind = .auto,
        everySeconds: Double = 600,
        maximumEverySeconds: Double? = nil,
        fetch: Fetch = .auto
    ) {
        box = Box(
            Values(
                name: name,
                url: url,
                kind: kind,
                everySeconds: everySeconds,
                fetch: fetch,
                maximumEverySeconds: max(maximumEverySeconds ?? everySeconds * 4, everySeconds)
            )
        )
    }

    /// Returns whether two sources are configured alike.
    public static func == (left: Source, right: Source) -> Bool {
        left.box === right.box || left.box.values == right.box.values
    }

    /// Hashes what the source is configured by.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(box.values)
    }
}

extension Source {
    private struct Values: Hashable, Sendable {
        let name: String
        let url: String
        let kind: Kind
        let everySeconds: Double
        let fetch: Fetch
        var maximumEverySeconds: Double
        var manners = SourceManners()
        var recheckAges = Source.usualRecheckAges
    }

    private final class Box: Sendable {
        let values: Values

        init(_ values: Values) {
            self.values = values
        }
    }

    private mutating func change(_ change: (inout Values) -> Void) {
        var values = box.values
        change(&values)
        box = Box(values)
    }
}

/// What a source's server is told, and what it is obeyed in.
public struct SourceManners: Hashable, Sendable {
    /// Fields with secrets: they go to the origin of the source's URL and nowhere else, and are never logged.
    public var privateHeaders: [HeaderField] = []
    /// Whether `robots.txt` is asked before an article's page is read.
    public var obeysRobots = true

    /// Creates the manners of a source that needs no credentials.
    public init() {}
}

/// What is remembered of a source between two polls.
public struct SourceState: Hashable, Sendable {
    /// The validators of the last good answer, byte for byte.
    public var validators: Validators
    /// SHA-256 of the last body that was read to its end; `nil` before the first.
    public var bodyDigest: String?
    /// When the source is due.
    public var nextPollAt: Date
    /// Polls that failed since the last good one.
    public var failureCount: Int
    /// The label of the last failure, `nil` while the source is well.
    public var lastError: String?
    /// When the last good poll ended; `nil` before the first.
    public var lastSuccessAt: Date?
    /// When the last poll ended, good or not; `nil` before the first.
    public var lastPollAt: Date?
    /// When the source last had something new; `nil` before the first time.
    public var lastChangeAt: Date?
    /// When the whole source last came, and not a 304.
    public var lastWholeAt: Date?
    /// What stands behind the URL by what it sent: a feed that sends a page is blocked, and no page.
    public var kind: Source.Kind?
    /// The wish of the feed itself, which a 304 does not repeat.
    public var feedHints: FeedHints
    /// The usual time between two entries, in seconds; `nil` where the source does not say.
    public var entryGapSeconds: Double?
    /// Why the source is due when it is, in a few words.
    public var reason: String
    /// Where the source has moved to, and how that has proved.
    public var move: SourceMove?
    /// The feed that the source's page names; `nil` where the URL is the feed.
    public var feedURL: String?
    /// When the server said that the source is gone for good (410); `nil` while it is not.
    public var goneAt: Date?
    /// The size of the last whole answer on the wire, in bytes.
    public var wireBytes: Int
    /// The bytes that answers of 304 have saved.
    public var savedBytes: Int
    /// The polls so far.
    public var pollCount: Int
    /// The polls so far that were answered with 304.
    public var unchangedCount: Int

    /// Creates the state of a source that has never been polled.
    public init(nextPollAt: Date) {
        validators = Validators()
        self.nextPollAt = nextPollAt
        failureCount = 0
        feedHints = FeedHints()
        reason = ""
        wireBytes = 0
        savedBytes = 0
        pollCount = 0
        unchangedCount = 0
    }
}

extension SourceState {
    /// Returns whether nothing has changed since an older state but what every poll changes, which is what most polls
    /// do: when it was, when the next one is and why then, the counts.
    public func isOnlyPolled(since older: SourceState) -> Bool {
        var polled = older
        polled.nextPollAt = nextPollAt
        polled.reason = reason
        polled.lastSuccessAt = lastSuccessAt
        polled.lastPollAt = lastPollAt
        polled.savedBytes = savedBytes
        polled.pollCount = pollCount
        polled.unchangedCount = unchangedCount
        return polled == self
    }
}

/// A permanent redirect of a source.
public struct SourceMove: Codable, Hashable, Sendable {
    /// Where it leads to.
    public var url: String
    /// When it was first seen.
    public var since: Date
    /// The polls in a row that saw it.
    public var count: Int
    /// Whether it has proved stable: the new URL is asked in place of the old one.
    public var isTaken: Bool

    /// Creates a redirect that was seen once.
    public init(url: String, since: Date) {
        self.url = url
        self.since = since
        count = 1
        isTaken = false
    }
}

/// What a server gave to ask again with (RFC 9110 §8.8), kept byte for byte.
public struct Validators: Codable, Hashable, Sendable {
    /// The `ETag` field as received.
    public var entityTag: String?
    /// The `Last-Modified` field as received.
    public var lastModified: String?

    /// Creates validators; both are `nil` where the server gave none.
    public init(entityTag: String? = nil, lastModified: String? = nil) {
        self.entityTag = entityTag
        self.lastModified = lastModified
    }
}
