import Dispatching
public import Foundation
public import Logging
public import TallyModel

/// Takes pending deliveries out of the store and hands them to their sinks until those have them.
///
/// Sinks do not wait for each other. Within a sink, lanes (figures) do not wait for each other either, and the messages
/// of a lane leave in their order. A place in a sink is free again once the outcome is written down: a crash repeats
/// no more messages than the sink has places.
public actor Outbox {
    private let executor = QueueExecutor(label: "tallywatch.delivering")
    private let store: any DeliveryStore
    private let logger: Logger
    private let clock: @Sendable () -> Date
    private let uptime: @Sendable () -> Double
    private var policy: RetryPolicy
    private var timer: DeadlineTimer?
    private var queues: [String: SinkQueue] = [:]
    /// The names of the sinks in the order of the configuration.
    private var order: [String] = []
    private var tasks: [Int: Task<Void, Never>] = [:]
    private var taskCount = 0
    private var clockWatch = ClockWatch()
    /// Outcomes that wait to be written down, with what waits for each.
    private var unsettled: [(outcomes: [DeliveryOutcome], done: CheckedContinuation<Void, Never>)] = []
    private var isSettling = false
    private var isStoreFailing = false
    /// When a drain that is under way sets nothing further to work.
    private var drainEnd: Date?
    private var isStopping = false
    /// Whether the store was asked which sinks want no more.
    private var knowsDisabled = false
    private var counts = OutboxCounts()

    /// The wait after the store has failed, in seconds.
    private static let storeRetrySeconds: Double = 5
    /// The longest time without a look at the clock and the store, in seconds.
    private static let tickSeconds: Double = 60

    /// Creates an outbox; nothing is delivered before ``start()`` or ``drain(withinSeconds:)``.
    ///
    /// - Parameters:
    ///   - store: Where deliveries are kept.
    ///   - sinks: Where they go.
    ///   - policy: When a failed one is tried again.
    ///   - logger: Where troubles are told.
    ///   - clock: The time of day.
    ///   - uptime: Seconds of a clock that is never set.
    public init(
        store: any DeliveryStore,
        sinks: [any Sink],
        policy: RetryPolicy,
        logger: Logger,
        clock: @escaping @Sendable () -> Date,
        uptime: @escaping @Sendable () -> Double = { Outbox.systemUptime() }
    ) {
        self.store = store
        self.policy = policy
        self.logger = logger
        self.clock = clock
        self.uptime = uptime
        order = sinks.map(\.name)
        queues = Dictionary(uniqueKeysWithValues: sinks.map { ($0.name, SinkQueue($0)) })
    }

    /// The queue that deliveries are decided on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// What was done so far, and how the sinks are.
    public var state: OutboxCounts {
        var counts = counts
        for (name, queue) in queues {
            counts.sinks[name, default: .init()].inFlight = queue.busyLanes.count
            counts.sinks[name, default: .init()].isFailing = queue.breaker.isOpen
            counts.sinks[name, default: .init()].disabledReason = queue.disabledReason
        }
        return counts
    }

    /// Begins to deliver what is due, and what falls due.
    public func start() {
        timer = DeadlineTimer(executor: executor) { @Sendable [weak self] in
            self?.assumeIsolated { $0.wake() }
        }
        wake()
    }

    /// Looks for due deliveries: new ones were committed, or their time has come.
    public func wake() {
        guard timer != nil, !isStopping else { return }
        watchClock()
        guard knowsDisabled else { return refreshDisabled() }
        fillAll()
    }

    /// Delivers everything that is due now and returns when each of it was tried, or the time is over.
    ///
    /// - Parameter seconds: The time; what is left then stays in the store.
    public func drain(withinSeconds seconds: Double = .infinity) async {
        drainEnd = clock().addingTimeInterval(min(seconds, 1e9))
        refreshDisabled()
        while let task = tasks.values.first {
            await task.value
        }
        drainEnd = nil
    }

    /// Hands over to other sinks; what is in the air ends with the old ones.
    public func replace(sinks: [any Sink]) {
        var new: [String: SinkQueue] = [:]
        for sink in sinks {
            var queue = SinkQueue(sink)
            if let old = queues[sink.name] {
                queue.busyLanes = old.busyLanes
                queue.runningCount = old.runningCount
                queue.isFilling = old.isFilling
                for lane in old.waiting {
                    queue.busyLanes.remove(lane[0].first.lane)
                }
                if old.sink.target == sink.target { queue.breaker = old.breaker }
            }
            new[sink.name] = queue
        }
        order = sinks.map(\.name)
        queues = new
        refresh()
    }

    /// Asks again which sinks are disabled, and then for what is due: a person had deliveries replayed.
    public func refresh() {
        knowsDisabled = false
        wake()
    }

    /// Begins no further delivery and returns when those under way have ended and are written down.
    public func stop() async {
        isStopping = true
        timer?.cancel()
        timer = nil
        for name in order {
            queues[name]?.waiting = []
        }
        if isStoreFailing { giveUpSettling() }
        while let task = tasks.values.first {
            await task.value
        }
    }

    /// Returns at once: the watchdog asks whether the queue still moves.
    public func ping() {}

    /// Seconds of the system's monotonic clock.
    public static func systemUptime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

// MARK: - Taking out of the store

extension Outbox {
    private func track(_ work: @escaping @Sendable (isolated Outbox) async -> Void) {
        taskCount += 1
        let number = taskCount
        tasks[number] = Task {
            await work(self)
            self.tasks[number] = nil
        }
    }

    private func fillAll() {
        for name in order {
            fill(name)
        }
    }

    /// Takes out of the store what a sink has places for, unless that is under way.
    private func fill(_ name: String) {
        guard let queue = queues[name] else { return }
        guard !queue.isFilling else {
            queues[name]?.mayHaveMore = true
            return
        }
        let isOver = drainEnd.map { $0 <= clock() } ?? false
        guard !isOver, !isStopping else { return }
        let free = queue.freePlaces(at: clock()) - queue.waiting.count
        guard free > 0 || queue.disabledReason != nil else { return arm() }
        queues[name]?.isFilling = true
        queues[name]?.mayHaveMore = false
        // While only one attempt is made at a time nothing is taken that would wait behind it.
        let rows = queue.breaker.isOpen ? 1 : queue.sink.concurrency * SinkQueue.rowsPerPlace
        track { outbox in await outbox.fill(name, rows: rows) }
    }

    private func fill(_ name: String, rows: Int) async {
        guard let queue = queues[name] else { return }
        var found = 0
        var hasFailed = false
        do {
            if let reason = queue.disabledReason {
                try await abandonAll(to: name, reason)
            } else {
                let due = try await store.dueDeliveries(
                    to: name,
                    at: clock(),
                    limit: rows,
                    busyLanes: queue.busyLanes
                )
                found = due.count
                add(due, to: name)
            }
        } catch {
            storeFailed(error)
            hasFailed = true
        }
        queues[name]?.isFilling = false
        guard !hasFailed else { return }
        if queues[name]?.mayHaveMore == true { fill(name) }
        if found == 0 { await armForNext(of: name) }
    }

    private func add(_ due: [Delivery], to name: String) {
        guard let queue = queues[name], !isStopping, queue.disabledReason == nil else { return }
        // A lane may have been set to work by an earlier answer of the store.
        let fresh = due.filter { !queue.busyLanes.contains($0.lane) }
        let lanes = SinkQueue.lanes(of: fresh, takesGroups: queue.sink.takesGroups)
        queues[name]?.busyLanes.formUnion(fresh.map(\.lane))
        queues[name]?.waiting += lanes
        startWaiting(name)
    }

    private func startWaiting(_ name: String) {
        while let queue = queues[name], !queue.waiting.isEmpty, queue.freePlaces(at: clock()) > 0 {
            let isOver = drainEnd.map { $0 <= clock() } ?? false
            guard !isOver else { return release(name) }
            queues[name]?.runningCount += 1
            guard let lane = queues[name]?.waiting.removeFirst() else { return }
            let sink = queue.sink
            track { outbox in await outbox.run(lane, at: sink) }
        }
        // What a sink on hold was to get is asked for again when the hold is over.
        if let queue = queues[name], queue.breaker.allowance(of: 1, at: clock()) == 0 || queue.breaker.isOpen
        {
            release(name)
        }
    }

    /// Lets go of what was taken out and not begun.
    private func release(_ name: String) {
        for lane in queues[name]?.waiting ?? [] {
            queues[name]?.busyLanes.remove(lane[0].first.lane)
        }
        queues[name]?.waiting = []
        arm()
    }
}

// MARK: - Delivering

extension Outbox {
    /// Hands over the messages of a lane one after the other, until one fails.
    private func run(_ lane: [Message], at sink: any Sink) async {
        for message in lane {
            let isOver = drainEnd.map { $0 <= clock() } ?? false
            guard !isStopping, !isOver, queues[sink.name] != nil else { break }
            let start = uptime()
            let result = await sink.deliver(message)
            counts.note(
                result,
                of: sink.name,
                deliveries: message.deliveries.count,
                seconds: uptime() - start
            )
            let change = follow(result, of: message, at: sink)
            await settle(message.deliveries.map { DeliveryOutcome(id: $0.id, change: change) })
            guard result == .delivered else { break }
        }
        queues[sink.name]?.busyLanes.remove(lane[0].first.lane)
        queues[sink.name]?.runningCount -= 1
        startWaiting(sink.name)
        fill(sink.name)
    }

    /// Draws the consequences of an attempt for its sink; returns those for its deliveries.
    private func follow(
        _ result: DeliveryResult,
        of message: Message,
        at sink: any Sink
    ) -> DeliveryOutcome.Change {
        switch result {
        case .delivered:
            let isOpen = queues[sink.name]?.breaker.isOpen ?? false
            guard queues[sink.name]?.breaker.succeed() == true else { return .delivered }
            logger.notice("sink recovered", metadata: ["sink": "\(sink.name)"])
            if isOpen { track { outbox in await outbox.hasten(sink.name) } }
            return .delivered
        case .unavailable(let reason):
            fail(sink.name, reason, retryAfterSeconds: nil, isWhole: true)
            return .postponed(until: queues[sink.name]?.breaker.heldUntil ?? clock(), reason: reason)
        case .failed(let reason, let retryAfterSeconds):
            fail(sink.name, reason, retryAfterSeconds: retryAfterSeconds, isWhole: false)
            let first = message.first
            switch policy.next(
                afterFailures: first.failures + 1,
                ageSeconds: clock().timeIntervalSince(first.createdAt),
                retryAfterSeconds: retryAfterSeconds
            ) {
            case .retry(let seconds):
                return .failed(retryAt: clock().addingTimeInterval(seconds), reason: reason)
            case .abandon: return abandon(message, reason)
            }
        case .refused(let reason):
            return abandon(message, reason)
        case .gone(let reason):
            queues[sink.name]?.disabledReason = reason
            release(sink.name)
            track { outbox in await outbox.disable(sink, reason) }
            return abandon(message, reason)
        }
    }

    private func fail(_ sink: String, _ reason: String, retryAfterSeconds: Double?, isWhole: Bool) {
        let isNews = queues[sink]?.breaker.failures == 0
        queues[sink]?.breaker.fail(at: clock(), retryAfterSeconds: retryAfterSeconds, isWhole: isWhole)
        guard isNews else { return }
        logger.warning("sink failing", metadata: ["sink": "\(sink)", "reason": "\(reason)"])
    }

    private func abandon(_ message: Message, _ reason: String) -> DeliveryOutcome.Change {
        for delivery in message.deliveries {
            counts.sinks[delivery.sink, default: .init()].abandoned += 1
            logger.error(
                "delivery given up",
                metadata: ["sink": "\(delivery.sink)", "alert": "\(delivery.alertID)", "reason": "\(reason)"]
            )
        }
        return .abandoned(reason: reason)
    }

    private func hasten(_ sink: String) async {
        do {
            try await store.hastenDeliveries(to: sink, at: clock())
        } catch {
            storeFailed(error)
        }
        fill(sink)
    }

    private func disable(_ sink: any Sink, _ reason: String) async {
        logger.error("sink disabled", metadata: ["sink": "\(sink.name)", "reason": "\(reason)"])
        do {
            try await store.disable(sink: sink.name, target: sink.target, reason: reason, at: clock())
        } catch {
            storeFailed(error)
        }
        fill(sink.name)
    }

    private func abandonAll(to sink: String, _ reason: String) async throws {
        let reason = "the sink is disabled: \(reason)"
        let count = try await store.abandonDeliveries(to: sink, reason: reason, at: clock())
        guard count > 0 else { return }
        counts.sinks[sink, default: .init()].abandoned += count
        let metadata: Logger.Metadata = ["sink": "\(sink)", "count": "\(count)", "reason": "\(reason)"]
        logger.error("deliveries given up", metadata: metadata)
    }
}

// MARK: - Writing down

extension Outbox {
    /// Returns when outcomes are written down; those that come meanwhile share the next transaction.
    private func settle(_ outcomes: [DeliveryOutcome]) async {
        await withCheckedContinuation { done in
            unsettled.append((outcomes, done))
            guard !isSettling else { return }
            isSettling = true
            track { outbox in await outbox.writeDown() }
        }
    }

    private func writeDown() async {
        while !unsettled.isEmpty {
            let batch = unsettled
            unsettled = []
            do {
                try await store.settle(batch.flatMap(\.outcomes), at: clock())
                isStoreFailing = false
                for entry in batch { entry.done.resume() }
            } catch {
                // What has arrived is remembered until it can be written down: it does not go out again.
                storeFailed(error)
                unsettled = batch + unsettled
                guard !isStopping else { return giveUpSettling() }
                // A cancelled wait ends at once, and the loop with the stop.
                try? await Task.sleep(for: .seconds(Self.storeRetrySeconds))
                if isStopping { return giveUpSettling() }
            }
        }
        isSettling = false
    }

    private func giveUpSettling() {
        for entry in unsettled { entry.done.resume() }
        unsettled = []
        isSettling = false
    }

    private func storeFailed(_ error: any Error) {
        if !isStoreFailing {
            logger.error("outbox cannot use the store", metadata: ["reason": "\(error)"])
        }
        isStoreFailing = true
        timer?.arm(afterSeconds: Self.storeRetrySeconds)
    }

    private func refreshDisabled() {
        let targets = queues.mapValues { $0.sink.target }
        track { outbox in await outbox.refreshDisabled(targets: targets) }
    }

    private func refreshDisabled(targets: [String: String]) async {
        do {
            let reasons = try await store.disabledSinks(targets: targets)
            for name in order {
                queues[name]?.disabledReason = reasons[name]
            }
            knowsDisabled = true
            fillAll()
        } catch {
            storeFailed(error)
        }
    }
}

// MARK: - Time

extension Outbox {
    /// A clock that was set back would let everything wait for as much longer.
    private func watchClock() {
        let jump = clockWatch.jump(wall: clock(), uptime: uptime())
        guard jump < 0 else { return }
        logger.warning("the clock was set back", metadata: ["seconds": "\(Int(-jump))"])
        for name in order {
            queues[name]?.breaker.shift(bySeconds: jump)
        }
        track { outbox in await outbox.shift(bySeconds: jump) }
    }

    private func shift(bySeconds seconds: Double) async {
        do {
            try await store.shiftDeliveries(bySeconds: seconds)
        } catch {
            storeFailed(error)
        }
        fillAll()
    }

    private func armForNext(of name: String) async {
        do {
            let due = try await store.nextDeliveryDue(to: name, after: clock())
            queues[name]?.nextDue = due
            arm()
        } catch {
            storeFailed(error)
        }
    }

    /// Arms the timer for the earliest of what falls due and of what is held.
    private func arm() {
        let now = clock()
        let times = queues.values.flatMap { [$0.nextDue, $0.breaker.heldUntil] }.compactMap { $0 }
        let next = times.filter { $0 > now }.min()
        let seconds = next.map { $0.timeIntervalSince(now) } ?? Self.tickSeconds
        timer?.arm(afterSeconds: min(max(seconds, 0.01), Self.tickSeconds))
    }
}
