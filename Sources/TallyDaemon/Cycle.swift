import Delivering
import Dispatching
import Foundation
import Logging
import Parsing
import TallyModel

/// What one cycle did.
struct CycleReport: Sendable {
    var articles = 0
    var claims = 0
    var alerts = 0
    /// The entries that are new or have changed.
    var newEntries = 0
    /// Why the store took nothing; `nil` where it did.
    var storeFailure: String?
    /// When the source is due again.
    var nextPollAt: Date
}

/// One look at one source, from the poll to the commit: the one place where the stages meet.
struct Cycle: Sendable {
    let store: any Store
    let book: SourceBook
    let ledger: Ledger
    let poller: Poller
    let reader: ArticleReader
    let articlesInHand: ArticlesInHand
    let router: Router
    let firstPoll: AlertSettings.FirstPoll
    let policy = PollPolicy()
    /// Whether what is new is read, and not only stored.
    var readsArticles = true
    /// What asks hubs to tell what is new; `nil` where none can reach the daemon.
    var subscriber: Subscriber?
    let troubles: Troubles
    var headway = Headway()
    let logger: Logger
    let clock: @Sendable () -> Date

    /// Pages of one source that are fetched at once.
    static let pagesAtOnce = 8
    /// Local documents that are read at once and then taken in order of their dates.
    static let documentsAtOnce = 256
    /// Pages that are looked at again in one cycle.
    static let rechecksAtOnce = 20
    /// The time from one batch of pages to the next, in seconds: well above that of pages that all time out.
    static let batchSeconds: Double = 900
    /// How long an article that is read for another source is left to it, in seconds.
    static let inHandSeconds: Double = 30

    /// Polls a source and reads what is new; every failure ends in the source's state and one line of the log.
    ///
    /// With `pollsEarly` the source is polled although it is not due; else only its pages may be. What takes long is
    /// done on the lane, the rest where the caller runs: most cycles find nothing new, and need no other thread.
    nonisolated(nonsending) func run(
        _ source: Source,
        pollsEarly: Bool = true,
        lane: Lane? = nil
    ) async -> CycleReport {
        headway.allow(source.name, seconds: Self.batchSeconds)
        defer { headway.end(source.name) }
        let now = clock()
        var report = CycleReport(nextPollAt: now.addingTimeInterval(source.everySeconds))
        do {
            var state: SourceState
            // Nearly every state is in memory, and needs no wait.
            if let known = book.knownState(of: source) {
                state = known
            } else {
                state = try await book.state(of: source)
            }
            let isFromTheFuture = PollPolicy.isFromTheFuture(state, at: now)
            if isFromTheFuture, let last = state.lastPollAt {
                // By how much the clock was set is known from the last poll: a page waits no longer than it did then.
                let seconds = now.timeIntervalSince(last)
                try await store.moveChecks(ofSource: source.name, bySeconds: seconds, at: now)
                book.forgetChecks(of: source)
            }
            let isTold = await subscriber?.liveUntil(source.name) != nil
            try await takePushes(of: source, &state, on: lane, into: &report)
            let due = PollPolicy.due(source, state, at: now, isTold: isTold) ?? now
            if pollsEarly || due <= now {
                do {
                    var poll = try await poller.poll(source, state: state, now: now, lane: lane)
                    let hasNews = try await read(poll, of: source, state, on: lane, into: &report)
                    await subscriber?.notePoll(
                        of: source,
                        links: poll.hubLinks,
                        hasNews: hasNews,
                        begunAt: now
                    )
                    if let subscriber {
                        poll.hints.toldUntil = await subscriber.liveUntil(source.name)
                        poll.hints.toldSeconds = subscriber.everySeconds
                    }
                    let alerts = succeed(source, &state, poll, hasNews: hasNews)
                    if !alerts.isEmpty || !book.keep(state, of: source) {
                        try await save(state, source, alerts)
                    }
                } catch let failure as PollFailure {
                    guard !failure.isStop else { return report }
                    try await fail(source, &state, failure)
                }
            } else {
                try await read(Poll(), of: source, state, on: lane, into: &report)
            }
            let isTrusted = await subscriber?.liveUntil(source.name) != nil
            report.nextPollAt = PollPolicy.due(source, state, at: now, isTold: isTrusted) ?? state.nextPollAt
            if let check = try await nextCheck(of: source) {
                // A failing check is repeated, not hammered.
                report.nextPollAt = min(report.nextPollAt, max(check, now.addingTimeInterval(1)))
            }
        } catch is CancellationError {
            // The daemon stops: what was read is stored, the rest is read after the next start.
        } catch {
            // The store: the poll counts as not made, and is made again.
            let isNews = troubles.isNews("store", of: source.name)
            log(isNews ? .error : .debug, "nothing stored", source, ["reason": "\(error)"])
            report.storeFailure = "\(error)"
            return report
        }
        troubles.end("store", of: source.name)
        return report
    }

    /// Tells what is wrong with a feed when it begins, not at each poll.
    private func tell(_ diagnostics: [String], of source: Source, isChanged: Bool) {
        guard let first = diagnostics.first else {
            if isChanged { troubles.end("feed", of: source.name) }
            return
        }
        let level: Logger.Level = troubles.isNews("feed", of: source.name) ? .warning : .debug
        log(level, "feed has mistakes", source, ["count": "\(diagnostics.count)", "first": "\(first)"])
    }

    /// Reads what a poll brought and what is due; returns whether the source had something new.
    @discardableResult
    nonisolated(nonsending) func read(
        _ poll: Poll,
        of source: Source,
        _ state: SourceState,
        on lane: Lane?,
        into report: inout CycleReport
    ) async throws -> Bool {
        tell(poll.diagnostics, of: source, isChanged: poll.candidates != nil)
        let check = try await nextCheck(of: source)
        let hasDue = readsArticles && check.map { $0 <= clock() } ?? false
        guard poll.candidates?.isEmpty == false || hasDue else { return false }
        return try await withTaskExecutorPreference(lane) {
            try await work(on: poll, of: source, state, hasDue: hasDue, into: &report)
        }
    }

    @concurrent
    private func work(
        on poll: Poll,
        of source: Source,
        _ state: SourceState,
        hasDue: Bool,
        into report: inout CycleReport
    ) async throws -> Bool {
        var work = try await intake(poll, of: source, state: state)
        let hasNews = !work.isEmpty
        report.newEntries = work.count
        if hasDue { work += try await rechecks(of: source, except: work) }
        if hasNews || hasDue { book.forgetChecks(of: source) }
        guard !work.isEmpty, readsArticles else { return hasNews }
        defer { book.forgetChecks(of: source) }
        // Local documents say only inside themselves how old they are: many are read before the first is compared.
        let isLocal = source.url.hasPrefix("file:")
        let batchSize = isLocal ? Self.documentsAtOnce : Self.pagesAtOnce
        for start in stride(from: 0, to: work.count, by: batchSize) {
            try Task.checkCancellation()
            let batch = try await takeInHand(Array(work[start..<min(start + batchSize, work.count)]))
            defer { for item in batch { item.articleID.map(articlesInHand.release) } }
            var results = Array(zip(batch, await results(of: batch, from: source)))
            if isLocal { results = Self.oldestFirst(results) }
            for (item, result) in results {
                headway.allow(source.name, seconds: Self.batchSeconds)
                try await finish(item, result, source, &report)
            }
        }
        return hasNews
    }

    nonisolated(nonsending) private func nextCheck(of source: Source) async throws -> Date? {
        if let known = book.knownCheck(of: source) { return known }
        return try await book.nextCheck(of: source)
    }

    /// Takes a good poll into the state; returns what is to be told of it.
    private func succeed(
        _ source: Source,
        _ state: inout SourceState,
        _ poll: Poll,
        hasNews: Bool
    ) -> [Alert] {
        let now = clock()
        var alerts: [Alert] = []
        if state.failureCount >= policy.failuresUntilFailing || state.goneAt != nil {
            log(.notice, "source recovered", source, [:])
            alerts = [
                sourceAlert(.sourceRecovered, source, state, reason: "\(source.name) can be read again")
            ]
        } else if state.lastError != nil {
            log(.info, "source recovered", source, [:])
        }
        let wasMoved = state.move?.isTaken ?? false
        state.take(poll, hasNews: hasNews, now: now)
        if let move = state.move, move.isTaken, !wasMoved {
            log(.notice, "source has moved", source, ["to": "\(redacted(move.url))"])
        }
        schedule(source, &state, poll.hints, now: now)
        return alerts
    }

    nonisolated(nonsending) private func fail(
        _ source: Source,
        _ state: inout SourceState,
        _ failure: PollFailure
    ) async throws {
        let now = clock()
        let wasTold = state.failureCount >= policy.failuresUntilFailing || state.goneAt != nil
        state.failureCount += 1
        state.pollCount += 1
        state.lastPollAt = now
        if failure.isGone { state.goneAt = state.goneAt ?? now }
        var alert: Alert?
        if state.lastError != failure.label {
            log(
                .warning,
                "poll failed",
                source,
                ["url": "\(redacted(source.url))", "reason": "\(failure.reason)"]
            )
        }
        if !wasTold, failure.isGone {
            let reason =
                "\(source.name) is gone for good by its server's word (410): it is polled no more, but for a"
                + " look once a week; remove it or change its URL"
            alert = sourceAlert(.sourceFailing, source, state, reason: reason)
        } else if !wasTold, state.failureCount >= policy.failuresUntilFailing {
            let reason =
                "\(source.name) could not be read \(state.failureCount) times in a row: \(failure.reason)"
            alert = sourceAlert(.sourceFailing, source, state, reason: reason)
        }
        state.lastError = failure.label
        // What the source has moved to, or its page has named, may be what fails: the URL that was given counts.
        if failure.isFinal || state.failureCount >= policy.failuresUntilFailing { state.move = nil }
        if state.feedURL != nil, failure.isFinal {
            state.feedURL = nil
            state.kind = nil
            state.validators = Validators()
        }
        schedule(source, &state, failure.hints, now: now)
        try await save(state, source, alert.map { [$0] } ?? [])
    }

    nonisolated(nonsending) func save(
        _ state: SourceState,
        _ source: Source,
        _ alerts: [Alert]
    ) async throws {
        let deliveries = router.deliveries(of: alerts, source: source.name, at: clock())
        try await book.save(state, of: source, alert: alerts.first, deliveries: deliveries)
    }

    private func schedule(
        _ source: Source,
        _ state: inout SourceState,
        _ hints: PollPolicy.Hints,
        now: Date
    ) {
        let jitter = PollPolicy.jitter(of: source, at: now)
        let next = policy.next(of: source, state, hints: hints, now: now, jitter: jitter)
        state.nextPollAt = now.addingTimeInterval(next.waitSeconds)
        state.reason = next.reason
    }

    private func sourceAlert(
        _ kind: Alert.Kind,
        _ source: Source,
        _ state: SourceState,
        reason: String
    ) -> Alert {
        let outage = state.lastSuccessAt.map(Timestamp.text(of:)) ?? "never"
        var details = Alert.Details(severity: kind == .sourceFailing ? .warning : .info, reason: reason)
        details.source = Alert.SourceReference(name: source.name, url: redacted(source.url))
        return Alert(
            id: Identifier.derived("alert_", from: [kind.rawValue, source.name, source.url, outage]),
            type: kind,
            timestamp: clock(),
            data: details
        )
    }

    func log(
        _ level: Logger.Level,
        _ message: Logger.Message,
        _ source: Source,
        _ more: Logger.Metadata
    ) {
        let metadata: Logger.Metadata = ["source": "\(source.name)"]
        logger.log(level: level, message, metadata: metadata.merging(more) { $1 })
    }

    /// A URL without its credentials and query: both may be secret.
    func redacted(_ url: String) -> String {
        let plain = url.prefix { $0 != "?" }
        guard let scheme = plain.range(of: "://"), let at = plain.lastIndex(of: "@"), at > scheme.upperBound
        else {
            return String(plain)
        }
        return plain[..<scheme.upperBound] + String(plain[plain.index(after: at)...])
    }
}

extension SourceState {
    /// Takes what a good poll has shown.
    mutating func take(_ poll: Poll, hasNews: Bool, now: Date) {
        validators = poll.validators
        bodyDigest = poll.bodyDigest
        failureCount = 0
        lastError = nil
        goneAt = nil
        lastSuccessAt = now
        lastPollAt = now
        pollCount += 1
        if hasNews { lastChangeAt = now }
        if poll.isNotModified {
            unchangedCount += 1
            savedBytes += wireBytes
        } else {
            lastWholeAt = now
            wireBytes = poll.wireBytes
        }
        kind = poll.kind ?? kind
        feedHints = poll.feedHints ?? feedHints
        entryGapSeconds = poll.kind == nil ? entryGapSeconds : poll.entryGapSeconds
        feedURL = poll.feedURL ?? feedURL
        move = MovePolicy.move(after: move, target: poll.permanentURL, now: now)
    }
}
