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

    private struct Row {
        var delivery: Delivery
        var attempts: Int
        var state: State
    }

    private let rows = Mutex<[Row]>([])

    /// Creates an empty store.
    public init() {}

    /// The states of the deliveries in order of their numbers.
    public var states: [State] { rows.withLock { $0.map(\.state) } }

    /// Adds a pending delivery.
    public func add(_ id: Int64, to sink: String, body: String = "{}", attempts: Int = 0, due: Date) {
        let delivery = Delivery(
            id: id,
            alertID: "alert_\(id)",
            type: .new,
            sink: sink,
            body: body,
            attempts: attempts,
            createdAt: due
        )
        rows.withLock { $0.append(Row(delivery: delivery, attempts: attempts, state: .pending(due))) }
    }

    /// Returns the oldest pending deliveries of a sink that are due.
    public func dueDeliveries(to sink: String, at now: Date, limit: Int) async throws -> [Delivery] {
        rows.withLock { rows in
            rows.filter { row in
                guard case .pending(let due) = row.state else { return false }
                return row.delivery.sink == sink && due <= now
            }.prefix(limit).map { row in
                Delivery(
                    id: row.delivery.id,
                    alertID: row.delivery.alertID,
                    type: row.delivery.type,
                    sink: sink,
                    body: row.delivery.body,
                    attempts: row.attempts,
                    createdAt: row.delivery.createdAt
                )
            }
        }
    }

    /// Returns when the next pending delivery to a sink is due.
    public func nextDeliveryDue(to sink: String) async throws -> Date? {
        rows.withLock { rows in
            rows.compactMap { row -> Date? in
                guard case .pending(let due) = row.state, row.delivery.sink == sink else { return nil }
                return due
            }.min()
        }
    }

    /// Counts an attempt.
    public func beginAttempt(of delivery: Int64, at now: Date) async throws {
        change(delivery) { $0.attempts += 1 }
    }

    /// Marks a delivery as arrived.
    public func markDelivered(_ delivery: Int64, at now: Date) async throws {
        change(delivery) { $0.state = .delivered }
    }

    /// Puts a delivery off.
    public func postpone(_ delivery: Int64, until next: Date, reason: String) async throws {
        change(delivery) { $0.state = .pending(next) }
    }

    /// Gives a delivery up.
    public func abandon(_ delivery: Int64, reason: String, at now: Date) async throws {
        change(delivery) { $0.state = .abandoned(reason) }
    }

    private func change(_ id: Int64, _ change: (inout Row) -> Void) {
        rows.withLock { rows in
            guard let place = rows.firstIndex(where: { $0.delivery.id == id }) else { return }
            change(&rows[place])
        }
    }
}
