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
    let headway: Headway
    let store: any DeliveryStore
    let logger: Logger
    let clock: @Sendable () -> Date
    let uptime: @Sendable () -> Double
    var policy: RetryPolicy
    private(set) var timer: DeadlineTimer?
    var queues: [String: SinkQueue] = [:]
    /// The names of the sinks in the order of the configuration.
    private(set) var order: [String] = []
    private var tasks: [Int: Task<Void, Never>] = [:]
    private var taskCount = 0
    var clockWatch = ClockWatch()
    /// By how many seconds the clock was set since the store's times were last moved with it.
    var unshiftedSeconds: Double = 0
    var isShifting = false
    /// Outcomes that wait to be written down, with what waits for each.
    var unsettled: [(outcomes: [DeliveryOutcome], done: CheckedContinuation<Void, Never>)] = []
    var isSettling = false
    var isStoreFailing = false
    /// When a drain that is under way sets nothing further to work.
    private(set) var drainEnd: Date?
    private(set) var isStopping = false
    /// Whether the store was asked which sinks want no more.
    var knowsDisabled = false
    var counts = OutboxCounts()

    /// The wait after the store has failed, in seconds.
    static let storeRetrySeconds: Double = 5
    /// The longest time without a look at the clock and the store, in seconds.
    static let tickSeconds: Double = 60

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
        headway = Headway(uptime: uptime)
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
        _ = clockWatch.jump(wall: clock(), uptime: uptime())
        timer = DeadlineTimer(executor: executor) { @Sendable [weak self] in
            self?.assumeIsolated { $0.wake() }
        }
        wake()
    }

    /// Looks for due deliveries: new ones were committed, or their time has come.
    public func wake() {
        guard timer != nil, !isStopping else { return }
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
                    queue.busyLanes.remove(lane.name)
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

    /// Returns where the queue moves and no message takes longer than its sink may: the watchdog asks.
    ///
    /// - Throws: ``DeliveringError/stuck(messages:)``.
    public func ping() throws(DeliveringError) {
        let stuck = headway.overdue
        guard stuck.isEmpty else { throw .stuck(messages: stuck) }
    }

    /// Whether the time of the drain under way is over.
    var isDrainOver: Bool { drainEnd.map { $0 <= clock() } ?? false }

    /// Does some work on the outbox's queue, which a stop waits for.
    func track(_ work: @escaping @Sendable (isolated Outbox) async -> Void) {
        taskCount += 1
        let number = taskCount
        tasks[number] = Task {
            await work(self)
            self.tasks[number] = nil
        }
    }

    /// Seconds of the system's monotonic clock.
    public static func systemUptime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
