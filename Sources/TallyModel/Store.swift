public import FoundationEssentials

/// What is known of an entry: enough to tell whether it must be read, or read again.
public struct EntryRecord: Hashable, Sendable {
    /// The name of its source.
    public var source: String
    /// Its identifier within the source.
    public var entryID: String
    /// The page that it leads to; empty where it leads nowhere.
    public var url: String
    /// Digest of what the source says of it: a changed one asks for another look at the page.
    public var digest: String
    /// When it was first seen.
    public var firstSeenAt: Date
    /// The article that was read; `nil` until then.
    public var articleID: String?
    /// The validators of its page.
    public var validators: Validators
    /// When its page is looked at again: a retry before the first reading, a check for quiet edits after it.
    public var nextCheckAt: Date?
    /// Readings that failed since the last good one.
    public var failureCount: Int
    /// What the source says of it, for as long as that may be needed: until its page is read, and beyond where the
    /// source gives the full text.
    public var entry: FeedEntry?
    /// The feed's title, the outlet of an article that names none.
    public var feedTitle: String
    /// Whether it came with the first poll of a source that is to build baselines in silence.
    public var isSilent: Bool

    /// Creates the record of an entry that has not been read.
    public init(source: String, entryID: String, url: String, digest: String, firstSeenAt: Date) {
        self.source = source
        self.entryID = entryID
        self.url = url
        self.digest = digest
        self.firstSeenAt = firstSeenAt
        validators = Validators()
        failureCount = 0
        feedTitle = ""
        isSilent = false
    }
}

/// The newest revision of an article that was read before.
public struct KnownArticle: Hashable, Sendable {
    /// The newest revision's identifier.
    public var revisionID: String
    /// The story that the article belongs to.
    public var storyID: String
    /// The newest revision's number, from 1.
    public var revisionNumber: Int
    /// The claims of the newest revision, in order of the text.
    public var claims: [SourcedClaim]

    /// Creates what is known of an article.
    public init(revisionID: String, storyID: String, revisionNumber: Int, claims: [SourcedClaim]) {
        self.revisionID = revisionID
        self.storyID = storyID
        self.revisionNumber = revisionNumber
        self.claims = claims
    }
}

/// Everything that the reading of one revision changes, written in one transaction.
public struct ReadingCommit: Sendable {
    /// The entry that led to the article.
    public var entry: EntryRecord
    /// The revision's reference; its identifiers are derived, so that writing twice is writing once.
    public var reference: ArticleReference
    /// The number of the revision, from 1.
    public var revisionNumber: Int
    /// The article as it was read.
    public var article: Article
    /// When it was read.
    public var readAt: Date
    /// The claims of the revision.
    public var claims: [SourcedClaim]
    /// The story as the article left it.
    public var story: Story
    /// The article that this one is a near-copy of.
    public var nearCopyOf: String?
    /// Every figure that is new or changed.
    public var figures: [Figure]
    /// How the baselines of these figures moved, and why.
    public var moves: [BaselineMove]
    /// The alerts that were raised.
    public var alerts: [Alert]
    /// The deliveries that the alerts ask for.
    public var deliveries: [PlannedDelivery]

    /// Creates a commit that raises nothing.
    public init(
        entry: EntryRecord,
        reference: ArticleReference,
        revisionNumber: Int,
        article: Article,
        readAt: Date,
        claims: [SourcedClaim],
        story: Story
    ) {
        self.entry = entry
        self.reference = reference
        self.revisionNumber = revisionNumber
        self.article = article
        self.readAt = readAt
        self.claims = claims
        self.story = story
        figures = []
        moves = []
        alerts = []
        deliveries = []
    }
}

/// Keeps sources' states, entries, articles, claims, stories, figures, alerts and deliveries.
///
/// Every method is one transaction; one writer at a time. A failed one has changed nothing.
public protocol Store: DeliveryStore {
    /// Returns what is remembered of a source; `nil` before its first poll, and again where its URL has changed.
    func state(of source: Source) async throws -> SourceState?

    /// Hands over what is remembered of each source, one after the other: with the name and the URL that it was polled
    /// by, and when the next of its entries is to be looked at again, `nil` for none.
    func readStates(
        _ take:
            @escaping @Sendable (_ name: String, _ url: String, _ state: SourceState, _ nextCheck: Date?) ->
            Void
    ) async throws

    /// Writes the states of sources, all or none.
    ///
    /// Of one that is only polled (``SourceState/isOnlyPolled(since:)``) since it was written no more is written than
    /// that.
    func save(_ states: [(source: Source, state: SourceState, isOnlyPolled: Bool)]) async throws

    /// Writes the state of a source, and the alert on it that the state calls for.
    func save(
        _ state: SourceState,
        of source: Source,
        alert: Alert?,
        deliveries: [PlannedDelivery]
    ) async throws

    /// Returns the entries of a source among some identifiers, by identifier.
    func entries(ofSource name: String, among ids: [String]) async throws -> [String: EntryRecord]

    /// Returns the entries of a source whose pages are to be looked at again, the longest due first.
    func entriesDue(ofSource name: String, at now: Date, limit: Int) async throws -> [EntryRecord]

    /// Returns when the next entry of each source is to be looked at again, by the source's name.
    func checksDue() async throws -> [String: Date]

    /// Returns when the next entry of a source is to be looked at again; `nil` where none is.
    func nextCheck(ofSource name: String) async throws -> Date?

    /// Moves what is remembered of the entries of a source by the clock, after the clock was set back.
    ///
    /// - Parameters:
    ///   - name: The source.
    ///   - seconds: By how much the clock was set; negative.
    ///   - now: The time by the clock as it is.
    /// - Throws: What the store says; nothing is moved then.
    func moveChecks(ofSource name: String, bySeconds seconds: Double, at now: Date) async throws

    /// Returns when each of some articles was last read as a new revision; those that never were are left out.
    func articlesRead(among ids: [String]) async throws -> [String: Date]

    /// Writes entries without anything having been read of them.
    func save(_ entries: [EntryRecord]) async throws

    /// Returns the newest revision of an article; `nil` if it was never read.
    func knownArticle(_ id: String) async throws -> KnownArticle?

    /// Returns the stories with the newest articles, at most `limit`.
    func recentStories(limit: Int) async throws -> [Story]

    /// Returns the figures of a story, each with its newest claims (``Figure/claimsInMemory``), oldest first.
    func figures(ofStory id: String) async throws -> [Figure]

    /// Returns one figure with all of its claims; `nil` if there is none.
    func figure(_ id: String) async throws -> Figure?

    /// Writes a reading whole: entry, article, revision, claims, story, figures, alerts and their deliveries.
    func commit(_ reading: ReadingCommit) async throws

    /// Writes a figure that a person has changed, and how its baseline moved by that.
    ///
    /// - Parameters:
    ///   - figure: The figure as it stands.
    ///   - move: The move; `nil` where the baseline is what it was.
    ///   - now: When the person said so.
    /// - Throws: What the store says; nothing is written then.
    func save(_ figure: Figure, move: BaselineMove?, at now: Date) async throws

    /// Writes that a person has seen an alert, and plans to tell the sinks that follow it; returns whether it is known.
    func acknowledge(_ alert: String, telling sinks: [String], at now: Date) async throws -> Bool

    /// Gives up the pending deliveries to sinks that no longer exist and returns how many there were.
    func abandonDeliveries(exceptTo sinks: [String], at now: Date) async throws -> Int
}
