import Dispatching
import FoundationEssentials
import TallyModel

/// A source, when it is due, and its cycle while one is under way.
final class Turn: Hashable {
    var source: Source
    var due: Date
    /// The host that it is counted at.
    var host: HostTurns
    let lane: Lane
    var task: Task<Void, Never>?
    /// Whether the source is one of the configuration's.
    var isWanted = true
    /// Whether the cycle is to run again as soon as the one under way has ended.
    var isHastened = false

    init(_ source: Source, due: Date, host: HostTurns, lane: Lane) {
        self.source = source
        self.due = due
        self.host = host
        self.lane = lane
    }

    static func == (left: Turn, right: Turn) -> Bool { left === right }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(self))
    }
}
