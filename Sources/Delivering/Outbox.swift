import Dispatching
public import Foundation
public import Logging
public import TallyModel

/// Takes pending deliveries out of the store and hands them to their sinks until those have them.
///
/// Sinks do not wait for each other; a sink's deliveries leave in the order of their making. An attempt is written
/// down before it begins and after it has ended, so that a crash in between is known.
public actor Outbox {
    private let executor = QueueExecutor(label: "tallywatch.delivering")
    private let store: any DeliveryStore
    private let logger: Logger
    private let clock: @Sendable () -> Date
    private var sinks: [any Sink]
    private var policy: RetryPolicy
    private var timer: DeadlineTimer?
    private var running: [String: Task<Void, Never>] = [:]
    /// Sinks for which something was committed while they were at work.
    private var moreFor: Set<String> = []
    /// Failures in a row, by sink.
    private var failures: [String: Int] = [:]
    /// When a sink that has just failed is tried again, whatever is due to it.
    private var heldUntil: [String: Date] = [:]
    private var isStoreFailing = false
    /// When a drain that is under way begins no further delivery.
    private var drainEnd: Date?

    /// Deliveries that are taken out of the store at once.
    private static let batch = 100
    /// The wait after the store has failed, in seconds.
    private static let storeRetrySeconds: Double = 5

    /// Creates an outbox; nothing is delivered before ``start()`` or ``drain()``.
    public init(
        store: any DeliveryStore,
        sinks: [any Sink],
        policy: RetryPolicy,
        logger: Logger,
        clock: @escaping @Sendable () -> Date
    ) {
        self.store = store
        self.sinks = sinks
        self.policy = policy
        self.logger = logger
        self.clock = clock
    }

    /// The queue that deliveries are decided on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Begins to deliver what is due, and what falls due.
    public func start() {
        timer = DeadlineTimer(executor: executor) { @Sendable [weak self] in
            self?.assumeIsolated { $0.wake() }
        }
        wake()
    }

    /// Looks for due deliveries: new ones were committed, or their time has come.
    public func wake() {
        guard timer != nil else { return }
        for sink in sinks {
            begin(sink)
        }
    }

    /// Delivers everything that is due now and returns when each of it was tried, or the time is over.
    ///
    /// - Parameter seconds: The time; what is left then stays in the store.
    public func drain(withinSeconds seconds: Double = .infinity) async {
        for sink in sinks {
            begin(sink)
        }
        let end = clock().addingTimeInterval(min(seconds, 1e9))
        drainEnd = end
        while let task = running.values.first {
            await task.value
        }
        drainEnd = nil
    }

    /// Hands over to other sinks from the next delivery on.
    public func replace(sinks: [any Sink]) {
        self.sinks = sinks
        wake()
    }

    /// Begins no further delivery and returns when those under way have ended.
    public func stop() async {
        timer?.cancel()
        timer = nil
        sinks = []
        while let task = running.values.first {
            await task.value
        }
    }
}

extension Outbox {
    /// Sets a sink to work; returns whether it is: one that is on hold is not.
    @discardableResult
    private func begin(_ sink: any Sink) -> Bool {
        guard running[sink.name] == nil else {
            moreFor.insert(sink.name)
            return true
        }
        moreFor.remove(sink.name)
        guard heldUntil[sink.name].map({ $0 <= clock() }) ?? true else { return false }
        running[sink.name] = Task { await self.work(for: sink) }
        return true
    }

    private func work(for sink: any Sink) async {
        do {
            while try await deliverBatch(to: sink) {}
            isStoreFailing = false
        } catch {
            // Nothing is lost: what could not be written down is tried again.
            if !isStoreFailing {
                logger.error("outbox cannot use the store", metadata: ["reason": "\(error)"])
            }
            isStoreFailing = true
            timer?.arm(afterSeconds: Self.storeRetrySeconds)
        }
        running[sink.name] = nil
        guard !isStoreFailing else { return }
        if moreFor.contains(sink.name), let current = sinks.first(where: { $0.name == sink.name }),
            begin(current)
        {
            return
        }
        await armTimer()
    }

    /// Delivers what is due to a sink; returns whether there may be more.
    private func deliverBatch(to sink: any Sink) async throws -> Bool {
        let due = try await store.dueDeliveries(to: sink.name, at: clock(), limit: Self.batch)
        for delivery in due {
            let isOver = drainEnd.map { $0 <= clock() } ?? false
            guard !isOver, sinks.contains(where: { $0.name == sink.name }) else { return false }
            try await store.beginAttempt(of: delivery.id, at: clock())
            switch await sink.deliver(delivery) {
            case .delivered:
                try await store.markDelivered(delivery.id, at: clock())
                heldUntil[sink.name] = nil
                if failures.removeValue(forKey: sink.name) != nil {
                    logger.notice("sink recovered", metadata: ["sink": "\(sink.name)"])
                }
            case .refused(let reason):
                try await abandon(delivery, reason: reason)
            case .unavailable(let reason):
                try await store.postpone(delivery.id, until: hold(sink.name, reason), reason: reason)
                return false
            case .failed(let reason, let retryAfterSeconds):
                _ = hold(sink.name, reason)
                try await postpone(delivery, reason, retryAfterSeconds)
                return false
            }
        }
        return due.count == Self.batch
    }

    /// Puts a sink on hold and returns until when: the others behind a failed delivery are not tried at once, but one
    /// that never goes through does not hold them up for longer than a minute.
    private func hold(_ sink: String, _ reason: String) -> Date {
        let count = failures[sink, default: 0] + 1
        failures[sink] = count
        let end = clock().addingTimeInterval(min(60, 5 * Double(1 << min(count - 1, 5))))
        heldUntil[sink] = end
        if count == 1 {
            logger.warning("sink failing", metadata: ["sink": "\(sink)", "reason": "\(reason)"])
        }
        return end
    }

    private func postpone(_ delivery: Delivery, _ reason: String, _ retryAfterSeconds: Double?) async throws {
        switch policy.next(afterAttempts: delivery.attempts + 1, retryAfterSeconds: retryAfterSeconds) {
        case .abandon:
            try await abandon(delivery, reason: reason)
        case .retry(let seconds):
            let next = clock().addingTimeInterval(seconds)
            try await store.postpone(delivery.id, until: next, reason: reason)
        }
    }

    private func abandon(_ delivery: Delivery, reason: String) async throws {
        try await store.abandon(delivery.id, reason: reason, at: clock())
        logger.error(
            "delivery given up",
            metadata: ["sink": "\(delivery.sink)", "alert": "\(delivery.alertID)", "reason": "\(reason)"]
        )
    }

    private func armTimer() async {
        do {
            var next: Date?
            // A sink that is at work looks for more by itself when it ends.
            for sink in sinks where running[sink.name] == nil {
                guard let due = try await store.nextDeliveryDue(to: sink.name) else { continue }
                let held = max(due, heldUntil[sink.name] ?? due)
                next = min(next ?? held, held)
            }
            guard let next else { return }
            timer?.arm(afterSeconds: max(next.timeIntervalSince(clock()), 0.01))
        } catch {
            timer?.arm(afterSeconds: Self.storeRetrySeconds)
        }
    }
}
