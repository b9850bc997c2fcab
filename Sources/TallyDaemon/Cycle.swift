import Delivering
import Foundation
import Logging
import Parsing
import TallyModel

/// What one cycle did.
struct CycleReport: Sendable {
    var articles = 0
    var claims = 0
    var alerts = 0
    /// Why the store took nothing; `nil` where it did.
    var storeFailure: String?
    /// When the source is due again.
    var nextPollAt: Date
}

/// One look at one source, from the poll to the commit: the one place where the stages meet.
struct Cycle: Sendable {
    let store: any Store
    let ledger: Ledger
    let poller: Poller
    let reader: ArticleReader
    let router: Router
    let firstPoll: AlertSettings.FirstPoll
    let policy = PollPolicy()
    let troubles: Troubles
    let logger: Logger
    let clock: @Sendable () -> Date

    /// Pages of one source that are fetched at once.
    static let pagesAtOnce = 8
    /// Local documents that are read at once and then taken in order of their dates.
    static let documentsAtOnce = 256
    /// Pages that are looked at again in one cycle.
    static let rechecksAtOnce = 20

    /// Polls a source and reads what is new; every failure ends in the source's state and one line of the log.
    func run(_ source: Source) async -> CycleReport {
        let now = clock()
        var report = CycleReport(nextPollAt: now.addingTimeInterval(source.everySeconds))
        do {
            var state = try await store.state(of: source) ?? SourceState(nextPollAt: now)
            do {
                let poll = try await poller.poll(source, state: state, now: now)
                try await read(poll, of: source, state: state, into: &report)
                try await succeed(source, &state, poll)
            } catch let failure as PollFailure {
                guard !failure.isStop else { return report }
                try await fail(source, &state, failure)
            }
            report.nextPollAt = state.nextPollAt
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

    private func read(
        _ poll: Poll,
        of source: Source,
        state: SourceState,
        into report: inout CycleReport
    ) async throws {
        tell(poll.diagnostics, of: source, isChanged: poll.candidates != nil)
        let isSilent = state.lastSuccessAt == nil && firstPoll == .baseline
        var work = try await newWork(poll.candidates ?? [], of: source, isSilent: isSilent)
        try await store.save(work.filter { $0.record.articleID == nil }.map(\.record))
        work += try await rechecks(of: source, except: work)
        // Local documents say only inside themselves how old they are: many are read before the first is compared.
        let isLocal = source.url.hasPrefix("file:")
        let batchSize = isLocal ? Self.documentsAtOnce : Self.pagesAtOnce
        for start in stride(from: 0, to: work.count, by: batchSize) {
            try Task.checkCancellation()
            let batch = Array(work[start..<min(start + batchSize, work.count)])
            var results = Array(zip(batch, await results(of: batch)))
            if isLocal { results = Self.oldestFirst(results) }
            for (item, result) in results {
                try await finish(item, result, source, &report)
            }
        }
    }

    private func succeed(_ source: Source, _ state: inout SourceState, _ poll: Poll) async throws {
        let now = clock()
        var alert: Alert?
        if state.failureCount >= policy.failuresUntilFailing {
            log(.notice, "source recovered", source, [:])
            alert = sourceAlert(.sourceRecovered, source, state, reason: "\(source.name) can be read again")
        } else if state.lastError != nil {
            log(.info, "source recovered", source, [:])
        }
        state.validators = poll.validators
        state.bodyDigest = poll.bodyDigest
        state.failureCount = 0
        state.lastError = nil
        state.lastSuccessAt = now
        state.nextPollAt = now.addingTimeInterval(wait(source, state, poll.hints, now: now))
        try await save(state, source, alert)
    }

    private func fail(_ source: Source, _ state: inout SourceState, _ failure: PollFailure) async throws {
        let now = clock()
        state.failureCount += 1
        var alert: Alert?
        if state.lastError != failure.label {
            log(
                .warning,
                "poll failed",
                source,
                ["url": "\(redacted(source.url))", "reason": "\(failure.reason)"]
            )
        }
        if state.failureCount == policy.failuresUntilFailing {
            let reason =
                "\(source.name) could not be read \(state.failureCount) times in a row: \(failure.reason)"
            alert = sourceAlert(.sourceFailing, source, state, reason: reason)
        }
        state.lastError = failure.label
        state.nextPollAt = now.addingTimeInterval(wait(source, state, failure.hints, now: now))
        try await save(state, source, alert)
    }

    private func save(_ state: SourceState, _ source: Source, _ alert: Alert?) async throws {
        let alerts = alert.map { [$0] } ?? []
        let deliveries = router.deliveries(of: alerts, source: source.name, at: clock())
        try await store.save(state, of: source, alert: alert, deliveries: deliveries)
    }

    private func wait(_ source: Source, _ state: SourceState, _ hints: PollPolicy.Hints, now: Date) -> Double
    {
        policy.secondsUntilNext(
            every: source.everySeconds,
            failureCount: state.failureCount,
            hints: hints,
            jitter: PollPolicy.jitter(of: source, at: now)
        )
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
