import FoundationEssentials
import GRDB
public import TallyModel

extension SQLiteStore: SubscriptionStore {
    /// Returns all subscriptions, by callback.
    public func subscriptions() async throws -> [Subscription] {
        try await writer.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM subscription ORDER BY callback").compactMap {
                row in
                guard let state = Subscription.State(rawValue: row["state"]) else { return nil }
                var subscription = Subscription(
                    callback: row["callback"],
                    source: row["source"],
                    hub: row["hub"],
                    topic: row["topic"],
                    secret: row["secret"]
                )
                subscription.state = state
                subscription.askedAt = Self.date(row["asked_at"])
                subscription.nextRequestAt = Self.date(row["next_request_at"])
                subscription.leaseEndsAt = Self.date(row["lease_ends_at"])
                subscription.failureCount = row["failure_count"]
                return subscription
            }
        }
    }

    /// Writes a subscription, new or changed.
    public func save(_ subscription: Subscription) async throws {
        try await execute(
            """
            INSERT INTO subscription (callback, source, hub, topic, secret, state, asked_at, next_request_at,
                lease_ends_at, failure_count)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (callback) DO UPDATE SET state = excluded.state, asked_at = excluded.asked_at,
                next_request_at = excluded.next_request_at, lease_ends_at = excluded.lease_ends_at,
                failure_count = excluded.failure_count
            """,
            [
                subscription.callback, subscription.source, subscription.hub, subscription.topic,
                subscription.secret, subscription.state.rawValue,
                subscription.askedAt?.timeIntervalSince1970,
                subscription.nextRequestAt?.timeIntervalSince1970,
                subscription.leaseEndsAt?.timeIntervalSince1970, subscription.failureCount,
            ]
        )
    }

    /// Forgets the subscription of a callback.
    public func removeSubscription(_ callback: String) async throws {
        try await execute("DELETE FROM subscription WHERE callback = ?", [callback])
    }

    private static func date(_ seconds: Double?) -> Date? {
        seconds.map { Date(timeIntervalSince1970: $0) }
    }
}
