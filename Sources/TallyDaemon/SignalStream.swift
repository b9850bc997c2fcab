import Dispatching
import Foundation
import Synchronization

/// The signals that steer the daemon, in the order of their arrival.
///
/// A second SIGTERM or SIGINT ends the process at once: the store is safe at any instant.
final class SignalStream: Sendable {
    let values: AsyncStream<Int32>
    private let source: SignalSource

    init() {
        let (values, continuation) = AsyncStream.makeStream(of: Int32.self)
        self.values = values
        let executor = QueueExecutor(label: "tallywatch.signals")
        let stops = StopCounter()
        source = SignalSource(signals: [SIGTERM, SIGINT, SIGHUP], executor: executor) { signal in
            if signal != SIGHUP, stops.add() > 1 { exit(1) }
            continuation.yield(signal)
        }
    }

    deinit {
        source.cancel()
    }
}

/// Counts the wishes to stop.
private final class StopCounter: Sendable {
    private let count = Mutex(0)

    func add() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
