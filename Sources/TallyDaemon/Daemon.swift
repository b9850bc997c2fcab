import CMalloc
import Delivering
import Dispatching
import Extracting
import Fetching
public import Foundation
public import Logging
import Storing
import Synchronization
import TallyModel

/// The daemon: wires the stages together, and owns start, reload, watchdog and stop.
public final class Daemon: Sendable {
    private let configPath: String
    private let settings: Settings
    private let lock: StoreLock?
    private let store: SQLiteStore
    private let fetcher: Fetcher
    private let claimExtractor = ClaimExtractor()
    private let outbox: Outbox
    private let ledger: Ledger
    private let book: SourceBook
    private let robots: RobotsBook
    private let articlesInHand = ArticlesInHand()
    private let scheduler: Scheduler
    private let state: DaemonState
    private let troubles = Troubles()
    private let logger: Logger
    private let clock: @Sendable () -> Date

    /// The time that cycles under way have to end when the daemon stops; systemd waits for longer.
    private static let stopGraceSeconds: Double = 20
    /// The time that due deliveries have when the daemon stops; what is left is delivered after the next start.
    private static let drainSeconds: Double = 10

    /// Reads the configuration, takes the store and makes the stages; nothing is polled yet.
    ///
    /// - Throws: ``SettingsError``, `StoringError`, or `DeliveringError` for a log file that cannot be opened.
    public init(configPath: String, logger: Logger, clock: @escaping @Sendable () -> Date = { Date() }) throws
    {
        self.configPath = configPath
        self.logger = logger
        self.clock = clock
        settings = try Settings.read(path: configPath)
        if case .file(let path) = settings.store {
            lock = try StoreLock(storePath: path)
        } else {
            lock = nil
        }
        store = try SQLiteStore(settings.store)
        fetcher = Fetcher(configuration: Self.fetching(settings))
        let sinks = try Sinks(settings.alerts, client: fetcher, clock: clock)
        outbox = Outbox(store: store, sinks: sinks.all, policy: RetryPolicy(), logger: logger, clock: clock)
        ledger = Ledger(store: store, watches: settings.watches, sinks: sinks.names, clock: clock)
        book = SourceBook(store: store, writesBehind: true)
        robots = RobotsBook(client: fetcher, clock: clock)
        scheduler = Scheduler(laneCount: ProcessInfo.processInfo.activeProcessorCount, clock: clock)
        state = DaemonState(settings: settings, sinks: sinks)
    }

    /// Polls every source once, finishes all work and the deliveries that are due, and closes.
    public func runOnce() async throws {
        await dropRemovedSinks(state.sinks.names)
        try await book.load(settings.sources)
        await scheduler.replace(sources: settings.sources, dueAt: [:])
        await scheduler.runAllOnce { [self] source in await cycle(source, pollsEarly: true) }
        await outbox.drain()
        try await close()
    }

    /// Runs until SIGTERM or SIGINT; SIGHUP reads the configuration anew.
    public func run() async throws {
        // An arena a thread would keep what the first polls needed: two are enough, and give back what they do not use.
        mallopt(M_ARENA_MAX, 2)
        let notifier = SystemdNotifier()
        let signals = SignalStream()
        await dropRemovedSinks(state.sinks.names)
        await outbox.start()
        try await book.load(settings.sources)
        await scheduler.replace(sources: settings.sources, dueAt: try await dueTimes(of: settings.sources))
        await scheduler.start { [self] source in await cycle(source, pollsEarly: false) }
        let writing = Task { [self] in await keepWriting() }
        var control: ControlServer?
        if let path = settings.controlSocket {
            control = ControlServer(path: path, handler: ControlHandler(ledger: ledger), logger: logger)
            await control?.start()
        }
        let watchdog = Task { [self] in await keepAlive(notifier) }
        notifier.ready("watching \(settings.sources.count) sources")
        logger.info("started", metadata: ["sources": "\(settings.sources.count)", "config": "\(configPath)"])
        for await signal in signals.values {
            guard signal == SIGHUP else { break }
            notifier.reloading()
            await reload()
            notifier.ready(state.status)
        }
        notifier.stopping()
        logger.info("stopping")
        await scheduler.stop(graceSeconds: Self.stopGraceSeconds)
        await control?.stop()
        await outbox.drain(withinSeconds: Self.drainSeconds)
        watchdog.cancel()
        writing.cancel()
        try await close()
        logger.info("stopped")
    }
}

extension Daemon {
    private func cycle(_ source: Source, pollsEarly: Bool) async -> Date {
        let (sinks, firstPoll) = state.forCycles
        let cycle = Cycle(
            store: store,
            book: book,
            ledger: ledger,
            poller: Poller(client: fetcher),
            reader: ArticleReader(client: fetcher, robots: robots, claimExtractor: claimExtractor),
            articlesInHand: articlesInHand,
            sinks: sinks,
            firstPoll: firstPoll,
            troubles: troubles,
            logger: logger,
            clock: clock
        )
        let report = await cycle.run(source, pollsEarly: pollsEarly)
        state.add(report)
        // An alert on the source itself is in no count.
        await outbox.wake()
        logger.debug(
            "polled",
            metadata: [
                "source": "\(source.name)", "articles": "\(report.articles)", "claims": "\(report.claims)",
                "alerts": "\(report.alerts)",
            ]
        )
        return report.nextPollAt
    }

    /// Writes what polls have left behind, once a second.
    private func keepWriting() async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: .seconds(1))
                try await book.flush()
                troubles.end("store", of: "")
            } catch is CancellationError {
                return
            } catch {
                guard troubles.isNews("store", of: "") else { continue }
                logger.error("nothing stored", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// Reads the configuration anew; one with mistakes changes nothing.
    private func reload() async {
        do {
            let new = try Settings.read(path: configPath)
            if new.store != settings.store || new.controlSocket != settings.controlSocket {
                logger.warning("store and control socket change only with a restart")
            }
            try await book.flush()
            try await book.load(new.sources)
            let times = try await dueTimes(of: new.sources)
            let sinks = try await state.sinks.reconfigured(new.alerts, client: fetcher, clock: clock)
            await fetcher.update(configuration: Self.fetching(new))
            state.replace(settings: new, sinks: sinks)
            await ledger.reconfigure(watches: new.watches, sinks: sinks.names)
            await outbox.replace(sinks: sinks.all)
            await dropRemovedSinks(sinks.names)
            await scheduler.replace(sources: new.sources, dueAt: times)
            logger.info("configuration read anew", metadata: ["sources": "\(new.sources.count)"])
        } catch {
            logger.error("configuration not read, the old one stays", metadata: ["reason": "\(error)"])
        }
    }

    /// When the sources are due by what the store remembers: a restart polls nothing early.
    private func dueTimes(of sources: [Source]) async throws -> [String: Date] {
        var times: [String: Date] = [:]
        for source in sources {
            let state = try await book.state(of: source)
            times[source.name] = PollPolicy.due(source, state)
            if let check = try await book.nextCheck(of: source) {
                times[source.name] = min(check, times[source.name] ?? check)
            }
        }
        return times
    }

    private func dropRemovedSinks(_ names: [String]) async {
        do {
            let count = try await store.abandonDeliveries(exceptTo: names, at: clock())
            if count > 0 {
                logger.error("deliveries to removed sinks given up", metadata: ["count": "\(count)"])
            }
        } catch {
            logger.error("nothing stored", metadata: ["reason": "\(error)"])
        }
    }

    /// Tells systemd that scheduler, ledger, fetcher and store still answer, and what has been done.
    private func keepAlive(_ notifier: SystemdNotifier) async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: .seconds(min(notifier.watchdogSeconds ?? 10, 10)))
                await scheduler.ping()
                await ledger.ping()
                await fetcher.ping()
                try await store.ping()
            } catch is CancellationError {
                return
            } catch {
                logger.error("store does not answer", metadata: ["reason": "\(error)"])
                continue
            }
            claimExtractor.releaseMemory()
            malloc_trim(0)
            notifier.isAlive()
            notifier.status(state.status)
        }
    }

    private func close() async throws {
        await outbox.stop()
        await fetcher.close()
        try await book.flush()
        try store.close()
    }

    private static func fetching(_ settings: Settings) -> FetchConfiguration {
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = settings.allowedNetworks.compactMap { NetworkRange($0) }
        if let contact = settings.contact {
            configuration.userAgent = FetchConfiguration.userAgent(contact: contact)
        }
        configuration.maximumTransfersPerHost =
            settings.transfersPerHost ?? configuration.maximumTransfersPerHost
        configuration.requestsPerSecondPerHost =
            settings.requestsPerSecondPerHost ?? configuration.requestsPerSecondPerHost
        return configuration
    }
}

/// What changes while the daemon runs.
private final class DaemonState: Sendable {
    private struct Values {
        var settings: Settings
        var sinks: Sinks
        var polls = 0
        var articles = 0
        var alerts = 0
    }

    private let values: Mutex<Values>

    init(settings: Settings, sinks: Sinks) {
        values = Mutex(Values(settings: settings, sinks: sinks))
    }

    var settings: Settings { values.withLock { $0.settings } }
    var sinks: Sinks { values.withLock { $0.sinks } }

    /// What every cycle is made with.
    var forCycles: (sinks: [String], firstPoll: AlertSettings.FirstPoll) {
        values.withLock { ($0.sinks.names, $0.settings.alerts.firstPoll) }
    }

    var status: String {
        values.withLock { values in
            "\(values.settings.sources.count) sources, \(values.polls) polls, \(values.articles) articles, "
                + "\(values.alerts) alerts"
        }
    }

    func add(_ report: CycleReport) {
        values.withLock { values in
            values.polls += 1
            values.articles += report.articles
            values.alerts += report.alerts
        }
    }

    func replace(settings: Settings, sinks: Sinks) {
        values.withLock { values in
            values.settings = settings
            values.sinks = sinks
        }
    }
}
