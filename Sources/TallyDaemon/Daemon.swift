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
    /// The program's version.
    public static let version = "0.1.0"

    private let configPath: String
    private let settings: Settings
    private let lock: StoreLock?
    private let store: SQLiteStore
    private let fetcher: Fetcher
    private let claimExtractor = ClaimExtractor()
    /// Deliveries have connections of their own: none that reached a private receiver ever serves a fetch.
    private let deliveryFetcher: Fetcher
    private let outbox: Outbox
    private let ledger: Ledger
    private let book: SourceBook
    private let robots: RobotsBook
    private let articlesInHand = ArticlesInHand()
    private let scheduler: Scheduler
    private let state: DaemonState
    private let troubles = Troubles()
    /// How far the cycles under way are.
    private let headway = Headway()
    private let mutes = MuteBoard()
    private let gate: StoreGate
    private let startedAt: Date
    private let logger: Logger
    private let clock: @Sendable () -> Date

    /// The time that cycles under way have to end when the daemon stops; systemd waits for longer.
    private static let stopGraceSeconds: Double = 20
    /// The time that due deliveries have when the daemon stops; what is left is delivered after the next start.
    private static let drainSeconds: Double = 10

    /// The time that systemd is asked for before each step of a migration.
    private static let migrationStepSeconds = 1800

    /// Reads the configuration, takes the store and makes the stages; nothing is polled yet.
    ///
    /// - Parameters:
    ///   - configPath: The configuration file.
    ///   - logger: Where the daemon says what it does.
    ///   - clock: The time of day.
    ///   - onMigration: Called before each step that brings an older store up to date, with the steps done and all of them.
    /// - Throws: ``SettingsError``, `StoringError`, or `DeliveringError` for a log file that cannot be opened.
    public init(
        configPath: String,
        logger: Logger,
        clock: @escaping @Sendable () -> Date = { Date() },
        onMigration: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws {
        self.configPath = configPath
        self.logger = logger
        self.clock = clock
        settings = try Settings.read(path: configPath)
        if case .file(let path) = settings.store {
            lock = try StoreLock(storePath: path)
        } else {
            lock = nil
        }
        store = try SQLiteStore(settings.store) { done, total in
            SystemdNotifier().extendStart(bySeconds: Self.migrationStepSeconds)
            logger.notice(
                "bringing the store up to date",
                metadata: ["step": "\(done + 1)", "of": "\(total)"]
            )
            onMigration(done, total)
        }
        let loop = EventLoop()
        fetcher = Fetcher(configuration: settings.fetching, loop: loop)
        deliveryFetcher = Fetcher(configuration: settings.delivering, loop: loop)
        let clients = SinkClients(
            http: deliveryFetcher,
            mail: Mailer(configuration: settings.delivering)
        )
        let sinks = try Sinks(settings.alerts, clients: clients, mutes: mutes, clock: clock)
        outbox = Outbox(store: store, sinks: sinks.all, policy: RetryPolicy(), logger: logger, clock: clock)
        ledger = Ledger(store: store, watches: settings.watches, router: sinks.router, clock: clock)
        book = SourceBook(store: store, writesBehind: true)
        robots = RobotsBook(client: fetcher, clock: clock)
        let lanes = ProcessInfo.processInfo.activeProcessorCount
        scheduler = Scheduler(laneCount: lanes, loop: loop, clock: clock)
        state = DaemonState(settings: settings, sinks: sinks)
        gate = StoreGate(logger: logger)
        startedAt = clock()
    }

    /// Polls every source once, finishes all work and the deliveries that are due, and closes.
    ///
    /// - Parameter onPoll: Called after each source with the sources that are done and all of them.
    /// - Throws: What the store says.
    public func runOnce(
        onPoll: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws {
        mutes.replace(try await store.mutes(at: clock()))
        await dropRemovedSinks(await state.sinks.names)
        try await book.load(settings.sources)
        await scheduler.runAllOnce(settings.sources) { [self] source, lane in
            let next = await cycle(source, pollsEarly: true, lane)
            onPoll(await state.totals.polls, settings.sources.count)
            return next
        }
        await outbox.drain()
        try await close()
        if let reason = await gate.reason { throw StoringError.cannotWrite(reason: reason) }
    }

    /// Runs until SIGTERM or SIGINT; SIGHUP reads the configuration anew.
    public func run() async throws {
        // An arena a thread would keep what the first polls needed: two are enough, and give back what they do not use.
        mallopt(M_ARENA_MAX, 2)
        ProgramPages.release()
        let notifier = SystemdNotifier()
        let signals = SignalStream()
        mutes.replace(try await store.mutes(at: clock()))
        await dropRemovedSinks(await state.sinks.names)
        await outbox.start()
        try await book.load(settings.sources)
        await scheduler.replace(sources: settings.sources, dueAt: try await dueTimes(of: settings.sources))
        let hubs = try await subscribing()
        await scheduler.start { [self] source, lane in
            await cycle(source, pollsEarly: false, lane, subscriber: hubs?.subscriber)
        }
        let writing = Task { [self] in await keepWriting() }
        var control: ControlServer?
        if let path = settings.controlSocket {
            let handler = ControlHandler(ledger: ledger, store: store, outbox: outbox, mutes: mutes)
            control = ControlServer(path: path, handler: handler, logger: logger)
            await control?.start()
        }
        let health = HealthServer(settings: settings.service, logger: logger) { [self] in await report() }
        await health.start()
        let watchdog = Task { [self] in await keepAlive(notifier) }
        let maintenance = Task { [self] in
            await Maintenance(store: store, ledger: ledger, logger: logger, clock: clock)
                .run { [self] in await state.settings.retention }
        }
        notifier.ready("watching \(settings.sources.count) sources")
        logger.info("started", metadata: ["sources": "\(settings.sources.count)", "config": "\(configPath)"])
        for await signal in signals.values {
            guard signal == SIGHUP else { break }
            notifier.reloading()
            await reload(subscriber: hubs?.subscriber)
            notifier.ready(await status())
        }
        await state.stop()
        notifier.stopping()
        logger.info("stopping")
        await scheduler.stop(graceSeconds: Self.stopGraceSeconds)
        await control?.stop()
        await hubs?.stop()
        await outbox.drain(withinSeconds: Self.drainSeconds)
        await health.stop()
        // Whatever asks the store must have ended before it closes: it could not fold its log in, and would say so.
        for task in [maintenance, watchdog, writing] {
            task.cancel()
            await task.value
        }
        try await close()
        logger.info("stopped")
    }
}

extension Daemon {
    private func cycle(
        _ source: Source,
        pollsEarly: Bool,
        _ lane: Lane,
        subscriber: Subscriber? = nil
    ) async -> Date {
        // Nothing is polled that could not be stored.
        guard await gate.isOpen else { return clock().addingTimeInterval(StoreGate.probeSeconds) }
        let router = await state.sinks.router
        let cycle = Cycle(
            store: store,
            book: book,
            ledger: ledger,
            poller: Poller(client: fetcher),
            reader: ArticleReader(client: fetcher, robots: robots, claimExtractor: claimExtractor),
            articlesInHand: articlesInHand,
            router: router,
            firstPoll: await state.settings.alerts.firstPoll,
            subscriber: subscriber,
            troubles: troubles,
            headway: headway,
            logger: logger,
            clock: clock
        )
        let report = await cycle.run(source, pollsEarly: pollsEarly, lane: lane)
        if let reason = report.storeFailure { await gate.close(reason: reason) }
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

    /// Begins to listen to hubs, where the configuration says how they reach the daemon.
    private func subscribing() async throws -> Hubs? {
        guard let webSub = settings.webSub else { return nil }
        let subscriber = Subscriber(
            settings: webSub,
            store: store,
            client: fetcher,
            logger: logger,
            clock: clock
        )
        let hubs = Hubs(settings: webSub, subscriber: subscriber, logger: logger)
        // What is subscribed to is known before the first hub is answered: one that is told of no subscription ends it.
        try await subscriber.load(settings.sources) { [scheduler] name in await scheduler.hasten(name) }
        guard await hubs.listen() else { return nil }
        await hubs.start()
        return hubs
    }

    /// Writes what polls have left behind, once a second.
    private func keepWriting() async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: .seconds(1))
                try await book.flush()
                troubles.end("store", of: "")
            } catch {
                // The end of the daemon cuts this one short, and writes what is left itself.
                guard !Task.isCancelled else { return }
                guard troubles.isNews("store", of: "") else { continue }
                logger.error("nothing stored", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// Reads the configuration anew; one with mistakes changes nothing.
    private func reload(subscriber: Subscriber?) async {
        do {
            let new = try Settings.read(path: configPath)
            if new.store != settings.store || new.controlSocket != settings.controlSocket
                || new.webSub != settings.webSub
            {
                logger.warning("store, control socket and websub change only with a restart")
            }
            try await book.flush()
            try await book.load(new.sources)
            let times = try await dueTimes(of: new.sources)
            let clients = SinkClients(
                http: deliveryFetcher,
                mail: Mailer(configuration: new.delivering)
            )
            let sinks = try await state.sinks.reconfigured(
                new.alerts,
                clients: clients,
                mutes: mutes,
                clock: clock
            )
            await fetcher.update(configuration: new.fetching)
            await deliveryFetcher.update(configuration: new.delivering)
            await state.replace(settings: new, sinks: sinks)
            await ledger.reconfigure(watches: new.watches, router: sinks.router)
            await outbox.replace(sinks: sinks.all)
            await dropRemovedSinks(sinks.names)
            await scheduler.replace(sources: new.sources, dueAt: times)
            await subscriber?.replace(sources: new.sources)
            logger.info("configuration read anew", metadata: ["sources": "\(new.sources.count)"])
        } catch {
            await state.noteFailedReload()
            logger.error("configuration not read, the old one stays", metadata: ["reason": "\(error)"])
        }
    }

    /// When the sources are due by what the store remembers: a restart polls nothing early.
    private func dueTimes(of sources: [Source]) async throws -> [String: Date] {
        var times: [String: Date] = [:]
        for source in sources {
            let state = try await book.state(of: source)
            times[source.name] = PollPolicy.due(source, state, at: clock())
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

    /// Tells systemd that every stage still moves, and what has been done.
    private func keepAlive(_ notifier: SystemdNotifier) async {
        let pulse = Pulse(stages: stages, logger: logger)
        let interval = min(notifier.watchdogSeconds ?? 10, 10)
        while !Task.isCancelled {
            // A cancelled wait is the end of the daemon.
            guard (try? await Task.sleep(for: .seconds(interval))) != nil else { return }
            let silent = await pulse.beat(withinSeconds: interval)
            guard !Task.isCancelled else { return }
            await state.set(silentStages: silent)
            await probeStore()
            claimExtractor.releaseMemory()
            malloc_trim(0)
            ProgramPages.release()
            // A stop has a status of its own.
            if await !state.isStopping { notifier.status(await status()) }
            if silent.isEmpty { notifier.isAlive() }
        }
    }

    private var stages: [Pulse.Stage] {
        [
            Pulse.Stage(name: "scheduler") { [scheduler] in await scheduler.ping() },
            Pulse.Stage(name: "cycles") { [headway] in
                let overdue = headway.overdue
                guard overdue.isEmpty else { throw StuckCycles(sources: overdue) }
            },
            Pulse.Stage(name: "ledger") { [ledger] in await ledger.ping() },
            Pulse.Stage(name: "fetcher") { [fetcher] in await fetcher.ping() },
            Pulse.Stage(name: "delivery fetcher") { [deliveryFetcher] in await deliveryFetcher.ping() },
            Pulse.Stage(name: "outbox") { [outbox] in try await outbox.ping() },
            Pulse.Stage(name: "store") { [store] in try await store.ping() },
        ]
    }

    /// While the store takes nothing, whether it does again.
    private func probeStore() async {
        guard await !gate.isOpen else { return }
        do {
            try await store.probeWriting(at: clock())
            await gate.open()
            await outbox.wake()
        } catch {
            logger.debug("store still takes nothing", metadata: ["reason": "\(error)"])
        }
    }

    private func status() async -> String {
        let pending = await outbox.state.sinks.filter { $0.value.isFailing || $0.value.disabledReason != nil }
        let sinks = pending.isEmpty ? "" : ", failing sinks: \(pending.keys.sorted().joined(separator: " "))"
        let closed = await gate.reason.map { ", NOT POLLING: \($0)" } ?? ""
        return await state.status + sinks + closed
    }

    /// Everything that metrics and health are made of.
    private func report() async -> ServiceReport {
        var report = ServiceReport(startedAt: startedAt, now: clock())
        report.totals = await state.totals
        report.silentStages = await state.silentStages
        report.gateReason = await gate.reason
        report.outbox = await outbox.state
        do {
            report.deliveries = try await store.deliveryCounts()
            report.oldestPending = try await store.oldestPendingDeliveries()
            report.failingSources = try await store.failingSourceCount()
            report.storeBytes = try await store.sizeBytes()
        } catch {
            report.storeError = "\(error)"
        }
        return report
    }

    private func close() async throws {
        await outbox.stop()
        await fetcher.close()
        await deliveryFetcher.close()
        try await book.flush()
        try store.close()
    }
}
