public import FoundationEssentials
import Synchronization

/// A clock that a test moves.
public final class ManualClock: Sendable {
    private let time: Mutex<Date>

    /// Creates a clock that stands at a time.
    public init(_ start: Date = Date(timeIntervalSince1970: 1_750_000_000)) {
        time = Mutex(start)
    }

    /// The time that it shows.
    public var now: Date { time.withLock { $0 } }

    /// Moves it forward.
    public func advance(bySeconds seconds: Double) {
        time.withLock { $0 = $0.addingTimeInterval(seconds) }
    }
}
