import Extracting
import CMalloc
import Delivering
import Dispatching
import Fetching
public import Foundation
public import Logging
import Storing
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
        scheduler = Scheduler(laneCount: ProcessInfo.processInfo.activeProcessorCount, clock: clock)
        state = DaemonState(settings: settings, sinks: sinks)
    }

    /// Polls every source once, finishes all work and the deliveries that are due, and closes.
    public func runOnce() async throws {
        await dropRemovedSinks(await state.sinks.names)
        await scheduler.replace(sources: settings.sources, dueAt: [:])
        await scheduler.runAllOnce { [self] source in await cycle(source) }
        await outbox.drain()
        try await close()
    }

    /// Runs until SIGTERM or SIGINT; SIGHUP reads the configuration anew.
    public func run() async throws {
        // An arena a thread would keep what the first polls needed: two are enough, and give back what they do not use.
        mallopt(M_ARENA_MAX, 2)
        let notifier = SystemdNotifier()
        let signals = SignalStream()
        await dropRemovedSinks(await state.sinks.names)
        await outbox.start()
        await scheduler.replace(sources: settings.sources, dueAt: try await dueTimes(of: settings.sources))
        await scheduler.start { [self] source in await cycle(source) }
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
            notifier.ready(await state.status)
        }
        notifier.stopping()
        logger.info("stopping")
        await scheduler.stop(graceSeconds: Self.stopGraceSeconds)
        await control?.stop()
        await outbox.drain(withinSeconds: Self.drainSeconds)
        watchdog.cancel()
        try await close()
        logger.info("stopped")
    }
}

extension Daemon {
    private func cycle(_ source: Source) async -> Date {
        let sinks = await state.sinks.names
        let cycle = Cycle(
            store: store,
            ledger: ledger,
            poller: Poller(client: fetcher),
            reader: ArticleReader(client: fetcher, claimExtractor: claimExtractor),
            sinks: sinks,
            firstPoll: await state.settings.alerts.firstPoll,
            troubles: troubles,
            logger: logger,
            clock: clock
        )
        let report = await cycle.run(source)
        await state.add(report)
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

    /// Reads the configuration anew; one with mistakes changes nothing.
    private func reload() async {
        do {
            let new = try Settings.read(path: configPath)
            if new.store != settings.store || new.controlSocket != settings.controlSocket {
                logger.warning("store and control socket change only with a restart")
            }
            let times = try await dueTimes(of: new.sources)
            let sinks = try await state.sinks.reconfigured(new.alerts, client: fetcher, clock: clock)
            await fetcher.update(configuration: Self.fetching(new))
            await state.replace(settings: new, sinks: sinks)
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
            guard let state = try await store.state(of: source) else { continue }
            // A shorter interval counts at once; a source that fails keeps its distance.
            let latest = clock().addingTimeInterval(source.everySeconds)
            times[source.name] = state.failureCount > 0 ? state.nextPollAt : min(state.nextPollAt, latest)
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
            notifier.status(await state.status)
        }
    }

    private func close() async throws {
        await outbox.stop()
        await fetcher.close()
        try store.close()
    }

    private static func fetching(_ settings: Settings) -> FetchConfiguration {
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = settings.allowedNetworks.compactMap { NetworkRange($0) }
        return configuration
    }
}

/// What changes while the daemon runs.
private actor DaemonState {
    private(set) var settings: Settings
    private(set) var sinks: Sinks
    private var polls = 0
    private var articles = 0
    private var alerts = 0

    init(settings: Settings, sinks: Sinks) {
        self.settings = settings
        self.sinks = sinks
    }

    var status: String {
        "\(settings.sources.count) sources, \(polls) polls, \(articles) articles, \(alerts) alerts"
    }

    func add(_ report: CycleReport) {
        polls += 1
        articles += report.articles
        alerts += report.alerts
    }

    func replace(settings: Settings, sinks: Sinks) {
        self.settings = settings
        self.sinks = sinks
    }
}
