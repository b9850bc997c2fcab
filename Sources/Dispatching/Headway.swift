import Glibc
import Synchronization

/// Until when each piece of work that is under way must have got further, so that one that is stuck can be named.
public final class Headway: Sendable {
    private let deadlines = Mutex<[String: Double]>([:])
    private let uptime: @Sendable () -> Double

    /// Creates a table without work.
    ///
    /// - Parameter uptime: Seconds of a clock that is never set and stands still while the machine sleeps.
    public init(uptime: @escaping @Sendable () -> Double = { Headway.monotonicSeconds() }) {
        self.uptime = uptime
    }

    /// Begins a piece of work or notes that it got further: it has so many seconds from now on.
    public func allow(_ work: String, seconds: Double) {
        let deadline = uptime() + seconds
        deadlines.withLock { $0[work] = deadline }
    }

    /// Ends a piece of work.
    public func end(_ work: String) {
        deadlines.withLock { _ = $0.removeValue(forKey: work) }
    }

    /// The names of what should have got further by now, sorted.
    public var overdue: [String] {
        let now = uptime()
        return deadlines.withLock { deadlines in deadlines.filter { $0.value < now }.keys.sorted() }
    }

    /// Seconds of the clock that only runs while the machine does (clock_gettime(2)).
    public static func monotonicSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
