public import FoundationEssentials
import GRDB
public import TallyModel

extension SQLiteStore {
    /// Returns the mutes that hold at a time, the newest first.
    public func mutes(at now: Date) async throws -> [Mute] {
        try await writer.read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM mute WHERE until_at IS NULL OR until_at > ? ORDER BY created_at DESC",
                arguments: [now.timeIntervalSince1970]
            ).compactMap { row in
                guard let subject = Mute.Subject(rawValue: row["subject"]) else { return nil }
                let until: Double? = row["until_at"]
                return Mute(
                    subject: subject,
                    value: row["value"],
                    until: until.map { Date(timeIntervalSince1970: $0) },
                    note: row["note"]
                )
            }
        }
    }

    /// Writes a mute in the place of one of the same subject.
    public func save(_ mute: Mute, at now: Date) async throws {
        try await execute(
            """
            INSERT INTO mute (subject, value, until_at, note, created_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (subject, value) DO UPDATE SET until_at = excluded.until_at, note = excluded.note,
                created_at = excluded.created_at
            """,
            [
                mute.subject.rawValue, mute.value, mute.until?.timeIntervalSince1970, mute.note,
                now.timeIntervalSince1970,
            ]
        )
    }

    /// Takes a mute away; returns whether there was one.
    public func removeMute(_ subject: Mute.Subject, _ value: String) async throws -> Bool {
        try await change("DELETE FROM mute WHERE subject = ? AND value = ?", [subject.rawValue, value]) > 0
    }
}
