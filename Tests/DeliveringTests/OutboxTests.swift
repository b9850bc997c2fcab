import Delivering
import Foundation
import Synchronization
import TallyModel
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct OutboxTests {
    let store = InMemoryDeliveryStore()
    let clock = ManualClock()
    let log = LogRecorder()

    func outbox(_ sinks: [any Sink]) -> Outbox {
        let clock = clock
        return Outbox(
            store: store,
            sinks: sinks,
            policy: RetryPolicy(seed: 1),
            logger: log.logger,
            clock: { clock.now }
        )
    }

    @Test("deliveries leave in order, each once")
    func order() async {
        let sink = ScriptedSink(name: "desk")
        for id in 1...250 {
            store.add(Int64(id), to: "desk", due: clock.now)
        }
        await outbox([sink]).drain()
        #expect(sink.received == (1...250).map { "alert_\($0)" })
        #expect(store.states.allSatisfy { $0 == .delivered })
    }

    @Test("a dead sink does not hold up a live one, and is not hammered with what waits behind")
    func deadSink() async {
        let dead = ScriptedSink(name: "dead", results: [.failed(reason: "down", retryAfterSeconds: nil)])
        let live = ScriptedSink(name: "live")
        for id in 1...3 {
            store.add(Int64(id), to: "dead", due: clock.now)
            store.add(Int64(10 + id), to: "live", due: clock.now)
        }
        let outbox = outbox([dead, live])
        await outbox.drain()
        await outbox.drain()
        #expect(dead.received == ["alert_1"])
        #expect(live.received == ["alert_11", "alert_12", "alert_13"])
        #expect(log.lines.count { $0.contains("sink failing") } == 1)
        clock.advance(bySeconds: 10)
        await outbox.drain()
        #expect(dead.received == ["alert_1", "alert_1", "alert_2", "alert_3"])
        #expect(log.lines.contains { $0.hasPrefix("notice sink recovered") })
    }

    @Test("a sink that hangs does not keep another from its next try")
    func hangingSink() async {
        let hanging = HangingSink(name: "hanging")
        let sink = ScriptedSink(name: "desk")
        store.add(1, to: "hanging", due: Date())
        store.add(2, to: "desk", due: Date().addingTimeInterval(0.05))
        let outbox = Outbox(
            store: store,
            sinks: [hanging, sink],
            policy: RetryPolicy(seed: 1),
            logger: log.logger,
            clock: { Date() }
        )
        await outbox.start()
        #expect(await sink.first() == "alert_2")
        hanging.release()
        await outbox.stop()
    }

    @Test("a delivery that fails while others are committed is tried again in its time")
    func retriesByItself() async {
        let sink = ScriptedSink(name: "desk", results: [.unavailable(reason: "full")])
        store.add(1, to: "desk", due: clock.now)
        let outbox = outbox([sink])
        await outbox.drain()
        #expect(store.states == [.pending(clock.now.addingTimeInterval(5))])
        clock.advance(bySeconds: 5)
        await outbox.drain()
        #expect(store.states == [.delivered])
    }

    @Test("a drain that is out of time leaves the rest in the store")
    func drainEnds() async {
        let clock = clock
        let sink = SlowSink(name: "desk", clock: clock, seconds: 4)
        for id in 1...10 {
            store.add(Int64(id), to: "desk", due: clock.now)
        }
        await outbox([sink]).drain(withinSeconds: 10)
        #expect(store.states.count { $0 == .delivered } == 3)
    }

    @Test("what is refused for good is given up aloud, and the next one goes on")
    func refused() async {
        let sink = ScriptedSink(name: "desk", results: [.refused(reason: "HTTP status 410")])
        store.add(1, to: "desk", due: clock.now)
        store.add(2, to: "desk", due: clock.now)
        await outbox([sink]).drain()
        #expect(store.states == [.abandoned("HTTP status 410"), .delivered])
        #expect(log.lines.contains("error delivery given up alert=alert_1 reason=HTTP status 410 sink=desk"))
    }

    @Test("what fails to the end of the schedule is given up aloud")
    func exhausted() async {
        let sink = ScriptedSink(name: "desk", results: [.failed(reason: "down", retryAfterSeconds: nil)])
        store.add(1, to: "desk", attempts: 9, due: clock.now)
        await outbox([sink]).drain()
        #expect(store.states == [.abandoned("down")])
        #expect(log.lines.contains { $0.hasPrefix("error delivery given up") })
    }

    @Test("the timer delivers what falls due later")
    func timer() async {
        let sink = ScriptedSink(name: "desk")
        store.add(1, to: "desk", due: Date().addingTimeInterval(0.05))
        let outbox = Outbox(
            store: store,
            sinks: [sink],
            policy: RetryPolicy(seed: 1),
            logger: log.logger,
            clock: { Date() }
        )
        await outbox.start()
        #expect(await sink.first() == "alert_1")
        await outbox.stop()
    }
}

@Suite(.timeLimit(.minutes(1))) struct WebhookSinkTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let status: Int
        let result: DeliveryResult
        var testDescription: String { "\(status)" }
    }

    static let cases = [
        Case(status: 200, result: .delivered),
        Case(status: 204, result: .delivered),
        Case(status: 302, result: .failed(reason: "HTTP status 302", retryAfterSeconds: nil)),
        Case(status: 400, result: .failed(reason: "HTTP status 400", retryAfterSeconds: nil)),
        Case(status: 410, result: .refused(reason: "HTTP status 410")),
        Case(status: 408, result: .failed(reason: "HTTP status 408", retryAfterSeconds: nil)),
        Case(status: 429, result: .failed(reason: "HTTP status 429", retryAfterSeconds: 7)),
        Case(status: 503, result: .failed(reason: "HTTP status 503", retryAfterSeconds: 7)),
    ]

    @Test("a status decides what becomes of a delivery", arguments: cases)
    func statuses(_ sample: Case) async throws {
        let headers = [429, 503].contains(sample.status) ? [HeaderField("Retry-After", "7")] : []
        let client = ScriptedClient(
            result: .success(FetchResponse(status: sample.status, url: "", headers: headers))
        )
        let sink = try sink(client)
        #expect(await sink.deliver(Self.delivery) == sample.result)
    }

    @Test("a post is signed over its very bytes, with the alert's identifier and the attempt's time")
    func signed() async throws {
        let client = ScriptedClient(result: .success(FetchResponse(status: 200, url: "")))
        _ = await (try sink(client)).deliver(Self.delivery)
        let request = try #require(client.requests.first)
        let fields = Dictionary(uniqueKeysWithValues: request.headers.map { ($0.name, $0.value) })
        #expect(request.body == Array(Self.delivery.body.utf8))
        #expect(!request.followsRedirects)
        #expect(fields["Content-Type"] == "application/json")
        #expect(fields["webhook-id"] == "alert_1")
        #expect(fields["webhook-timestamp"] == "1750000000")
        let secret = try WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let body = Array(Self.delivery.body.utf8)
        let value = WebhookSignature.value(
            id: "alert_1",
            timestamp: 1_750_000_000,
            body: body,
            secrets: [secret]
        )
        #expect(fields["webhook-signature"] == value)
    }

    @Test("no answer is a failure that names its reason")
    func noAnswer() async throws {
        let client = ScriptedClient(result: .failure(.timedOut(seconds: 20)))
        let expected = DeliveryResult.failed(reason: "no full answer within 20 s", retryAfterSeconds: nil)
        #expect(await (try sink(client)).deliver(Self.delivery) == expected)
    }

    static let delivery = Delivery(
        id: 1,
        alertID: "alert_1",
        type: .new,
        sink: "desk",
        body: #"{"id":"alert_1","x":"é"}"#,
        attempts: 0,
        createdAt: Date(timeIntervalSince1970: 0)
    )

    private func sink(_ client: ScriptedClient) throws -> WebhookSink {
        WebhookSink(
            name: "desk",
            url: "http://127.0.0.1/hook",
            secrets: [try WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")],
            client: client,
            clock: { Date(timeIntervalSince1970: 1_750_000_000) }
        )
    }
}

/// A sink that gives the results of a script, then takes everything.
private final class ScriptedSink: Sink {
    let name: String
    private let state: Mutex<(results: [DeliveryResult], received: [String])>
    private let arrivals = AsyncStream<String>.makeStream()

    init(name: String, results: [DeliveryResult] = []) {
        self.name = name
        state = Mutex((results, []))
    }

    var received: [String] { state.withLock { $0.received } }

    func deliver(_ delivery: Delivery) async -> DeliveryResult {
        arrivals.continuation.yield(delivery.alertID)
        return state.withLock { state in
            state.received.append(delivery.alertID)
            return state.results.isEmpty ? .delivered : state.results.removeFirst()
        }
    }

    func first() async -> String? {
        var iterator = arrivals.stream.makeAsyncIterator()
        return await iterator.next()
    }
}

/// A sink that takes its time, on a clock of the test's.
private struct SlowSink: Sink {
    let name: String
    let clock: ManualClock
    let seconds: Double

    func deliver(_ delivery: Delivery) async -> DeliveryResult {
        clock.advance(bySeconds: seconds)
        return .delivered
    }
}

/// A sink that answers when it is released.
private final class HangingSink: Sink {
    let name: String
    private let gate = AsyncStream<Void>.makeStream()

    init(name: String) {
        self.name = name
    }

    func deliver(_ delivery: Delivery) async -> DeliveryResult {
        var opened = gate.stream.makeAsyncIterator()
        await opened.next()
        return .delivered
    }

    func release() {
        gate.continuation.yield()
    }
}

/// A client that gives one result and keeps the requests.
private final class ScriptedClient: HTTPClient {
    private let result: Result<FetchResponse, FetchError>
    private let sent = Mutex<[FetchRequest]>([])

    init(result: Result<FetchResponse, FetchError>) {
        self.result = result
    }

    var requests: [FetchRequest] { sent.withLock { $0 } }

    func send(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        sent.withLock { $0.append(request) }
        return try result.get()
    }
}
