import FoundationEssentials
import GRDB
import TallyModel

extension Database {
    /// The most alerts that leave in one message.
    private static let messageLimit = 50

    /// Returns due deliveries with everything that leaves in their messages, and without reminders of what is over.
    func messages(of due: [Delivery], at now: Date) throws -> [Delivery] {
        var taken: Set<Int64> = []
        var messages: [Delivery] = []
        for delivery in due where !taken.contains(delivery.id) {
            if delivery.purpose == .reminder, try isOver(delivery, at: now) {
                try cancel(delivery, at: now)
                continue
            }
            let members = try members(withMessageOf: delivery)
            taken.formUnion(members.map(\.id))
            messages += members
        }
        return messages
    }

    func settle(_ outcome: DeliveryOutcome, at now: Date) throws {
        let seconds = now.timeIntervalSince1970
        switch outcome.change {
        case .delivered:
            try run(
                """
                UPDATE delivery SET state = 'delivered', ended_at = ?, attempts = attempts + 1, last_error = NULL
                WHERE id = ? AND state = 'pending'
                """,
                [seconds, outcome.id]
            )
            if changesCount > 0 { try planReminder(of: outcome.id, at: now) }
        case .failed(let retryAt, let reason):
            try run(
                """
                UPDATE delivery SET next_attempt_at = ?, last_error = ?, attempts = attempts + 1, failures = failures + 1
                WHERE id = ? AND state = 'pending'
                """,
                [retryAt.timeIntervalSince1970, reason, outcome.id]
            )
        case .postponed(let until, let reason):
            try run(
                """
                UPDATE delivery SET next_attempt_at = ?, last_error = ?, attempts = attempts + 1
                WHERE id = ? AND state = 'pending'
                """,
                [until.timeIntervalSince1970, reason, outcome.id]
            )
        case .abandoned(let reason):
            try run(
                """
                UPDATE delivery SET state = 'abandoned', ended_at = ?, last_error = ?, attempts = attempts + 1
                WHERE id = ? AND state = 'pending'
                """,
                [seconds, reason, outcome.id]
            )
        }
    }

    /// A group is made when its first member is due: its later members need not wait for their own time.
    private func members(withMessageOf delivery: Delivery) throws -> [Delivery] {
        guard delivery.message == nil else {
            return try deliveries(
                where: "sink = ? AND message = ? AND state = 'pending'",
                [delivery.sink, delivery.message]
            )
        }
        guard let group = delivery.group else { return [delivery] }
        var members = try deliveries(
            where:
                "sink = ? AND lane = ? AND group_key = ? AND purpose = ? AND message IS NULL AND state = 'pending'",
            [delivery.sink, delivery.lane, group, delivery.purpose.rawValue]
        )
        let names = members.map { "\($0.messageID)" }
        let message = names.count == 1 ? names[0] : Identifier.derived("group_", from: names)
        for place in members.indices {
            members[place].message = message
            try run("UPDATE delivery SET message = ? WHERE id = ?", [message, members[place].id])
        }
        return members
    }

    private func deliveries(where condition: String, _ arguments: StatementArguments) throws -> [Delivery] {
        try Row.fetchAll(
            cachedStatement(
                sql: """
                    SELECT delivery.*, alert.type, alert.body FROM delivery
                    JOIN alert ON alert.id = delivery.alert_id
                    WHERE \(condition) ORDER BY delivery.id LIMIT \(Self.messageLimit)
                    """
            ),
            arguments: arguments
        ).map(Delivery.init(row:))
    }

    /// The next telling, where the route asks for one.
    private func planReminder(of delivery: Int64, at now: Date) throws {
        try run(
            """
            INSERT INTO delivery (alert_id, sink, purpose, round, lane, group_key, repeat_seconds, state, attempts,
                failures, next_attempt_at, created_at)
            SELECT alert_id, sink, 'reminder', round + 1, lane, group_key, repeat_seconds, 'pending', 0, 0,
                ? + repeat_seconds, created_at
            FROM delivery WHERE id = ? AND repeat_seconds IS NOT NULL AND purpose <> 'acknowledged'
            ON CONFLICT (alert_id, sink, purpose, round) DO NOTHING
            """,
            [now.timeIntervalSince1970, delivery]
        )
    }

    /// Whether an alert needs no reminder: somebody has seen it, muted its figure, or the figure has newer news.
    private func isOver(_ delivery: Delivery, at now: Date) throws -> Bool {
        let statement = try cachedStatement(
            sql: """
                SELECT alert.acknowledged_at IS NOT NULL OR coalesce(figure.is_muted, 0) OR EXISTS (
                    SELECT 1 FROM mute WHERE (until_at IS NULL OR until_at > ?)
                        AND (subject = 'figure' AND value = figure.id OR subject = 'story' AND value = figure.story_id)
                ) OR EXISTS (
                    SELECT 1 FROM alert AS newer WHERE newer.figure_id = alert.figure_id AND newer.rowid > alert.rowid
                )
                FROM alert LEFT JOIN figure ON figure.id = alert.figure_id WHERE alert.id = ?
                """
        )
        return try Bool.fetchOne(
            statement,
            arguments: [now.timeIntervalSince1970, delivery.alertID]
        ) ?? true
    }

    private func cancel(_ delivery: Delivery, at now: Date) throws {
        try run(
            "UPDATE delivery SET state = 'cancelled', ended_at = ? WHERE id = ?",
            [now.timeIntervalSince1970, delivery.id]
        )
    }

    private func run(_ sql: String, _ arguments: StatementArguments) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
