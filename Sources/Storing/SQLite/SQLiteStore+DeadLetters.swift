public import FoundationEssentials
import GRDB
public import TallyModel

extension SQLiteStore {
    /// Returns deliveries, the newest first, at most `limit`.
    public func storedDeliveries(_ selection: DeliverySelection, limit: Int) async throws -> [StoredDelivery]
    {
        let (condition, arguments) = try Self.condition(of: selection)
        return try await writer.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT delivery.*, alert.type, '' AS body FROM delivery JOIN alert ON alert.id = delivery.alert_id
                    WHERE \(condition) ORDER BY delivery.id DESC LIMIT ?
                    """,
                arguments: arguments + [limit]
            ).map(StoredDelivery.init(row:))
        }
    }

    /// Returns how many deliveries there are, by sink and state.
    public func deliveryCounts() async throws -> [String: [Delivery.State: Int]] {
        try await writer.read { database in
            var counts: [String: [Delivery.State: Int]] = [:]
            let sql = "SELECT sink, state, count(*) AS count FROM delivery GROUP BY state, sink"
            for row in try Row.fetchAll(database, sql: sql) {
                guard let state = Delivery.State(rawValue: row["state"]) else { continue }
                counts[row["sink"], default: [:]][state] = row["count"]
            }
            return counts
        }
    }

    /// Returns when the oldest pending delivery of each sink was due first, by sink.
    public func oldestPendingDeliveries() async throws -> [String: Date] {
        try await writer.read { database in
            let sql =
                "SELECT sink, min(created_at) AS oldest FROM delivery WHERE state = 'pending' GROUP BY sink"
            let rows = try Row.fetchAll(database, sql: sql)
            return Dictionary(
                uniqueKeysWithValues: rows.map { ($0["sink"], Date(timeIntervalSince1970: $0["oldest"])) }
            )
        }
    }

    /// Lets deliveries leave anew, under the same identifiers, and their sinks be used again; returns how many.
    public func replayDeliveries(_ selection: DeliverySelection, at now: Date) async throws -> Int {
        let (condition, arguments) = try Self.condition(of: selection)
        return try await writer.write { database in
            try database.execute(
                sql: """
                    DELETE FROM sink WHERE name IN (SELECT sink FROM delivery JOIN alert ON alert.id = delivery.alert_id
                        WHERE \(condition))
                    """,
                arguments: arguments
            )
            try database.execute(
                sql: """
                    UPDATE delivery SET state = 'pending', ended_at = NULL, failures = 0, next_attempt_at = ?,
                        last_error = NULL
                    WHERE id IN (SELECT delivery.id FROM delivery JOIN alert ON alert.id = delivery.alert_id
                        WHERE \(condition))
                    """,
                arguments: [now.timeIntervalSince1970] + arguments
            )
            return database.changesCount
        }
    }

    private static func condition(of selection: DeliverySelection) throws -> (String, StatementArguments) {
        let states = try Document.text(of: selection.states)
        let ids = try Document.text(of: selection.ids)
        let condition = """
            (? = '[]' OR delivery.state IN (SELECT value FROM json_each(?)))
            AND (? IS NULL OR delivery.sink = ?)
            AND (? = '[]' OR delivery.alert_id IN (SELECT value FROM json_each(?))
                OR CAST(delivery.id AS TEXT) IN (SELECT value FROM json_each(?)))
            AND (? IS NULL OR alert.raised_at >= ?)
            """
        let since = selection.since?.timeIntervalSince1970
        return (condition, [states, states, selection.sink, selection.sink, ids, ids, ids, since, since])
    }
}

extension StoredDelivery {
    init(row: Row) {
        let text: String = row["state"]
        guard let state = Delivery.State(rawValue: text) else {
            preconditionFailure("the store holds a delivery in the unknown state \(text)")
        }
        self.init(
            Delivery(row: row),
            state: state,
            nextAttempt: state == .pending ? Date(timeIntervalSince1970: row["next_attempt_at"]) : nil,
            lastError: row["last_error"],
            ended: (row["ended_at"] as Double?).map { Date(timeIntervalSince1970: $0) }
        )
    }
}
