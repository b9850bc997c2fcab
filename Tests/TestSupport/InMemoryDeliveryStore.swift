public import FoundationEssentials
import Synchronization
public import TallyModel

/// The outbox's part of the store, in memory.
public final class InMemoryDeliveryStore: DeliveryStore {
    /// How a delivery stands.
    public enum State: Hashable, Sendable {
        case pending(Date)
        case delivered
        case abandoned(String)
    }

    /// What a store says that cannot be written.
    public struct Full: Error {}

    private struct Row {
        var delivery: Delivery
        var state: State
        var hasFailed = false

        var due: Date? {
            guard case .pending(let due) = state else { return nil }
            return due
        }
    }

    private struct Contents {
        var rows: [Row] = []
        var disabled: [String: (target: String, reason: String)] = [:]
        var settleFailures = 0
    }

    private let contents = Mutex(Contents())

    /// Creates an empty store.
    public init() {}

    /// The states of the deliveries in order of their numbers.
    public var states: [State] { contents.withLock { $0.rows.map(\.state) } }

    /// The failures of the deliveries in order of their numbers.
    public var failures: [Int] { contents.withLock { $0.rows.map(\.delivery.failures) } }

    /// Adds a pending delivery.
    public func add(
        _ id: Int64,
        to sink: String,
        lane: String? = nil,
        failures: Int = 0,
        createdAt: Date? = nil,
        due: Date
    ) {
        var delivery = Delivery(
            id: id,
            alertID: "alert_\(id)",
            type: .new,
            sink: sink,
            body: "{}",
            createdAt: createdAt ?? due
        )
        delivery.lane = lane ?? "alert_\(id)"
        delivery.failures = failures
        contents.withLock { $0.rows.append(Row(delivery: delivery, state: .pending(due))) }
    }

    /// Lets the next writings fail.
    public func failNextSettlings(_ count: Int) {
        contents.withLock { $0.settleFailures = count }
    }

    /// Returns the oldest pending deliveries of a sink that are due, none before an earlier one of its lane.
    public func dueDeliveries(
        to sink: String,
        at now: Date,
        limit: Int,
        busyLanes: Set<String>
    ) async throws -> [Delivery] {
        contents.withLock { contents in
            var blocked = busyLanes
            var found: [Delivery] = []
            for row in contents.rows where row.delivery.sink == sink && found.count < limit {
                guard let due = row.due, !blocked.contains(row.delivery.lane) else { continue }
                if due <= now {
                    found.append(row.delivery)
                } else {
                    blocked.insert(row.delivery.lane)
                }
            }
            return found
        }
    }

    /// Returns when the next pending delivery to a sink falls due after a time.
    public func nextDeliveryDue(to sink: String, after now: Date) async throws -> Date? {
        contents.withLock { contents in
            contents.rows.filter { $0.delivery.sink == sink }.compactMap(\.due).filter { $0 > now }.min()
        }
    }

    /// Writes down what became of deliveries.
    public func settle(_ outcomes: [DeliveryOutcome], at now: Date) async throws {
        try contents.withLock { contents in
            contents.settleFailures -= 1
            if contents.settleFailures >= 0 { throw Full() }
            for outcome in outcomes {
                guard let place = contents.rows.firstIndex(where: { $0.delivery.id == outcome.id }) else {
                    continue
                }
                contents.rows[place].delivery.attempts += 1
                switch outcome.change {
                case .delivered: contents.rows[place].state = .delivered
                case .abandoned(let reason): contents.rows[place].state = .abandoned(reason)
                case .postponed(let until, _): contents.rows[place].state = .pending(until)
                case .failed(let retryAt, _):
                    contents.rows[place].state = .pending(retryAt)
                    contents.rows[place].delivery.failures += 1
                }
            }
        }
    }

    /// Makes what has failed at a sink due.
    public func hastenDeliveries(to sink: String, at now: Date) async throws {
        contents.withLock { contents in
            for place in contents.rows.indices where contents.rows[place].delivery.sink == sink {
                let row = contents.rows[place]
                if let due = row.due, due > now, row.delivery.attempts > 0 {
                    contents.rows[place].state = .pending(now)
                }
            }
        }
    }

    /// Moves the times of all pending deliveries.
    public func shiftDeliveries(bySeconds seconds: Double) async throws {
        contents.withLock { contents in
            for place in contents.rows.indices {
                if let due = contents.rows[place].due {
                    contents.rows[place].state = .pending(due.addingTimeInterval(min(seconds, 0)))
                    contents.rows[place].delivery.createdAt.addTimeInterval(seconds)
                }
            }
        }
    }

    /// Returns why sinks are disabled that still lead where they led.
    public func disabledSinks(targets: [String: String]) async throws -> [String: String] {
        contents.withLock { contents in
            contents.disabled.filter { targets[$0.key] == $0.value.target }.mapValues(\.reason)
        }
    }

    /// Disables a sink.
    public func disable(sink: String, target: String, reason: String, at now: Date) async throws {
        contents.withLock { $0.disabled[sink] = (target, reason) }
    }

    /// Gives up what is pending for a sink.
    public func abandonDeliveries(to sink: String, reason: String, at now: Date) async throws -> Int {
        contents.withLock { contents in
            let places = contents.rows.indices.filter {
                contents.rows[$0].delivery.sink == sink && contents.rows[$0].due != nil
            }
            for place in places { contents.rows[place].state = .abandoned(reason) }
            return places.count
        }
    }
}
