public import FoundationEssentials
import GRDB
import TallyModel

extension SQLiteStore {
    /// Writes that a person has seen an alert, and plans to tell the sinks that follow it; returns whether it is known.
    ///
    /// Only sinks that the alert went to are told, once.
    public func acknowledge(_ alert: String, telling sinks: [String], at now: Date) async throws -> Bool {
        let names = try Document.text(of: sinks)
        return try await writer.write { database in
            let seconds = now.timeIntervalSince1970
            try database.execute(
                sql: "UPDATE alert SET acknowledged_at = coalesce(acknowledged_at, ?) WHERE id = ?",
                arguments: [seconds, alert]
            )
            guard database.changesCount > 0 else { return false }
            try database.execute(
                sql: """
                    UPDATE delivery SET state = 'cancelled', ended_at = ?
                    WHERE alert_id = ? AND purpose = 'reminder' AND state = 'pending'
                    """,
                arguments: [seconds, alert]
            )
            try database.execute(
                sql: """
                    INSERT INTO delivery (alert_id, sink, purpose, round, lane, state, attempts, failures,
                        next_attempt_at, created_at)
                    SELECT alert_id, sink, 'acknowledged', 1, lane, 'pending', 0, 0, ?, ? FROM delivery
                    WHERE alert_id = ? AND purpose = 'alert' AND state IN ('pending', 'delivered')
                        AND sink IN (SELECT value FROM json_each(?))
                    ON CONFLICT (alert_id, sink, purpose, round) DO NOTHING
                    """,
                arguments: [seconds, seconds, alert, names]
            )
            return true
        }
    }
}
