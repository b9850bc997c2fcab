public import FoundationEssentials

/// A configured thing that is polled: a feed, a page, or a local folder.
public struct Source: Codable, Hashable, Sendable {
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
    public let name: String
    /// An `http:`, `https:` or `file:` URL.
    public let url: String
    /// What stands behind the URL.
    public let kind: Kind
    /// The wanted time between two polls, in seconds.
    public let everySeconds: Double
    /// Where the text of its entries is taken from.
    public let fetch: Fetch

    /// Creates a source.
    public init(
        name: String,
        url: String,
        kind: Kind = .auto,
        everySeconds: Double = 600,
        fetch: Fetch = .auto
    ) {
        self.name = name
        self.url = url
        self.kind = kind
        self.everySeconds = everySeconds
        self.fetch = fetch
    }
}

/// What is remembered of a source between two polls.
public struct SourceState: Codable, Hashable, Sendable {
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

    /// Creates the state of a source that has never been polled.
    public init(nextPollAt: Date) {
        validators = Validators()
        self.nextPollAt = nextPollAt
        failureCount = 0
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
