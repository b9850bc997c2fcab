import Dispatch
import Glibc

/// Hands signals to a handler on the queue of an executor, in place of their default action.
///
/// `@unchecked`: Dispatch's sources are no `Sendable` types on Linux, and are safe to cancel from any thread.
public final class SignalSource: @unchecked Sendable {
    private let sources: [any DispatchSourceSignal]

    /// Begins to listen for signals; their default action is switched off for the whole process.
    public init(signals: [Int32], executor: QueueExecutor, handler: @escaping @Sendable (Int32) -> Void) {
        sources = signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: executor.queue)
            source.setEventHandler { @Sendable in handler(number) }
            source.activate()
            return source
        }
    }

    /// Stops listening.
    public func cancel() {
        for source in sources {
            source.cancel()
        }
    }
}
