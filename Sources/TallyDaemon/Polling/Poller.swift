import Dispatching
import Fetching
import FoundationEssentials
import Parsing
import TallyModel

/// Looks at sources: over HTTP, in a local file, in a local folder.
struct Poller: Sendable {
    let client: any HTTPClient
    let feedParser = FeedParser()

    /// The largest answer of a source that is read, in bytes after decompression.
    static let maximumBytes = 8 << 20
    /// The time after which a source is asked without validators: some servers say for ever that nothing changed.
    static let wholeAfterSeconds: Double = 7 * 86400

    /// Asks a source for what is new since its state; what came is read on the lane.
    ///
    /// - Throws: ``PollFailure``.
    nonisolated(nonsending) func poll(
        _ source: Source,
        state: SourceState,
        now: Date,
        lane: Lane? = nil
    ) async throws(PollFailure) -> Poll {
        if source.url.hasPrefix("file:") {
            return try await onLane(lane) { () async throws(PollFailure) in
                try pollFile(source, state: state)
            }
        }
        let (poll, found) = try await ask(address(of: source, state), source, state, now, lane)
        guard let found else { return poll }
        // The page names a feed: that is what is asked from now on.
        var fresh = SourceState(nextPollAt: now)
        fresh.kind = .feed
        var (feed, _) = try await ask(found, source, fresh, now, lane)
        feed.feedURL = found
        return feed
    }

    /// Asks one URL; gives the feed to ask instead where the answer is a page that names one.
    nonisolated(nonsending) private func ask(
        _ url: String,
        _ source: Source,
        _ state: SourceState,
        _ now: Date,
        _ lane: Lane?
    ) async throws(PollFailure) -> (Poll, feed: String?) {
        let response = try await answer(to: url, source, state, now)
        var poll = Poll()
        poll.hints.freshForSeconds = Freshness.minimumSeconds(of: response, now: now) ?? 0
        poll.validators = response.validators
        poll.wireBytes = response.transferredBytes
        poll.permanentURL = response.permanentURL
        poll.feedURL = url == state.feedURL ? url : nil
        let links = response.headers.lazy.filter { $0.isNamed("link") }.map(\.value)
        poll.hubLinks = LinkField.hubLinks(in: Array(links), url: response.url)
        if response.status == 304 {
            // A 304 may bring new validators (RFC 9110 §15.4.5); where it brings none, the old ones stay.
            poll.validators.entityTag = poll.validators.entityTag ?? state.validators.entityTag
            poll.validators.lastModified = poll.validators.lastModified ?? state.validators.lastModified
            poll.bodyDigest = state.bodyDigest
            poll.isNotModified = true
            return (poll, nil)
        }
        let asked = poll
        let (whole, feed) = try await onLane(lane) { () async throws(PollFailure) in
            if let feed = namedFeed(in: response, of: source, state) { return (asked, feed as String?) }
            let type = response.header("content-type")
            return (try read(response.body, type, from: response.url, of: source, state, into: asked), nil)
        }
        guard !whole.sitemaps.isEmpty else { return (whole, feed) }
        return (try await follow(whole, from: response.url, of: source, state, now, lane), nil)
    }

    nonisolated(nonsending) func answer(
        to url: String,
        _ source: Source,
        _ state: SourceState,
        _ now: Date
    ) async throws(PollFailure) -> FetchResponse {
        let isStale = state.lastWholeAt.map { now.timeIntervalSince($0) > Self.wholeAfterSeconds } ?? false
        var request = FetchRequest(
            url: url,
            validators: isStale ? Validators() : state.validators,
            maximumBodyBytes: Self.maximumBytes
        )
        if FetchOrigin.isShared(source.url, url) { request.privateHeaders = source.manners.privateHeaders }
        let response: FetchResponse
        do {
            response = try await client.send(request)
        } catch {
            throw PollFailure(error)
        }
        if response.header("cf-mitigated")?.lowercased() == "challenge" {
            throw PollFailure(
                label: "blocked",
                reason: "the server wants to see a browser (cf-mitigated: challenge)"
            )
        }
        if response.status == 304, request.validators == Validators() {
            throw PollFailure(
                label: "http_304",
                reason: "HTTP status 304, though the server was not asked whether anything has changed"
            )
        }
        if [301, 302, 303, 307, 308].contains(response.status), response.header("location") == nil {
            throw PollFailure(
                label: "http_\(response.status)",
                reason: "HTTP status \(response.status) without the place that it leads to"
            )
        }
        guard (200..<300).contains(response.status) || response.status == 304 else {
            var failure = PollFailure(
                label: "http_\(response.status)",
                reason: "HTTP status \(response.status)"
            )
            failure.isGone = response.status == 410
            failure.hints.retryAfterSeconds = Freshness.minimumSeconds(of: response, now: now) ?? 0
            if ![429, 503].contains(response.status) { failure.hints.retryAfterSeconds = 0 }
            throw failure
        }
        return response
    }

    /// The feed that a page names: where the source is to be a feed, or is the front page of a site.
    private func namedFeed(in response: FetchResponse, of source: Source, _ state: SourceState) -> String? {
        let isWanted = source.kind == .feed || source.kind == .auto && URLText.isRoot(source.url)
        guard isWanted, state.kind == nil || state.kind == .feed && state.feedURL == nil else { return nil }
        let type = response.header("content-type")
        guard DocumentSniffer.kind(of: response.body, contentType: type) == .page else { return nil }
        return FeedDiscovery.feeds(in: response.body, contentType: type, url: response.url)
            .first { $0 != response.url && $0 != source.url }
    }

    private func pollFile(_ source: Source, state: SourceState) throws(PollFailure) -> Poll {
        guard let path = LocalDocuments.path(ofFileURL: source.url) else {
            throw PollFailure(label: "bad_url", reason: "\(source.url) is no file URL")
        }
        do {
            guard LocalDocuments.isDirectory(path) else {
                let bytes = try LocalDocuments.read(path, maximumBytes: Self.maximumBytes)
                return try read(bytes, nil, from: source.url, of: source, state, into: Poll())
            }
            var poll = Poll()
            poll.kind = .folder
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

    /// Reads what a hub has sent of a source: all of its feed, or only what is new.
    ///
    /// - Throws: ``PollFailure`` where it is no feed.
    func read(_ push: PushBox.Push, of source: Source, _ state: SourceState) throws(PollFailure) -> Poll {
        let feed: Feed
        do {
            let url = address(of: source, state)
            feed = try feedParser.feed(from: push.body, contentType: push.contentType, url: url)
        } catch {
            throw PollFailure(error)
        }
        var poll = Poll()
        poll.diagnostics = feed.diagnostics
        poll.candidates = feed.entries.map { Candidate(of: $0, in: feed, fetch: source.fetch) }
        return poll
    }

    /// The URL that is asked for a source.
    private func address(of source: Source, _ state: SourceState) -> String {
        state.feedURL ?? state.move.flatMap { $0.isTaken ? $0.url : nil } ?? source.url
    }

    private func read(
        _ body: [UInt8],
        _ contentType: String?,
        from url: String,
        of source: Source,
        _ state: SourceState,
        into poll: Poll
    ) throws(PollFailure) -> Poll {
        var poll = poll
        guard !body.isEmpty else { throw PollFailure(ParsingError.empty) }
        let digest = Identifier.digest(of: body)
        poll.bodyDigest = digest
        guard digest != state.bodyDigest else { return poll }
        if try isPage(body, contentType, source, state) {
            poll.kind = .page
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
        let feed: Feed
        do {
            feed = try feedParser.feed(from: body, contentType: contentType, url: url)
        } catch {
            throw PollFailure(error)
        }
        poll.kind = .feed
        poll.sitemaps = feed.sitemaps
        // The fields of the answer go before what the feed says.
        if poll.hubLinks == nil { poll.hubLinks = feed.hubLinks }
        if poll.hubLinks?.topic == nil { poll.hubLinks?.topic = url }
        // An index is well; what is wrong with the sitemaps that it names is told of them.
        poll.diagnostics = feed.sitemaps.isEmpty ? feed.diagnostics : []
        poll.feedHints = feed.hints
        poll.entryGapSeconds = feed.entryGapSeconds
        poll.candidates = feed.entries.map { Candidate(of: $0, in: feed, fetch: source.fetch) }
        if feed.isTruncated {
            // What is missing is asked for again, whatever the server calls it.
            poll.validators = state.validators
            poll.bodyDigest = state.bodyDigest
        }
        return poll
    }

    private func isPage(
        _ body: [UInt8],
        _ contentType: String?,
        _ source: Source,
        _ state: SourceState
    ) throws(PollFailure) -> Bool {
        guard source.kind == .auto else { return source.kind == .page }
        guard DocumentSniffer.kind(of: body, contentType: contentType) == .page else { return false }
        // A wall, a login or a parking page: none of them is an article.
        guard state.kind != .feed else {
            throw PollFailure(label: "not_a_feed", reason: "the source was a feed and sends an HTML page now")
        }
        return true
    }
}

extension Feed {
    /// The median time between two entries by their dates, in seconds; `nil` for fewer than three dates.
    var entryGapSeconds: Double? {
        let dates = entries.compactMap { $0.published ?? $0.updated }.sorted().suffix(30)
        guard dates.count >= 3 else { return nil }
        let gaps = zip(dates.dropFirst(), dates).map { $0.timeIntervalSince($1) }.sorted()
        return gaps[gaps.count / 2]
    }
}
