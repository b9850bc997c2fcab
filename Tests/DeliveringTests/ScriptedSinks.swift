import Synchronization
import TallyModel
import TestSupport

/// A sink that gives the results of a script, then takes everything.
final class ScriptedSink: Sink {
    let name: String
    let target: String
    let concurrency: Int
    let takesGroups: Bool
    private let state: Mutex<(results: [DeliveryResult], received: [String])>
    private let arrivals = AsyncStream<String>.makeStream()

    init(
        name: String,
        target: String = "target",
        concurrency: Int = 1,
        takesGroups: Bool = false,
        results: [DeliveryResult] = []
    ) {
        self.name = name
        self.target = target
        self.concurrency = concurrency
        self.takesGroups = takesGroups
        state = Mutex((results, []))
    }

    var received: [String] { state.withLock { $0.received } }

    func deliver(_ message: Message) async -> DeliveryResult {
        arrivals.continuation.yield(message.id)
        return state.withLock { state in
            state.received.append(message.id)
            return state.results.isEmpty ? .delivered : state.results.removeFirst()
        }
    }

    func first() async -> String? {
        var iterator = arrivals.stream.makeAsyncIterator()
        return await iterator.next()
    }
}

/// A sink that takes its time, on a clock of the test's.
struct SlowSink: Sink {
    let name: String
    let clock: ManualClock
    let seconds: Double

    func deliver(_ message: Message) async -> DeliveryResult {
        clock.advance(bySeconds: seconds)
        return .delivered
    }
}

/// A sink that answers when it is released, and counts what it holds at once.
final class HangingSink: Sink {
    let name: String
    let concurrency: Int
    private let gate = AsyncStream<Void>.makeStream()
    private let held = Mutex(0)

    init(name: String, concurrency: Int = 1) {
        self.name = name
        self.concurrency = concurrency
    }

    var heldCount: Int { held.withLock { $0 } }

    func deliver(_ message: Message) async -> DeliveryResult {
        held.withLock { $0 += 1 }
        var opened = gate.stream.makeAsyncIterator()
        await opened.next()
        return .delivered
    }

    func release() {
        gate.continuation.finish()
    }
}
