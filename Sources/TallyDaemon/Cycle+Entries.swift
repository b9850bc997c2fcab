import Fetching
import FoundationEssentials
import Logging
import Parsing
import TallyModel

/// A candidate that is to be read, and what is known of it.
struct Work: Sendable {
    var candidate: Candidate
    var record: EntryRecord
    /// Whether the source says something new of it, so that its page is asked for unconditionally.
    var isNews: Bool

    /// The identifier of the article that its page is known by; `nil` where it is read from no page.
    var articleID: String? {
        guard case .page = candidate.text, !candidate.url.isEmpty else { return nil }
        return Self.articleID(ofPage: candidate.url)
    }

    static func articleID(ofPage url: String) -> String {
        Identifier.derived(from: ["article", URLText.canonical(url)])
    }
}

extension Cycle {
    /// Stores what a poll has brought, and returns what of it is to be read.
    func intake(_ poll: Poll, of source: Source, state: SourceState) async throws -> [Work] {
        let isSilent = state.lastSuccessAt == nil && firstPoll == .baseline
        let work = try await newWork(poll.candidates ?? [], of: source, isSilent: isSilent)
        guard !work.isEmpty else { return [] }
        let (unread, read) = try await splitByReading(work)
        try await store.save((unread.filter { $0.record.articleID == nil } + read).map(\.record))
        return unread
    }

    /// Tells what is still to be read from what another entry has led to before.
    ///
    /// An entry that is newer than the reading of its page says that the page has changed since.
    private func splitByReading(_ work: [Work]) async throws -> (unread: [Work], read: [Work]) {
        let ids = work.compactMap { $0.record.articleID == nil ? $0.articleID : nil }
        guard !ids.isEmpty else { return (work, []) }
        let readAt = try await store.articlesRead(among: ids)
        var unread: [Work] = []
        var read: [Work] = []
        for var item in work {
            let entry = item.candidate.entry
            guard item.record.articleID == nil, let id = item.articleID, let time = readAt[id],
                [entry.published, entry.updated].compactMap({ $0 }).allSatisfy({ $0 <= time })
            else {
                unread.append(item)
                continue
            }
            item.record.articleID = id
            item.record.digest = item.candidate.digest
            item.record.nextCheckAt = nil
            item.record.entry = nil
            read.append(item)
        }
        return (unread, read)
    }

    /// The work whose articles nobody else reads at this moment; the rest waits, and finds them read.
    func takeInHand(_ batch: [Work]) async throws -> [Work] {
        var taken: [Work] = []
        var left: [EntryRecord] = []
        for var item in batch {
            if let id = item.articleID, !articlesInHand.take(id) {
                item.record.nextCheckAt = clock().addingTimeInterval(Self.inHandSeconds)
                left.append(item.record)
            } else {
                taken.append(item)
            }
        }
        try await store.save(left)
        return taken
    }

    /// The candidates that are new, have changed or are due for another try, oldest first.
    func newWork(_ candidates: [Candidate], of source: Source, isSilent: Bool) async throws -> [Work] {
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
            record.feedTitle = candidate.feedTitle
            record.entry = candidate.entry
            work.append(Work(candidate: candidate, record: record, isNews: true))
        }
        // Feeds give the newest first: reversed, entries without a date stay in the order of their making.
        let keys = work.indices.reversed().enumerated().map { order, place in
            (date: work[place].candidate.entry.published ?? now, order: order, place: place)
        }
        return keys.sorted { ($0.date, $0.order) < ($1.date, $1.order) }.map { work[$0.place] }
    }

    /// Pages that were read before and are looked at again for quiet edits, or that could not be read.
    func rechecks(of source: Source, except work: [Work]) async throws -> [Work] {
        let inHand = Set(work.map(\.record.entryID))
        let due = try await store.entriesDue(ofSource: source.name, at: clock(), limit: Self.rechecksAtOnce)
        let work = due.filter { !inHand.contains($0.entryID) }.map { record in
            let candidate = Candidate(
                id: record.entryID,
                url: record.url,
                digest: record.digest,
                text: Self.text(of: record, in: source),
                entry: record.entry ?? FeedEntry(id: record.entryID, url: record.url),
                feedTitle: record.feedTitle
            )
            return Work(candidate: candidate, record: record, isNews: false)
        }
        let (unread, read) = try await splitByReading(work)
        if !read.isEmpty { try await store.save(read.map(\.record)) }
        return unread
    }

    /// Where the text of an entry comes from that is known by its record only; a feed of the web names no local file.
    private static func text(of record: EntryRecord, in source: Source) -> Candidate.Text {
        if record.url.hasPrefix("http") { return .page }
        guard source.url.hasPrefix("file:") else { return .entry }
        return LocalDocuments.path(ofFileURL: record.url).map { .document(path: $0) } ?? .entry
    }

    /// Reads candidates at once; the results are in their order.
    func results(of batch: [Work], from source: Source) async -> [ReadResult] {
        let now = clock()
        return await withTaskGroup(of: (Int, ReadResult).self) { group in
            for (place, work) in batch.enumerated() {
                let validators = work.isNews ? Validators() : work.record.validators
                group.addTask {
                    (place, await reader.read(work.candidate, of: source, validators: validators, now: now))
                }
            }
            var results = [ReadResult](repeating: .notModified, count: batch.count)
            for await (place, result) in group {
                results[place] = result
            }
            return results
        }
    }

    /// Results in the order of the articles' own dates; equal ones stay as they are.
    static func oldestFirst(_ results: [(Work, ReadResult)]) -> [(Work, ReadResult)] {
        results.enumerated().sorted { left, right in
            let dates = [left, right].map { item -> Date in
                guard case .read(let article, _, _) = item.element.1 else { return .distantPast }
                return article.published ?? .distantPast
            }
            return (dates[0], left.offset) < (dates[1], right.offset)
        }.map(\.element)
    }

    func finish(
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
            record.nextCheckAt = nextCheck(of: record, source)
            try await store.save([record])
        case .read(let article, let claims, let validators):
            try await take(article, claims, validators, of: work, record, source, &report)
        case .failed(let failure):
            let (reason, isTransient) = (failure.reason, failure.isTransient)
            record.failureCount += 1
            let mayReadEntry = record.articleID == nil && !work.candidate.entry.text.isEmpty
            record.nextCheckAt =
                isTransient
                ? RecheckPolicy.nextTry(
                    failureCount: record.failureCount,
                    retryAfterSeconds: failure.retryAfterSeconds,
                    now: now
                ) : nil
            if record.articleID != nil {
                record.nextCheckAt = nextCheck(of: record, source)
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
                return try await take(article, claims, Validators(), of: work, record, source, &report)
            }
            try await store.save([record])
        }
    }

    private func nextCheck(of record: EntryRecord, _ source: Source) -> Date? {
        RecheckPolicy.nextCheck(firstSeenAt: record.firstSeenAt, now: clock(), ages: source.recheckAges)
    }

    private func take(
        _ article: Article,
        _ claims: [Claim],
        _ validators: Validators,
        of work: Work,
        _ record: EntryRecord,
        _ source: Source,
        _ report: inout CycleReport
    ) async throws {
        var record = record
        record.failureCount = 0
        record.validators = validators
        if !work.candidate.entry.hasFullContent { record.entry = nil }
        record.nextCheckAt = nil
        // A page without figures has none that could be edited quietly.
        if case .page = work.candidate.text, !claims.isEmpty || record.articleID != nil {
            record.nextCheckAt = nextCheck(of: record, source)
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
