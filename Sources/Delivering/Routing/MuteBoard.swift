import Synchronization
public import TallyModel

/// The mutes that hold, shared by everything that plans deliveries.
public final class MuteBoard: Sendable {
    private let mutes = Mutex<[Mute]>([])

    /// Creates a board without a mute.
    public init() {}

    /// The mutes, past ones among them.
    public var all: [Mute] { mutes.withLock { $0 } }

    /// Replaces the mutes.
    public func replace(_ new: [Mute]) {
        mutes.withLock { $0 = new }
    }
}
