import Delivering
import Extracting
import Fetching
import FoundationEssentials
public import Logging
import Storing
public import TallyModel
import Synchronization

/// Sends recorded articles through the daemon's own path, each as if it had just arrived.
///
/// A store in memory takes them, so that a replay changes nothing; the sinks are left alone unless asked for.
public struct Replay {
    private let settings: Settings
    private let logger: Logger

    /// Creates a replay with the watches and sinks of a configuration.
    public init(settings: Settings, logger: Logger) {
        self.settings = settings
        self.logger = logger
    }

    /// Runs the articles in their order and hands each alert over as it is raised.
    ///
    /// - Parameters:
    ///   - articles: The recording.
    ///   - delivers: Whether the configuration's sinks get the alerts too.
    ///   - onArticle: Called after each article with their number so far.
    ///   - tell: Called for each alert.
    /// - Throws: What the store, a sink or `tell` throws.
    public func run(
        _ articles: [RecordedArticle],
        delivers: Bool,
        onArticle: (_ count: Int) -> Void = { _ in },
        tell: (Alert) throws -> Void
    ) async throws {
        let now = Mutex(Date(timeIntervalSince1970: 0))
        let clock: @Sendable () -> Date = { now.withLock { $0 } }
        try await withSinks(delivers) { store, router in
            let ledger = Ledger(store: store, watches: settings.watches, router: router, clock: clock)
            let extractor = ClaimExtractor()
            @Sendable func claims(of batch: ArraySlice<RecordedArticle>) -> [[Claim]] {
                batch.map { extractor.claims(in: $0.article, readAt: $0.date) }
            }
            var place = 0
            var batch = articles.prefix(Self.batch)
            var read = claims(of: batch)
            while !batch.isEmpty {
                // The next articles are read while these are compared.
                let next = articles[batch.endIndex...].prefix(Self.batch)
                async let ahead = claims(of: next)
                for (recorded, claims) in zip(batch, read) {
                    now.withLock { $0 = max($0, recorded.date) }
                    for alert in try await ledger.take(Self.article(recorded, claiming: claims)) {
                        try tell(alert)
                    }
                    place += 1
                    onArticle(place)
                }
                batch = next
                read = await ahead
            }
        }
    }

    /// How many articles are read in one go: many, so that the two threads seldom wait for each other.
    private static let batch = 32

    private static func article(_ recorded: RecordedArticle, claiming claims: [Claim]) -> ReadArticle {
        let entry = EntryRecord(
            source: recorded.article.outlet,
            entryID: recorded.id,
            url: "",
            digest: "",
            firstSeenAt: recorded.date
        )
        return ReadArticle(
            entry: entry,
            articleID: Identifier.derived(from: ["recording", recorded.id]),
            article: recorded.article,
            entryDate: recorded.article.published,
            claims: claims,
            isSilent: false
        )
    }

    private func withSinks(
        _ delivers: Bool,
        _ body: (SQLiteStore, Router) async throws -> Void
    ) async throws {
        let store = try SQLiteStore(.memory)
        guard delivers else {
            try await body(store, Router(sinkNames: []))
            return
        }
        let clock: @Sendable () -> Date = { Date() }
        let configuration = settings.delivering
        let fetcher = Fetcher(configuration: configuration)
        let clients = SinkClients(http: fetcher, mail: Mailer(configuration: configuration))
        let sinks = try Sinks(settings.alerts, clients: clients, mutes: MuteBoard(), clock: clock)
        let outbox = Outbox(
            store: store,
            sinks: sinks.all,
            policy: RetryPolicy(),
            logger: logger,
            clock: clock
        )
        try await body(store, sinks.router)
        await outbox.drain()
        await outbox.stop()
        await fetcher.close()
    }
}
