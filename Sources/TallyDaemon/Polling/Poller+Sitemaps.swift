import Dispatching
import FoundationEssentials
import Parsing
import TallyModel

extension Poller {
    /// Reads the sitemaps that an index names, one after the other, as entries of the source itself.
    ///
    /// What could not be read is asked for again with the next poll, whatever the server calls the index then.
    ///
    /// - Throws: ``PollFailure`` where none of the sitemaps could be read.
    func follow(
        _ index: Poll,
        from url: String,
        of source: Source,
        _ state: SourceState,
        _ now: Date,
        _ lane: Lane?
    ) async throws(PollFailure) -> Poll {
        var poll = index
        var failure: PollFailure?
        var isComplete = true
        var seen: Set<String> = []
        // Without a digest the last reading was not complete.
        let last = state.bodyDigest == nil ? nil : state.lastSuccessAt
        let chosen = SitemapPolicy.chosen(of: index.sitemaps, from: url, since: last)
        for sitemap in chosen {
            // An index that says not when a sitemap changed says not that one has.
            if sitemap.updated == nil { isComplete = false }
            do throws(PollFailure) {
                let feed = try await feed(ofSitemap: sitemap.url, source, now, lane)
                if feed.isTruncated { isComplete = false }
                poll.diagnostics += feed.diagnostics.map { "\(sitemap.url): \($0)" }
                poll.entryGapSeconds = poll.entryGapSeconds ?? feed.entryGapSeconds
                let new = feed.entries.filter { seen.insert($0.id).inserted }
                poll.candidates =
                    (poll.candidates ?? [])
                    + new.map {
                        Candidate(of: $0, in: feed, fetch: source.fetch)
                    }
            } catch {
                guard !error.isStop else { throw error }
                poll.diagnostics.append("\(sitemap.url): \(error.reason)")
                failure = error
                // It is the sitemap that is gone, not the source.
                failure?.isGone = false
                isComplete = false
            }
        }
        if let failure, seen.isEmpty { throw failure }
        if !isComplete {
            poll.validators = Validators()
            poll.bodyDigest = nil
        }
        return poll
    }

    private func feed(
        ofSitemap url: String,
        _ source: Source,
        _ now: Date,
        _ lane: Lane?
    ) async throws(PollFailure) -> Feed {
        let response = try await answer(to: url, source, SourceState(nextPollAt: now), now)
        return try await withTaskExecutorPreference(lane) { () async throws(PollFailure) in
            do throws(ParsingError) {
                let type = response.header("content-type")
                return try feedParser.feed(from: response.body, contentType: type, url: response.url)
            } catch {
                throw PollFailure(error)
            }
        }
    }
}
