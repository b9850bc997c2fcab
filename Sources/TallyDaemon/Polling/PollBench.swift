import CMalloc
import Delivering
import Dispatching
import Extracting
public import Fetching
import Foundation
import Logging
import Storing
import Synchronization
import TallyModel

/// Polls many URLs once through the daemon's own path, up to the stored entries: for measurements.
public struct PollBench: Sendable {
    /// What a round of polls gave.
    public struct Result: Sendable {
        /// The sources whose server said that nothing has changed (304).
        public var unchanged = 0
        /// The sources that came whole.
        public var whole = 0
        /// The sources that could not be polled.
        public var failed = 0
        /// The entries that were new.
        public var entries = 0
    }

    private let urls: [String]
    private let directory: String
    private let configuration: FetchConfiguration
    private let transfersAtOnce: Int

    /// Creates a measurement.
    ///
    /// - Parameters:
    ///   - urls: What is polled; each once, however often it stands here.
    ///   - directory: Where validators and entries are kept for the next round; made where it is missing.
    ///   - configuration: How transfers are made.
    ///   - transfersAtOnce: Polls under way at once, of one host or of many.
    public init(urls: [String], directory: String, configuration: FetchConfiguration, transfersAtOnce: Int) {
        var seen: Set<String> = []
        self.urls = urls.filter { seen.insert($0).inserted }
        self.directory = directory
        self.configuration = configuration
        self.transfersAtOnce = transfersAtOnce
    }

    /// Polls every URL once and stores what came.
    ///
    /// - Throws: `StoringError`.
    public func run() async throws -> Result {
        // As in the daemon: an arena a thread would keep what a moment needed.
        mallopt(M_ARENA_MAX, 2)
        // As the daemon does: what only the start has used is given back.
        ProgramPages.release()
        var configuration = configuration
        configuration.maximumTransfers = transfersAtOnce
        configuration.maximumTransfersPerHost = transfersAtOnce
        configuration.requestsPerSecondPerHost = 0
        let path = "\(directory)/bench.db"
        let lock = try StoreLock(storePath: path)
        let store = try SQLiteStore(.file(path: path))
        let loop = EventLoop()
        let fetcher = Fetcher(configuration: configuration, loop: loop)
        let sources = urls.map { Source(name: $0, url: $0) }
        let book = SourceBook(store: store, writesBehind: true)
        try await book.load(sources)
        let clock: @Sendable () -> Date = { Date() }
        let cycle = self.cycle(store, book, fetcher, clock)
        let limits = SchedulerLimits(cyclesAtOnce: transfersAtOnce, cyclesPerHost: transfersAtOnce)
        let lanes = ProcessInfo.processInfo.activeProcessorCount
        let scheduler = Scheduler(laneCount: lanes, loop: loop, limits: limits, clock: clock)
        ProgramPages.release()
        let entries = Atomic(0)
        await scheduler.runAllOnce(sources) { source, lane in
            let report = await cycle.run(source, lane: lane)
            entries.add(report.newEntries, ordering: .relaxed)
            return report.nextPollAt
        }
        try await book.flush()
        let result = try await counts(sources, book, entries.load(ordering: .relaxed))
        await fetcher.close()
        try store.close()
        return withExtendedLifetime(lock) { result }
    }

    private func cycle(
        _ store: SQLiteStore,
        _ book: SourceBook,
        _ fetcher: Fetcher,
        _ clock: @escaping @Sendable () -> Date
    ) -> Cycle {
        Cycle(
            store: store,
            book: book,
            ledger: Ledger(store: store, watches: [], router: Router(sinkNames: []), clock: clock),
            poller: Poller(client: fetcher),
            reader: ArticleReader(
                client: fetcher,
                robots: RobotsBook(client: fetcher, clock: clock),
                claimExtractor: ClaimExtractor()
            ),
            articlesInHand: ArticlesInHand(),
            router: Router(sinkNames: []),
            firstPoll: .baseline,
            readsArticles: false,
            troubles: Troubles(),
            logger: Logger(label: "tallywatch.bench") { _ in SwiftLogNoOpLogHandler() },
            clock: clock
        )
    }

    private func counts(_ sources: [Source], _ book: SourceBook, _ entries: Int) async throws -> Result {
        var result = Result()
        result.entries = entries
        for source in sources {
            let state = try await book.state(of: source)
            if state.failureCount > 0 {
                result.failed += 1
            } else if state.lastWholeAt == state.lastSuccessAt {
                result.whole += 1
            } else {
                result.unchanged += 1
            }
        }
        return result
    }
}
