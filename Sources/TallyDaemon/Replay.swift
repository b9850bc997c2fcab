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
            var claims = articles.first.map { extractor.claims(in: $0.article, readAt: $0.date) } ?? []
            for (place, recorded) in articles.enumerated() {
                // The next article is read while this one is compared.
                let next = place + 1 < articles.count ? articles[place + 1] : nil
                async let ahead = next.map { extractor.claims(in: $0.article, readAt: $0.date) } ?? []
                now.withLock { $0 = max($0, recorded.date) }
                let entry = EntryRecord(
                    source: recorded.article.outlet,
                    entryID: recorded.id,
                    url: "",
                    digest: "",
                    firstSeenAt: recorded.date
                )
                let read = ReadArticle(
                    entry: entry,
                    articleID: Identifier.derived(from: ["recording", recorded.id]),
                    article: recorded.article,
                    entryDate: recorded.date,
                    claims: claims,
                    isSilent: false
                )
                for alert in try await ledger.take(read) {
                    try tell(alert)
                }
                onArticle(place + 1)
                claims = await ahead
            }
        }
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
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = settings.allowedNetworks.compactMap { NetworkRange($0) }
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
