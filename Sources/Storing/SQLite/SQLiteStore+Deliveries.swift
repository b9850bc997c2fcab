public import FoundationEssentials
import GRDB
public import TallyModel

extension SQLiteStore {
    /// Returns the oldest pending deliveries of a sink that are due, at most `limit`.
    public func dueDeliveries(to sink: String, at now: Date, limit: Int) async throws -> [Delivery] {
        try await writer.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT delivery.*, alert.type, alert.body FROM delivery
                    JOIN alert ON alert.id = delivery.alert_id
                    WHERE sink = ? AND state = 'pending' AND next_attempt_at <= ?
                    ORDER BY delivery.id LIMIT ?
                    """,
                arguments: [sink, now.timeIntervalSince1970, limit]
            ).map(Delivery.init(row:))
        }
    }

    /// Returns when the next pending delivery to a sink is due; `nil` where none is pending.
    public func nextDeliveryDue(to sink: String) async throws -> Date? {
        try await writer.read { database in
            try Double.fetchOne(
                database,
                sql: "SELECT min(next_attempt_at) FROM delivery WHERE sink = ? AND state = 'pending'",
                arguments: [sink]
            ).map { Date(timeIntervalSince1970: $0) }
        }
    }

    /// Writes down that an attempt begins, so that a crash in the middle is known afterwards.
    public func beginAttempt(of delivery: Int64, at now: Date) async throws {
        try await execute("UPDATE delivery SET attempts = attempts + 1 WHERE id = ?", [delivery])
    }

    /// Writes down that a delivery has arrived.
    public func markDelivered(_ delivery: Int64, at now: Date) async throws {
        try await execute(
            "UPDATE delivery SET state = 'delivered', ended_at = ?, last_error = NULL WHERE id = ?",
            [now.timeIntervalSince1970, delivery]
        )
    }

    /// Puts a delivery off.
    public func postpone(_ delivery: Int64, until next: Date, reason: String) async throws {
        try await execute(
            "UPDATE delivery SET next_attempt_at = ?, last_error = ? WHERE id = ?",
            [next.timeIntervalSince1970, reason, delivery]
        )
    }

    /// Gives a delivery up.
    public func abandon(_ delivery: Int64, reason: String, at now: Date) async throws {
        try await execute(
            "UPDATE delivery SET state = 'abandoned', ended_at = ?, last_error = ? WHERE id = ?",
            [now.timeIntervalSince1970, reason, delivery]
        )
    }

    /// Gives up the pending deliveries to sinks that no longer exist and returns how many there were.
    public func abandonDeliveries(exceptTo sinks: [String], at now: Date) async throws -> Int {
        try await writer.write { database in
            let marks = databaseQuestionMarks(count: sinks.count)
            try database.execute(
                sql: """
                    UPDATE delivery SET state = 'abandoned', ended_at = ?, last_error = 'sink removed'
                    WHERE state = 'pending' AND sink NOT IN (\(marks))
                    """,
                arguments: StatementArguments([now.timeIntervalSince1970]) + StatementArguments(sinks)
            )
            return database.changesCount
        }
    }

    private func execute(_ sql: String, _ arguments: StatementArguments) async throws {
        try await writer.write { try $0.execute(sql: sql, arguments: arguments) }
    }
}

extension Delivery {
    init(row: Row) {
        let type: String = row["type"]
        guard let kind = Alert.Kind(rawValue: type) else {
            preconditionFailure("the store holds an alert of the unknown type \(type)")
        }
        self.init(
            id: row["id"],
            alertID: row["alert_id"],
            type: kind,
            sink: row["sink"],
            body: row["body"],
            attempts: row["attempts"],
            createdAt: Date(timeIntervalSince1970: row["created_at"])
        )
    }
}
