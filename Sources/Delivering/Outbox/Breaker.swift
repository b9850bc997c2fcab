public import FoundationEssentials

/// Keeps a dead receiver from being hammered: after some failures in a row it is only asked now and then.
public struct Breaker: Sendable {
    /// Failures in a row that open it.
    public var threshold = 5
    /// The first wait of an open breaker, in seconds; each further failure doubles it.
    public var firstWaitSeconds: Double = 5
    /// The longest wait of an open breaker, in seconds.
    public var longestWaitSeconds: Double = 300
    /// The longest wait for a sink that takes nothing from anybody, such as a log on a full disk, in seconds.
    public var longestWholeWaitSeconds: Double = 60
    /// The longest wait that a receiver may ask for, in seconds.
    public var longestRetryAfterSeconds: Double = 86400

    /// Failures in a row.
    public private(set) var failures = 0
    /// When the next attempt may be made; `nil` for at once.
    public private(set) var heldUntil: Date?

    /// Creates a closed breaker.
    public init() {}

    /// Whether so many attempts failed in a row that only one is made at a time.
    public var isOpen: Bool { failures >= threshold }

    /// Returns how many attempts may be under way at once, of `concurrency` that the sink takes.
    public func allowance(of concurrency: Int, at now: Date) -> Int {
        if let heldUntil, heldUntil > now { return 0 }
        return isOpen ? 1 : concurrency
    }

    /// Takes note of an attempt that arrived; returns whether the one before it had failed.
    public mutating func succeed() -> Bool {
        defer {
            failures = 0
            heldUntil = nil
        }
        return failures > 0
    }

    /// Takes note of a failure.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - retryAfterSeconds: The receiver's own wish, which holds for everything that goes to it.
    ///   - isWhole: Whether the sink takes nothing from anybody, so that one failure says it all.
    public mutating func fail(at now: Date, retryAfterSeconds: Double?, isWhole: Bool = false) {
        failures = isWhole ? max(failures + 1, threshold) : failures + 1
        var wait = min(retryAfterSeconds ?? 0, longestRetryAfterSeconds)
        if isOpen {
            let doublings = min(failures - threshold, 20)
            let longest = isWhole ? longestWholeWaitSeconds : longestWaitSeconds
            wait = max(wait, min(firstWaitSeconds * Double(1 << doublings), longest))
        }
        if wait > 0 { heldUntil = max(heldUntil ?? now, now.addingTimeInterval(wait)) }
    }

    /// Moves its time: the clock was set back.
    public mutating func shift(bySeconds seconds: Double) {
        heldUntil = heldUntil?.addingTimeInterval(seconds)
    }
}
