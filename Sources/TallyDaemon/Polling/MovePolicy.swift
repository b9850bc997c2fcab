import FoundationEssentials
import TallyModel

/// When a permanent redirect of a source is believed.
///
/// Servers send 301 in error and captive portals send it at will; one that led to a good feed at each of some polls
/// in a row is meant.
enum MovePolicy {
    /// The good polls in a row that see the same permanent redirect before it is believed.
    static let pollsUntilStable = 3

    /// Returns what is known of a move after a good poll.
    ///
    /// - Parameters:
    ///   - move: What was known before.
    ///   - target: Where permanent redirects led this poll; `nil` where there were none or not all were permanent.
    ///   - now: The time of the poll.
    /// - Returns: The move; `nil` where there is none.
    static func move(after move: SourceMove?, target: String?, now: Date) -> SourceMove? {
        if let move, move.isTaken {
            // The new URL was asked: without a redirect it stands, with one the source moves on.
            return target.map { SourceMove(url: $0, since: now) } ?? move
        }
        guard let target else { return nil }
        guard var move, move.url == target else { return SourceMove(url: target, since: now) }
        move.count += 1
        move.isTaken = move.count >= pollsUntilStable
        return move
    }
}
