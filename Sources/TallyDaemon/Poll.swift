import Fetching
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
    /// The page; empty where there is none.
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
    /// What was wrong with the feed.
    var diagnostics: [String] = []
}

/// Why a poll gave nothing.
struct PollFailure: Error {
    /// A bounded word.
    let label: String
    /// Whether the daemon is stopping, so that nothing can be said of the source.
    var isStop = false
    /// What a person reads, with what is at fault named.
    let reason: String
    /// What the answer asks of the next poll.
    var hints = PollPolicy.Hints()

    init(label: String, reason: String) {
        self.label = label
        self.reason = reason
    }

    init(_ error: FetchError) {
        self.init(label: error.label, reason: error.description)
        isStop = error == .closed
    }

    init(_ error: ParsingError) {
        self.init(label: error.label, reason: error.description)
    }
}

/// Looks at sources: over HTTP, in a local file, in a local folder.
struct Poller: Sendable {
    let client: any HTTPClient
    let feedParser = FeedParser()

    /// Asks a source for what is new since its state.
    ///
    /// - Throws: ``PollFailure``.
    func poll(_ source: Source, state: SourceState, now: Date) async throws(PollFailure) -> Poll {
        if source.url.hasPrefix("file:") { return try pollFile(source, state: state) }
        let response: FetchResponse
        do {
            response = try await client.send(FetchRequest(url: source.url, validators: state.validators))
        } catch {
            throw PollFailure(error)
        }
        let wait = Freshness.minimumSeconds(of: response, now: now) ?? 0
        guard (200..<300).contains(response.status) || response.status == 304 else {
            var failure = PollFailure(
                label: "http_\(response.status)",
                reason: "HTTP status \(response.status)"
            )
            failure.hints.retryAfterSeconds = [429, 503].contains(response.status) ? wait : 0
            throw failure
        }
        var poll = Poll()
        poll.hints.freshForSeconds = wait
        poll.validators = response.validators
        if response.status == 304 {
            // A 304 may bring new validators (RFC 9110 §15.4.5); where it brings none, the old ones stay.
            poll.validators.entityTag = poll.validators.entityTag ?? state.validators.entityTag
            poll.validators.lastModified = poll.validators.lastModified ?? state.validators.lastModified
            poll.bodyDigest = state.bodyDigest
            return poll
        }
        return try read(
            response.body,
            contentType: response.header("content-type"),
            of: source,
            state: state,
            into: poll
        )
    }

    private func pollFile(_ source: Source, state: SourceState) throws(PollFailure) -> Poll {
        guard let path = LocalDocuments.path(ofFileURL: source.url) else {
            throw PollFailure(label: "bad_url", reason: "\(source.url) is no file URL")
        }
        do {
            guard LocalDocuments.isDirectory(path) else {
                let bytes = try LocalDocuments.read(path, maximumBytes: 8 << 20)
                return try read(bytes, contentType: nil, of: source, state: state, into: Poll())
            }
            var poll = Poll()
            poll.candidates = try LocalDocuments.list(directory: path).map { document in
                Candidate(
                    id: document.url,
                    url: document.url,
                    digest: "\(document.modifiedAt.timeIntervalSince1970) \(document.size)",
                    text: .document(path: document.path),
                    entry: FeedEntry(id: document.url, url: document.url),
                    feedTitle: ""
                )
            }
            return poll
        } catch let error as PollFailure {
            throw error
        } catch let error as FetchError {
            throw PollFailure(error)
        } catch {
            throw PollFailure(label: "unreadable", reason: "\(error)")
        }
    }

    private func read(
        _ body: [UInt8],
        contentType: String?,
        of source: Source,
        state: SourceState,
        into poll: Poll
    ) throws(PollFailure) -> Poll {
        var poll = poll
        let digest = Identifier.digest(of: body)
        poll.bodyDigest = digest
        guard digest != state.bodyDigest else { return poll }
        let isPage =
            source.kind == .page
            || source.kind == .auto && DocumentSniffer.kind(of: body, contentType: contentType) == .page
        if isPage {
            poll.candidates = [
                Candidate(
                    id: source.url,
                    url: source.url,
                    digest: digest,
                    text: .bytes(body, contentType: contentType),
                    entry: FeedEntry(id: source.url, url: source.url),
                    feedTitle: ""
                )
            ]
            return poll
        }
        do {
            let feed = try feedParser.feed(from: body, contentType: contentType, url: source.url)
            poll.diagnostics = feed.diagnostics
            poll.hints.freshForSeconds = max(poll.hints.freshForSeconds, feed.timeToLiveSeconds ?? 0)
            poll.candidates = feed.entries.map { Candidate(of: $0, in: feed, fetch: source.fetch) }
            return poll
        } catch {
            throw PollFailure(error)
        }
    }
}

extension Candidate {
    /// An entry of a feed: its page where it leads to one and the source wants it, else what the feed says of it.
    init(of entry: FeedEntry, in feed: Feed, fetch: Source.Fetch = .auto) {
        let isFeed = fetch == .feed && !entry.text.isEmpty || fetch == .auto && entry.hasWholeText
        let isWeb = entry.url.hasPrefix("http://") || entry.url.hasPrefix("https://")
        let dates = [entry.published, entry.updated].map { $0.map(Timestamp.text(of:)) ?? "" }
        self.init(
            id: entry.id,
            url: entry.url,
            digest: Identifier.derived(from: [entry.title, entry.text] + dates),
            text: isWeb && !isFeed ? .page : .entry,
            entry: entry,
            feedTitle: feed.title
        )
    }
}
