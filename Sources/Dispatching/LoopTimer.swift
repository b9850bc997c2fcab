/// A timer that fires once at a time, on the thread of an ``EventLoop``; every method is called there.
public final class LoopTimer {
    let handler: @Sendable () -> Void
    /// When it fires, in nanoseconds of the clock of ``LoopThread``; the largest number for never.
    private(set) var deadline = UInt64.max
    private(set) var isCancelled = false

    /// What is later than in a century fires then.
    private static let longestSeconds: Double = 3_155_760_000

    init(_ handler: @escaping @Sendable () -> Void) {
        self.handler = handler
    }

    /// Lets the timer fire after some seconds; an earlier wish is forgotten.
    ///
    /// Without a wait it fires as soon as the jobs that are waiting have run.
    public func arm(afterSeconds seconds: Double) {
        guard !isCancelled else { return }
        guard seconds > 0 else {
            deadline = 0
            return
        }
        deadline = LoopThread.nanoseconds + UInt64(min(seconds, Self.longestSeconds) * 1e9)
    }

    /// Lets the timer fire after some seconds, unless it fires sooner anyway.
    public func arm(noLaterThanSeconds seconds: Double) {
        let wish = deadline
        arm(afterSeconds: seconds)
        deadline = min(deadline, wish)
    }

    /// Lets the timer fire no more until it is armed again.
    public func disarm() {
        deadline = .max
    }

    /// Ends the timer for good.
    public func cancel() {
        isCancelled = true
        deadline = .max
    }
}
