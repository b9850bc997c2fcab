public import FoundationEssentials

/// Tells when the wall clock was set: it is held against one that only ever runs on.
public struct ClockWatch: Sendable {
    /// Less than this is drift, in seconds.
    public var toleranceSeconds: Double = 10

    private var last: (wall: Date, uptime: Double)?

    /// Creates a watch that has seen nothing yet.
    public init() {}

    /// Looks at both clocks.
    ///
    /// - Parameters:
    ///   - wall: The time of the wall clock.
    ///   - uptime: Seconds of a clock that is never set.
    /// - Returns: By how many seconds the wall clock was set since the last look: negative for back, 0 for not at all.
    public mutating func jump(wall: Date, uptime: Double) -> Double {
        defer { last = (wall, uptime) }
        guard let last else { return 0 }
        let jump = wall.timeIntervalSince(last.wall) - (uptime - last.uptime)
        return abs(jump) > toleranceSeconds ? jump : 0
    }
}
