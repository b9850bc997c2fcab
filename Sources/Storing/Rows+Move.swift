public import FoundationEssentials
import GRDB
public import TallyModel

/// A move of a baseline as it is stored.
public struct StoredMove: Hashable, Sendable {
    /// What moved, and why.
    public let move: BaselineMove
    /// When the store learned of it: the time of reading, not that of publication.
    public let movedAt: Date
}

extension Database {
    /// Adds a move; one that is there already stays as it is.
    ///
    /// - Parameters:
    ///   - move: The move.
    ///   - claims: The claims of the article that made it; none where a person did.
    ///   - time: When the store learns of it.
    /// - Throws: What the database says.
    func insert(_ move: BaselineMove, among claims: [SourcedClaim], at time: Date) throws {
        let claim = claims.first { $0.id == move.claimID }
        try cachedStatement(
            sql: """
                INSERT INTO baseline_move (figure_place, version, moved_at, cause, reason, claim_place, is_first, low_before,
                    best_before, high_before, low, best, high)
                VALUES ((SELECT place FROM figure WHERE id = ?), ?, ?, ?, ?, (SELECT place FROM claim
                    WHERE revision_id = ? AND start_scalar = ? AND end_scalar = ?), ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (figure_place, version) DO NOTHING
                """
        ).execute(
            arguments: [
                move.figureID, move.version, time.timeIntervalSince1970, move.cause.rawValue, move.reason,
                claim?.article.revisionID, claim?.claim.start, claim?.claim.end, move.before == nil,
                move.before?.low?.description,
                move.before?.best?.description, move.before?.high?.description, move.after.low?.description,
                move.after.best?.description, move.after.high?.description,
            ]
        )
    }

    /// Reads the moves of a figure's baseline, the oldest first.
    func moves(ofFigure id: String) throws -> [StoredMove] {
        let statement = try cachedStatement(
            sql: """
                SELECT version, moved_at, cause, reason, claim.id, is_first, low_before, best_before, high_before, low, best,
                    high
                FROM baseline_move LEFT JOIN claim ON claim.place = claim_place
                WHERE figure_place = (SELECT place FROM figure WHERE id = ?) ORDER BY version
                """
        )
        return try Row.fetchAll(statement, arguments: [id]).map { row in
            let text: String = row[2]
            guard let cause = BaselineMove.Cause(rawValue: text) else {
                preconditionFailure("the store holds the unknown cause \(text)")
            }
            let isFirst: Bool = row[5]
            let move = BaselineMove(
                figureID: id,
                version: row[0],
                cause: cause,
                reason: row[3],
                claimID: row[4],
                before: isFirst ? nil : Self.bounds(of: row, from: 6),
                after: Self.bounds(of: row, from: 9)
            )
            return StoredMove(move: move, movedAt: Date(timeIntervalSince1970: row[1]))
        }
    }

    private static func bounds(of row: Row, from column: Int) -> BaselineMove.Bounds {
        func bound(_ offset: Int) -> Decimal? {
            (row[column + offset] as String?).flatMap { Decimal(string: $0) }
        }
        return BaselineMove.Bounds(low: bound(0), best: bound(1), high: bound(2))
    }
}
