import Foundation
import Logging
import Parsing
import TallyModel

/// What one cycle did.
struct CycleReport: Sendable {
    var articles = 0
    var claims = 0
    var alerts = 0
    /// When the source is due again.
    var nextPollAt: Date
}

/// One look at one source, from the poll to the commit: the one place where the stages meet.
struct Cycle: Sendable {
    let store: any Store
    let ledger: Ledger
    let poller: Poller
    let reader: ArticleReader
    let sinks: [String]
    let firstPoll: AlertSettings.FirstPoll
    let policy = PollPolicy()
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
            var state = try await store.state(ofSource: source.name) ?? SourceState(nextPollAt: now)
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
            log(.error, "nothing stored", source, ["reason": "\(error)"])
        }
        return report
    }

    private func read(
        _ poll: Poll,
        of source: Source,
        state: SourceState,
        into report: inout CycleReport
    ) async throws {
        if !poll.diagnostics.isEmpty {
            let mistakes: Logger.Metadata = [
                "count": "\(poll.diagnostics.count)", "first": "\(poll.diagnostics[0])",
            ]
            log(.warning, "feed has mistakes", source, mistakes)
        }
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
        try await store.save(state, of: source, alert: alert, sinks: sinks)
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
        try await store.save(state, of: source, alert: alert, sinks: sinks)
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

    private func log(
        _ level: Logger.Level,
        _ message: Logger.Message,
        _ source: Source,
        _ more: Logger.Metadata
    ) {
        let metadata: Logger.Metadata = ["source": "\(source.name)"]
        logger.log(level: level, message, metadata: metadata.merging(more) { $1 })
    }

    /// A URL without its credentials and query: both may be secret.
    private func redacted(_ url: String) -> String {
        let plain = url.prefix { $0 != "?" }
        guard let scheme = plain.range(of: "://"), let at = plain.lastIndex(of: "@"), at > scheme.upperBound
        else {
            return String(plain)
        }
        return plain[..<scheme.upperBound] + String(plain[plain.index(after: at)...])
    }
}

// MARK: - Entries

/// A candidate that is to be read, and what is known of it.
private struct Work: Sendable {
    var candidate: Candidate
    var record: EntryRecord
    /// Whether the source says something new of it, so that its page is asked for unconditionally.
    var isNews: Bool
}

extension Cycle {
    /// The candidates that are new, have changed or are due for another try, oldest first.
    private func newWork(_ candidates: [Candidate], of source: Source, isSilent: Bool) async throws -> [Work]
    {
        let now = clock()
        let known = try await store.entries(ofSource: source.name, among: candidates.map(\.id))
        var work: [Work] = []
        for candidate in candidates {
            var record = EntryRecord(
                source: source.name,
                entryID: candidate.id,
                url: candidate.url,
                digest: "",
                firstSeenAt: now
            )
            record.isSilent = isSilent
            if let old = known[candidate.id] {
                let isUntriedYet = old.articleID == nil && old.nextCheckAt.map { $0 <= now } ?? false
                guard old.digest != candidate.digest || isUntriedYet else { continue }
                record = old
                record.url = candidate.url
            }
            // Due until it has been read, so that a crash in between leaves it to be tried again.
            record.nextCheckAt = record.articleID == nil ? now : record.nextCheckAt
            work.append(Work(candidate: candidate, record: record, isNews: true))
        }
        // Feeds give the newest first: reversed, entries without a date stay in the order of their making.
        return work.reversed().enumerated().sorted { left, right in
            let dates = [left, right].map { $0.element.candidate.entry.published ?? now }
            return (dates[0], left.offset) < (dates[1], right.offset)
        }.map(\.element)
    }

    /// Pages that were read before and are looked at again for quiet edits, or that could not be read.
    private func rechecks(of source: Source, except work: [Work]) async throws -> [Work] {
        let inHand = Set(work.map(\.record.entryID))
        let due = try await store.entriesDue(ofSource: source.name, at: clock(), limit: Self.rechecksAtOnce)
        return due.filter { !inHand.contains($0.entryID) && $0.url.hasPrefix("http") }.map { record in
            let candidate = Candidate(
                id: record.entryID,
                url: record.url,
                digest: record.digest,
                text: .page,
                entry: FeedEntry(id: record.entryID, url: record.url),
                feedTitle: ""
            )
            return Work(candidate: candidate, record: record, isNews: false)
        }
    }

    /// Reads candidates at once; the results are in their order.
    private func results(of batch: [Work]) async -> [ReadResult] {
        let now = clock()
        return await withTaskGroup(of: (Int, ReadResult).self) { group in
            for (place, work) in batch.enumerated() {
                let validators = work.isNews ? Validators() : work.record.validators
                group.addTask { (place, await reader.read(work.candidate, validators: validators, now: now)) }
            }
            var results = [ReadResult](repeating: .notModified, count: batch.count)
            for await (place, result) in group {
                results[place] = result
            }
            return results
        }
    }

    /// Results in the order of the articles' own dates; equal ones stay as they are.
    private static func oldestFirst(_ results: [(Work, ReadResult)]) -> [(Work, ReadResult)] {
        results.enumerated().sorted { left, right in
            let dates = [left, right].map { item -> Date in
                guard case .read(let article, _, _) = item.element.1 else { return .distantPast }
                return article.published ?? .distantPast
            }
            return (dates[0], left.offset) < (dates[1], right.offset)
        }.map(\.element)
    }

    private func finish(
        _ work: Work,
        _ result: ReadResult,
        _ source: Source,
        _ report: inout CycleReport
    ) async throws {
        let now = clock()
        var record = work.record
        record.digest = work.candidate.digest
        switch result {
        case .stopped:
            throw CancellationError()
        case .notModified:
            record.nextCheckAt = RecheckPolicy.nextCheck(firstSeenAt: record.firstSeenAt, now: now)
            try await store.save([record])
        case .read(let article, let claims, let validators):
            try await take(article, claims, validators, of: work, record, &report)
        case .failed(let reason, let isTransient):
            record.failureCount += 1
            let mayReadEntry = record.articleID == nil && !work.candidate.entry.text.isEmpty
            record.nextCheckAt =
                isTransient ? RecheckPolicy.nextTry(failureCount: record.failureCount, now: now) : nil
            if record.articleID != nil {
                record.nextCheckAt = RecheckPolicy.nextCheck(firstSeenAt: record.firstSeenAt, now: now)
            }
            if record.failureCount == 1 || record.nextCheckAt == nil {
                let place: Logger.Metadata = [
                    "url": "\(redacted(work.candidate.url))", "reason": "\(reason)",
                ]
                log(.warning, "article not read", source, place)
            }
            if record.nextCheckAt == nil, mayReadEntry,
                case .read(let article, let claims, _) = reader.readEntry(work.candidate, now: now)
            {
                return try await take(article, claims, Validators(), of: work, record, &report)
            }
            try await store.save([record])
        }
    }

    private func take(
        _ article: Article,
        _ claims: [Claim],
        _ validators: Validators,
        of work: Work,
        _ record: EntryRecord,
        _ report: inout CycleReport
    ) async throws {
        var record = record
        record.failureCount = 0
        record.validators = validators
        record.nextCheckAt = nil
        if case .page = work.candidate.text {
            record.nextCheckAt = RecheckPolicy.nextCheck(firstSeenAt: record.firstSeenAt, now: clock())
        }
        let url = work.candidate.url
        let name = url.isEmpty ? [record.source, record.entryID] : [URLText.canonical(url)]
        let read = ReadArticle(
            entry: record,
            articleID: Identifier.derived(from: ["article"] + name),
            article: article,
            entryDate: work.candidate.entry.updated ?? work.candidate.entry.published,
            claims: claims,
            isSilent: record.isSilent && record.articleID == nil
        )
        let alerts = try await ledger.take(read)
        report.articles += 1
        report.claims += claims.count
        report.alerts += alerts.count
    }
}
