import Comparing
import Delivering
import Dispatching
import FoundationEssentials
import Storing
import TallyModel

/// An article that has been read and not yet been compared with anything.
struct ReadArticle: Sendable {
    /// The entry that led to it, as it is to be stored.
    var entry: EntryRecord
    /// The article's derived identifier.
    var articleID: String
    /// What was read.
    var article: Article
    /// When the entry says that it was published or changed.
    var entryDate: Date?
    /// What it claims, in order of the text.
    var claims: [Claim]
    /// Whether alerts are held back: the first poll of a source builds baselines.
    var isSilent: Bool
}

/// Puts articles into stories and claims onto figures, one article at a time, and writes what follows from it.
///
/// The one place that decides what is stored: two articles never see each other's figures half changed.
actor Ledger {
    private let executor = QueueExecutor(label: "tallywatch.ledger")
    private let store: any Store
    private let clock: @Sendable () -> Date
    private var comparator: Comparator
    private var policy: AlertPolicy
    private var router: Router
    /// `nil` until it is loaded, and again after a failed commit: then it knows of an article that the store does not.
    private var index: StoryIndex?
    private var figures = FigureCache()
    private var profiles = ProfileMemory()
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// Stories that are kept in memory to be joined; older ones are only in the store.
    private static let storiesInMemory = 20_000

    init(store: any Store, watches: [Watch], router: Router, clock: @escaping @Sendable () -> Date) {
        self.store = store
        self.clock = clock
        self.router = router
        comparator = Comparator(watches: watches)
        policy = AlertPolicy(watches: watches)
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Follows a new configuration from the next article on.
    func reconfigure(watches: [Watch], router: Router) {
        comparator = Comparator(watches: watches)
        policy = AlertPolicy(watches: watches)
        self.router = router
    }

    /// Compares an article with what is stored and commits what follows; an unchanged text changes the entry only.
    ///
    /// - Returns: The alerts that were raised, which are on their way when this returns.
    func take(_ read: ReadArticle) async throws -> [Alert] {
        await enter()
        defer { leave() }
        do {
            return try await compareAndCommit(read)
        } catch {
            index = nil
            figures.removeAll()
            throw error
        }
    }

    /// Changes a figure by a person's word; returns the figure, or `nil` if there is none.
    func change(figure id: String, _ change: @Sendable (Figure, Comparator) -> Figure) async throws -> Figure?
    {
        await enter()
        defer { leave() }
        guard let figure = try await store.figure(id) else { return nil }
        let changed = change(figure, comparator)
        figures.remove(story: figure.storyID)
        try await store.save(changed, move: comparator.move(byPersonFrom: figure, to: changed), at: clock())
        return changed
    }

    /// Writes that a person has seen an alert; returns whether there is such an alert.
    func acknowledge(alert id: String) async throws -> Bool {
        try await store.acknowledge(id, telling: router.acknowledgementSinks, at: clock())
    }

    /// Removes what has grown old, while no article is in hand, and forgets what is kept in memory of it.
    func prune(_ store: SQLiteStore, _ retention: Retention) async throws -> PruneReport {
        await enter()
        defer { leave() }
        let report = try await store.prune(retention, at: clock())
        if report.stories > 0 {
            index = nil
            figures.removeAll()
        }
        return report
    }

    /// Returns when no article is in hand: the watchdog asks whether they still move.
    func ping() async {
        await enter()
        leave()
    }
}

extension Ledger {
    private func compareAndCommit(_ read: ReadArticle) async throws -> [Alert] {
        var entry = read.entry
        entry.articleID = read.articleID
        let now = clock()
        let known = try await store.knownArticle(read.articleID)
        let digest = Identifier.digest(of: read.article.text.utf8)
        func revisionID(_ number: Int) -> String {
            Identifier.derived(from: [read.articleID, String(number), digest])
        }
        if let known, known.revisionID == revisionID(known.revisionNumber) {
            try await store.save([entry])
            return []
        }
        let number = (known?.revisionNumber ?? 0) + 1
        let reference = ArticleReference(
            id: read.articleID,
            revisionID: revisionID(number),
            url: read.article.url,
            title: read.article.title,
            outlet: read.article.outlet,
            published: publicationDate(of: read, isRevision: known != nil, now: now)
        )
        let reading = Reading(
            article: reference,
            text: read.article.text,
            language: read.article.language,
            claims: read.claims.map { SourcedClaim(claim: $0, article: reference) },
            previousClaims: known?.claims,
            isDated: read.article.published ?? read.entryDate ?? read.article.modified != nil
        )
        var index = try await loadedIndex()
        self.index = nil
        let placement = index.place(reading, knownStoryID: known?.storyID)
        self.index = index
        let story = placement.story.id
        let standing = placement.isNew ? [] : try await standingFigures(of: story)
        var outcome = comparator.compare(reading, in: placement, with: consume standing, memory: &profiles)
        let after = outcome.standing
        outcome.standing = []
        var commit = ReadingCommit(
            entry: entry,
            reference: reference,
            revisionNumber: number,
            article: read.article,
            readAt: now,
            claims: reading.claims,
            story: placement.story
        )
        commit.nearCopyOf = placement.nearCopyOf
        commit.figures = Self.changes(of: outcome)
        commit.moves = outcome.moves
        commit.alerts = read.isSilent ? [] : policy.alerts(for: outcome, placement: placement, at: now)
        commit.deliveries = router.deliveries(of: commit.alerts, source: entry.source, at: now)
        try await store.commit(commit)
        figures.keep(consume after, of: story)
        return commit.alerts
    }

    /// The changed figures, with those of their claims that the store does not hold as they are: a figure may have hundreds.
    private static func changes(of outcome: Outcome) -> [Figure] {
        outcome.figures.map { figure in
            var figure = figure
            let changed = outcome.changedClaims[figure.id] ?? []
            let places = figure.claims.indices.filter { changed.contains(figure.claims[$0].sourced.id) }
            figure.claims = places.map { figure.claims[$0] }
            return figure
        }
    }

    /// The article's own date, the entry's, or the time of reading; a date in the future is not believed.
    private func publicationDate(of read: ReadArticle, isRevision: Bool, now: Date) -> Date {
        let own =
            isRevision
            ? [read.article.modified, read.entryDate, read.article.published].compactMap { $0 }.max()
            : read.article.published ?? read.entryDate ?? read.article.modified
        guard let own, own < now.addingTimeInterval(3600) else { return now }
        return own
    }

    private func standingFigures(of story: String) async throws -> [Figure] {
        if let kept = figures.take(of: story) { return kept }
        return try await store.figures(ofStory: story)
    }

    private func loadedIndex() async throws -> StoryIndex {
        if let index { return index }
        return StoryIndex(stories: try await store.recentStories(limit: Self.storiesInMemory))
    }

    /// An actor's methods interleave where they wait; this keeps one article whole.
    private func enter() async {
        guard isBusy else {
            isBusy = true
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        guard !waiting.isEmpty else {
            isBusy = false
            return
        }
        waiting.removeFirst().resume()
    }
}
