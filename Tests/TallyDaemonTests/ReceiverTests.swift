import Delivering
import Fetching
import Foundation
import Storing
import TallyModel
import TestSupport
import Testing

/// A real webhook over loopback, the outbox and the SQLite store, against receivers that misbehave: one test each.
@Suite(.timeLimit(.minutes(2))) struct ReceiverTests {
    /// An outbox with one webhook on a store of its own; the clock is the test's.
    private struct Rig {
        let store: SQLiteStore
        let outbox: Outbox
        let fetcher: Fetcher
        let clock: ManualClock
        let log = LogRecorder()

        init(_ url: String) async throws {
            store = try SQLiteStore(.memory)
            let clock = ManualClock()
            self.clock = clock
            var configuration = FetchConfiguration()
            configuration.allowedNetworks = [NetworkRange("127.0.0.0/8")].compactMap { $0 }
            fetcher = Fetcher(configuration: configuration)
            let secret = try WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
            let sink = HTTPSink(
                name: "desk",
                url: url,
                format: WebhookFormat(url: url, secrets: [secret]),
                client: fetcher,
                clock: { clock.now }
            )
            outbox = Outbox(
                store: store,
                sinks: [sink],
                policy: RetryPolicy(seed: 1),
                logger: log.logger,
                clock: { clock.now },
                uptime: { clock.now.timeIntervalSince1970 }
            )
            var details = Alert.Details(severity: .warning, reason: "a test")
            details.source = Alert.SourceReference(name: "wire", url: "https://wire.example")
            let alert = Alert(id: "alert_1", type: .sourceFailing, timestamp: clock.now, data: details)
            let planned = PlannedDelivery(
                alertID: "alert_1",
                sink: "desk",
                notBefore: clock.now,
                lane: "wire"
            )
            let source = Source(name: "wire", url: "https://wire.example")
            let state = SourceState(nextPollAt: clock.now)
            try await store.save(state, of: source, alert: alert, deliveries: [planned])
        }

        /// Delivers, and returns the delivery as it is then stored.
        func deliver() async throws -> StoredDelivery {
            await outbox.drain()
            return try #require(try await store.storedDeliveries(DeliverySelection(), limit: 1).first)
        }

        func close() async {
            await outbox.stop()
            await fetcher.close()
        }
    }

    private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

    /// Fails once with a reason, then arrives under the same identifier with a new timestamp.
    private func failsAndArrives(
        _ behaviour: FaultyReceiver.Behaviour,
        reason: String,
        afterSeconds wait: Double = 10
    ) async throws {
        let receiver = try FaultyReceiver([behaviour, .answer(Self.ok)])
        defer { receiver.stop() }
        let rig = try await Rig(receiver.url)
        let failed = try await rig.deliver()
        #expect(failed.state == .pending)
        #expect(failed.lastError?.contains(reason) == true, "\(failed.lastError ?? "")")
        rig.clock.advance(bySeconds: wait)
        #expect(try await rig.deliver().state == .delivered)
        let requests = receiver.requests
        #expect(requests.count == 2)
        #expect(requests.allSatisfy { $0.contains("webhook-id: alert_1\r\n") })
        #expect(Set(requests.compactMap { field("webhook-timestamp", of: $0) }).count == 2)
        #expect(Set(requests.compactMap { field("webhook-signature", of: $0) }).count == 2)
        #expect(Set(requests.compactMap { $0.components(separatedBy: "\r\n\r\n").last }).count == 1)
        await rig.close()
    }

    private func field(_ name: String, of request: String) -> String? {
        request.components(separatedBy: "\r\n").first { $0.hasPrefix("\(name): ") }
    }

    @Test("one that times out is asked again") func timesOut() async throws {
        try await failsAndArrives(.hang, reason: "no full answer within 20 s")
    }

    @Test("one that resets the connection is asked again") func resets() async throws {
        try await failsAndArrives(.reset, reason: "the connection failed")
    }

    @Test("one that closes without a word is asked again") func closes() async throws {
        try await failsAndArrives(.close, reason: "the connection failed")
    }

    @Test("one that answers 500 is asked again") func answers500() async throws {
        try await failsAndArrives(
            .answer("HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\noops"),
            reason: "HTTP status 500: oops"
        )
    }

    @Test("one that answers 429 with Retry-After is asked again then, and not before") func answers429()
        async throws
    {
        let busy = "HTTP/1.1 429 Busy\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n"
        let receiver = try FaultyReceiver([.answer(busy), .answer(Self.ok)])
        defer { receiver.stop() }
        let rig = try await Rig(receiver.url)
        #expect(try await rig.deliver().lastError == "HTTP status 429")
        rig.clock.advance(bySeconds: 119)
        _ = try await rig.deliver()
        #expect(receiver.requests.count == 1)
        rig.clock.advance(bySeconds: 2)
        #expect(try await rig.deliver().state == .delivered)
        await rig.close()
    }

    @Test("one that answers 410 gets nothing more, and the alert is a dead letter that can be replayed")
    func answers410() async throws {
        let receiver = try FaultyReceiver([
            .answer("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"), .answer(Self.ok),
        ])
        defer { receiver.stop() }
        let rig = try await Rig(receiver.url)
        let dead = try await rig.deliver()
        #expect(dead.state == .abandoned)
        #expect(dead.lastError == "HTTP status 410")
        rig.clock.advance(bySeconds: 1e6)
        #expect(try await rig.deliver().state == .abandoned)
        #expect(receiver.requests.count == 1)
        var selection = DeliverySelection()
        selection.states = [.abandoned]
        #expect(try await rig.store.replayDeliveries(selection, at: rig.clock.now) == 1)
        #expect(try await rig.deliver().state == .delivered)
        #expect(receiver.requests.allSatisfy { $0.contains("webhook-id: alert_1\r\n") })
        await rig.close()
    }

    @Test("one that redirects is not followed, and asked again") func redirects() async throws {
        try await failsAndArrives(
            .answer("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
            reason: "HTTP status 302"
        )
    }

    @Test("one that sends its answer a byte a second is asked again") func slow() async throws {
        try await failsAndArrives(.drip, reason: "no full answer")
    }

    @Test("one that says 200 and then floods has the alert; one that says 500 and floods has not")
    func huge() async throws {
        let receiver = try FaultyReceiver([.flood(status: 500), .flood(status: 200)])
        defer { receiver.stop() }
        let rig = try await Rig(receiver.url)
        #expect(try await rig.deliver().lastError?.hasPrefix("HTTP status 500") == true)
        rig.clock.advance(bySeconds: 10)
        #expect(try await rig.deliver().state == .delivered)
        await rig.close()
    }

    @Test("one without TLS on an https URL is asked again, and hears nothing of the alert") func wrongTLS()
        async throws
    {
        let receiver = try FaultyReceiver([.answer(Self.ok)])
        defer { receiver.stop() }
        let rig = try await Rig("https://127.0.0.1:\(receiver.port)/hook")
        let failed = try await rig.deliver()
        #expect(failed.state == .pending)
        #expect(failed.lastError?.hasPrefix("no trusted connection") == true, "\(failed.lastError ?? "")")
        #expect(receiver.requests.allSatisfy { !$0.contains("alert_1") })
        await rig.close()
    }

    @Test("a receiver is waited for as long as it may take", arguments: [0.001, 10])
    func latency(_ seconds: Double) async throws {
        let receiver = try FaultyReceiver([.answerLater(Self.ok, seconds: seconds)])
        defer { receiver.stop() }
        let rig = try await Rig(receiver.url)
        #expect(try await rig.deliver().state == .delivered)
        #expect(receiver.requests.count == 1)
        await rig.close()
    }
}
