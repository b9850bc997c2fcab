import Dispatch

/// A timer that fires once at a time, on the queue of an executor.
///
/// Every method is called on that queue, as is the handler: the owner is the actor that the executor runs.
public final class DeadlineTimer {
    private let source: any DispatchSourceTimer

    /// Creates a timer that is not armed.
    public init(executor: QueueExecutor, handler: @escaping @Sendable () -> Void) {
        source = DispatchSource.makeTimerSource(queue: executor.queue)
        source.setEventHandler(handler: handler)
        source.schedule(deadline: .distantFuture)
        source.activate()
    }

    /// Lets the timer fire after some seconds; an earlier wish is forgotten.
    public func arm(afterSeconds seconds: Double) {
        source.schedule(deadline: .now() + max(seconds, 0), leeway: .milliseconds(1))
    }

    /// Lets the timer fire no more until it is armed again.
    public func disarm() {
        source.schedule(deadline: .distantFuture)
    }

    /// Ends the timer for good.
    public func cancel() {
        source.cancel()
    }
}
