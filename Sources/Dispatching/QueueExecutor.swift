public import Dispatch

/// An executor that runs an actor's jobs on one serial Dispatch queue.
///
/// Linux has no `DispatchSerialQueue`, so the conformance that Apple platforms ship is written
/// here. Because ``checkIsolated()`` asks Dispatch, an event handler of a source that fires on
/// ``queue`` may enter the actor with `assumeIsolated` and no suspension.
public final class QueueExecutor: SerialExecutor {
    /// The queue that every job of the actor runs on.
    public let queue: DispatchQueue

    /// Creates an executor whose queue has the given label.
    public init(label: String, qos: DispatchQoS = .utility) {
        queue = DispatchQueue(label: label, qos: qos)
    }

    /// Puts a job at the end of the queue.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// Traps unless the caller is on the queue.
    public func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
