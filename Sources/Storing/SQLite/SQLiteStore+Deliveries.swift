public import FoundationEssentials
import GRDB
public import TallyModel

extension SQLiteStore {
    /// Returns the oldest pending deliveries of a sink that are due, with what leaves in the same messages.
    public func dueDeliveries(
        to sink: String,
        at now: Date,
        limit: Int,
        busyLanes: Set<String>
    ) async throws -> [Delivery] {
        let busy = try Document.text(of: busyLanes.sorted())
        let due = try await writer.read { database in
            try Row.fetchAll(
                database.cachedStatement(sql: Self.due),
                arguments: [sink, now.timeIntervalSince1970, busy, now.timeIntervalSince1970, limit]
            ).map(Delivery.init(row:))
        }
        guard due.contains(where: { $0.group != nil || $0.message != nil || $0.purpose == .reminder }) else {
            return due
        }
        return try await writer.write { try $0.messages(of: due, at: now) }
    }

    /// Returns when the next pending delivery to a sink falls due after a time; `nil` where none does.
    public func nextDeliveryDue(to sink: String, after now: Date) async throws -> Date? {
        try await writer.read { database in
            try Double.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT min(next_attempt_at) FROM delivery
                        WHERE sink = ? AND state = 'pending' AND next_attempt_at > ?
                        """
                ),
                arguments: [sink, now.timeIntervalSince1970]
            ).map { Date(timeIntervalSince1970: $0) }
        }
    }

    /// Writes down what became of deliveries, in one transaction.
    public func settle(_ outcomes: [DeliveryOutcome], at now: Date) async throws {
        try await writer.write { database in
            for outcome in outcomes {
                try database.settle(outcome, at: now)
            }
        }
    }

    /// Lets what has failed at a sink be tried at once.
    public func hastenDeliveries(to sink: String, at now: Date) async throws {
        try await execute(
            """
            UPDATE delivery SET next_attempt_at = ?
            WHERE state = 'pending' AND sink = ? AND next_attempt_at > ? AND last_error IS NOT NULL
            """,
            [now.timeIntervalSince1970, sink, now.timeIntervalSince1970]
        )
    }

    /// Moves the times of all pending deliveries.
    public func shiftDeliveries(bySeconds seconds: Double) async throws {
        try await execute(
            """
            UPDATE delivery SET next_attempt_at = next_attempt_at + min(?, 0), created_at = created_at + ?
            WHERE state = 'pending'
            """,
            [seconds, seconds]
        )
    }

    /// Gives up the pending deliveries to sinks that no longer exist and returns how many there were.
    public func abandonDeliveries(exceptTo sinks: [String], at now: Date) async throws -> Int {
        let names = try Document.text(of: sinks)
        return try await change(
            """
            UPDATE delivery SET state = 'abandoned', ended_at = ?, last_error = 'the sink was removed'
            WHERE state = 'pending' AND sink NOT IN (SELECT value FROM json_each(?))
            """,
            [now.timeIntervalSince1970, names]
        )
    }

    /// Gives up everything that is pending for a sink and returns how much that was.
    public func abandonDeliveries(to sink: String, reason: String, at now: Date) async throws -> Int {
        try await change(
            """
            UPDATE delivery SET state = 'abandoned', ended_at = ?, last_error = ?
            WHERE state = 'pending' AND sink = ?
            """,
            [now.timeIntervalSince1970, reason, sink]
        )
    }

    private static let due = """
        SELECT delivery.*, alert.type, alert.body FROM delivery INDEXED BY delivery_pending
        JOIN alert ON alert.id = delivery.alert_id
        WHERE sink = ? AND state = 'pending' AND next_attempt_at <= ?
            AND lane NOT IN (SELECT value FROM json_each(?))
            AND NOT EXISTS (
                SELECT 1 FROM delivery AS earlier
                WHERE earlier.sink = delivery.sink AND earlier.lane = delivery.lane AND earlier.state = 'pending'
                    AND earlier.id < delivery.id AND earlier.next_attempt_at > ?
            )
        ORDER BY delivery.id LIMIT ?
        """

    func execute(_ sql: String, _ arguments: StatementArguments) async throws {
        try await writer.write { try $0.execute(sql: sql, arguments: arguments) }
    }

    func change(_ sql: String, _ arguments: StatementArguments) async throws -> Int {
        try await writer.write { database in
            try database.execute(sql: sql, arguments: arguments)
            return database.changesCount
        }
    }
}

// MARK: - Sinks that want no more

extension SQLiteStore {
    /// Returns why sinks are disabled, by name, for those that still lead where they led then.
    public func disabledSinks(targets: [String: String]) async throws -> [String: String] {
        try await writer.read { database in
            var reasons: [String: String] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT name, target, reason FROM sink") {
                let name: String = row["name"]
                if targets[name] == row["target"] as String { reasons[name] = row["reason"] }
            }
            return reasons
        }
    }

    /// Disables a sink for as long as it leads to the same target.
    public func disable(sink: String, target: String, reason: String, at now: Date) async throws {
        try await execute(
            """
            INSERT INTO sink (name, target, disabled_at, reason) VALUES (?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET target = excluded.target, disabled_at = excluded.disabled_at,
                reason = excluded.reason
            """,
            [sink, target, now.timeIntervalSince1970, reason]
        )
    }
}

extension Delivery {
    init(row: Row) {
        let type: String = row["type"]
        let purpose: String = row["purpose"]
        guard let kind = Alert.Kind(rawValue: type), let purpose = Purpose(rawValue: purpose) else {
            preconditionFailure(
                "the store holds an alert of the unknown type \(type), or a delivery for \(purpose)"
            )
        }
        self.init(
            id: row["id"],
            alertID: row["alert_id"],
            type: kind,
            sink: row["sink"],
            body: row["body"],
            createdAt: Date(timeIntervalSince1970: row["created_at"])
        )
        self.purpose = purpose
        round = row["round"]
        lane = row["lane"]
        group = row["group_key"]
        message = row["message"]
        attempts = row["attempts"]
        failures = row["failures"]
    }
}
