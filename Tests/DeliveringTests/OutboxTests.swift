import Delivering
import Foundation
import TallyModel
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct OutboxTests {
    let store = InMemoryDeliveryStore()
    let clock = ManualClock()
    let log = LogRecorder()

    func outbox(_ sinks: [any Sink], uptime: ManualClock? = nil) -> Outbox {
        let clock = clock
        let uptime = uptime ?? clock
        return Outbox(
            store: store,
            sinks: sinks,
            policy: RetryPolicy(seed: 1),
            logger: log.logger,
            clock: { clock.now },
            uptime: { uptime.now.timeIntervalSince1970 }
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

    @Test("many at once reach a sink that takes many, each figure's in order")
    func concurrency() async {
        let sink = ScriptedSink(name: "desk", concurrency: 8)
        for id in 1...200 {
            store.add(Int64(id), to: "desk", lane: "figure_\(id % 10)", due: clock.now)
        }
        await outbox([sink]).drain()
        #expect(sink.received.count == 200)
        for lane in 0..<10 {
            let own = sink.received.compactMap { Int($0.dropFirst(6)) }.filter { $0 % 10 == lane }
            #expect(own == own.sorted())
        }
    }

    @Test("no more is in the air than a sink has places")
    func places() async throws {
        let sink = HangingSink(name: "desk", concurrency: 4)
        for id in 1...20 {
            store.add(Int64(id), to: "desk", due: clock.now)
        }
        let outbox = outbox([sink])
        await outbox.start()
        while sink.heldCount < 4 { await Task.yield() }
        #expect(await outbox.state.sinks["desk"]?.inFlight ?? 0 >= 4)
        #expect(sink.heldCount == 4)
        sink.release()
        await outbox.drain()
        #expect(store.states.allSatisfy { $0 == .delivered })
        await outbox.stop()
    }

    @Test("a failure holds up its own figure and no other")
    func laneOrder() async {
        let sink = ScriptedSink(name: "desk", results: [.failed(reason: "no", retryAfterSeconds: nil)])
        store.add(1, to: "desk", lane: "a", due: clock.now)
        store.add(2, to: "desk", lane: "a", due: clock.now)
        store.add(3, to: "desk", lane: "b", due: clock.now)
        let outbox = outbox([sink])
        await outbox.drain()
        #expect(sink.received == ["alert_1", "alert_3"])
        clock.advance(bySeconds: 10)
        await outbox.drain()
        #expect(sink.received == ["alert_1", "alert_3", "alert_1", "alert_2"])
    }

    @Test("a dead sink is only asked now and then, holds up no other, and gets everything once it is back")
    func deadSink() async {
        let down = DeliveryResult.failed(reason: "down", retryAfterSeconds: nil)
        let dead = ScriptedSink(name: "dead", results: [DeliveryResult](repeating: down, count: 6))
        let live = ScriptedSink(name: "live")
        for id in 1...20 {
            store.add(Int64(id), to: "dead", due: clock.now)
            store.add(Int64(100 + id), to: "live", due: clock.now)
        }
        let outbox = outbox([dead, live])
        await outbox.drain()
        #expect(dead.received.count == 5)
        #expect(live.received.count == 20)
        await outbox.drain()
        #expect(dead.received.count == 5)
        clock.advance(bySeconds: 5)
        await outbox.drain()
        #expect(dead.received.count == 6)
        #expect(await outbox.state.sinks["dead"]?.isFailing == true)
        clock.advance(bySeconds: 10)
        await outbox.drain()
        #expect(store.states.allSatisfy { $0 == .delivered })
        #expect(log.lines.count { $0.contains("sink failing") } == 1)
        #expect(log.lines.contains { $0.hasPrefix("notice sink recovered") })
    }

    @Test("Retry-After holds everything that goes to the receiver")
    func retryAfter() async {
        let sink = ScriptedSink(name: "desk", results: [.failed(reason: "429", retryAfterSeconds: 90)])
        store.add(1, to: "desk", due: clock.now)
        store.add(2, to: "desk", due: clock.now)
        let outbox = outbox([sink])
        await outbox.drain()
        clock.advance(bySeconds: 89)
        await outbox.drain()
        #expect(sink.received == ["alert_1"])
        clock.advance(bySeconds: 2)
        await outbox.drain()
        #expect(sink.received == ["alert_1", "alert_1", "alert_2"])
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

    @Test("a sink that takes nothing from anybody is no fault of the delivery's")
    func unavailable() async {
        let sink = ScriptedSink(name: "desk", results: [.unavailable(reason: "full")])
        store.add(1, to: "desk", due: clock.now)
        store.add(2, to: "desk", due: clock.now)
        let outbox = outbox([sink])
        await outbox.drain()
        #expect(store.states.first == .pending(clock.now.addingTimeInterval(5)))
        #expect(store.failures == [0, 0])
        clock.advance(bySeconds: 5)
        await outbox.drain()
        #expect(store.states == [.delivered, .delivered])
    }

    @Test("a drain that is out of time leaves the rest in the store")
    func drainEnds() async {
        let sink = SlowSink(name: "desk", clock: clock, seconds: 4)
        for id in 1...10 {
            store.add(Int64(id), to: "desk", due: clock.now)
        }
        await outbox([sink]).drain(withinSeconds: 10)
        #expect(store.states.count { $0 == .delivered } == 3)
    }

    @Test("what is refused for good is given up aloud, and the next one goes on")
    func refused() async {
        let sink = ScriptedSink(name: "desk", results: [.refused(reason: "HTTP status 400")])
        store.add(1, to: "desk", due: clock.now)
        store.add(2, to: "desk", due: clock.now)
        await outbox([sink]).drain()
        #expect(store.states == [.abandoned("HTTP status 400"), .delivered])
        #expect(log.lines.contains("error delivery given up alert=alert_1 reason=HTTP status 400 sink=desk"))
    }

    @Test("a receiver that is gone gets nothing more, also after a restart, until it leads elsewhere")
    func gone() async {
        let sink = ScriptedSink(name: "desk", results: [.gone(reason: "HTTP status 410")])
        store.add(1, to: "desk", due: clock.now)
        store.add(2, to: "desk", due: clock.now)
        let outbox = outbox([sink])
        await outbox.drain()
        #expect(sink.received == ["alert_1"])
        #expect(
            store.states == [
                .abandoned("HTTP status 410"), .abandoned("the sink is disabled: HTTP status 410"),
            ]
        )
        #expect(log.lines.contains("error sink disabled reason=HTTP status 410 sink=desk"))
        store.add(3, to: "desk", due: clock.now)
        let second = ScriptedSink(name: "desk")
        await self.outbox([second]).drain()
        #expect(second.received == [])
        store.add(4, to: "desk", due: clock.now)
        let moved = ScriptedSink(name: "desk", target: "elsewhere")
        await self.outbox([moved]).drain()
        #expect(moved.received == ["alert_4"])
    }

    @Test("what fails to the end of the schedule, or for three days, is given up aloud", arguments: [9, 0])
    func exhausted(_ failures: Int) async {
        let sink = ScriptedSink(name: "desk", results: [.failed(reason: "down", retryAfterSeconds: nil)])
        let age: Double = failures == 0 ? -400_000 : 0
        store.add(
            1,
            to: "desk",
            failures: failures,
            createdAt: clock.now.addingTimeInterval(age),
            due: clock.now
        )
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

    @Test("what has arrived while the store takes nothing is remembered and does not go out again")
    func storeFull() async throws {
        let sink = ScriptedSink(name: "desk")
        store.add(1, to: "desk", due: clock.now)
        store.failNextSettlings(1)
        let outbox = outbox([sink])
        await outbox.drain()
        #expect(sink.received == ["alert_1"])
        #expect(store.states == [.delivered])
        #expect(log.lines.count { $0.hasPrefix("error outbox cannot use the store") } == 1)
    }

    @Test("a clock that was set back by a day does not let deliveries wait for a day")
    func clockBack() async {
        let uptime = ManualClock()
        let sink = ScriptedSink(name: "desk")
        store.add(1, to: "desk", due: clock.now.addingTimeInterval(5))
        let outbox = outbox([sink], uptime: uptime)
        await outbox.start()
        clock.advance(bySeconds: -86_400 + 6)
        uptime.advance(bySeconds: 6)
        await outbox.wake()
        #expect(await sink.first() == "alert_1")
        #expect(log.lines.contains { $0.hasPrefix("warning the clock was set back") })
        await outbox.stop()
    }

    @Test("a clock that was set forth by a week makes no delivery too old to be tried again")
    func clockForthFailing() async {
        let uptime = ManualClock()
        let down = DeliveryResult.failed(reason: "down", retryAfterSeconds: nil)
        let sink = ScriptedSink(name: "desk", results: [down])
        store.add(1, to: "desk", due: clock.now.addingTimeInterval(5))
        let outbox = outbox([sink], uptime: uptime)
        await outbox.start()
        clock.advance(bySeconds: 604_800)
        uptime.advance(bySeconds: 5)
        await outbox.wake()
        #expect(await sink.first() == "alert_1")
        await outbox.drain()
        clock.advance(bySeconds: 10)
        uptime.advance(bySeconds: 10)
        await outbox.drain()
        #expect(sink.received == ["alert_1", "alert_1"])
        #expect(store.states == [.delivered])
        await outbox.stop()
    }

    @Test("a message that takes longer than its sink may is told to the watchdog, until it has ended")
    func stuck() async throws {
        let sink = HangingSink(name: "desk")
        store.add(1, to: "desk", lane: "figure", due: clock.now)
        let outbox = outbox([sink])
        await outbox.start()
        while sink.heldCount < 1 { await Task.yield() }
        clock.advance(bySeconds: sink.longestSeconds)
        try await outbox.ping()
        clock.advance(bySeconds: 1)
        await #expect(throws: DeliveringError.stuck(messages: ["desk figure"])) { try await outbox.ping() }
        sink.release()
        await outbox.drain()
        try await outbox.ping()
        await outbox.stop()
    }

    @Test("a clock that was set forth delivers what is due by it, once")
    func clockForth() async {
        let uptime = ManualClock()
        let sink = ScriptedSink(name: "desk")
        store.add(1, to: "desk", due: clock.now.addingTimeInterval(3600))
        let outbox = outbox([sink], uptime: uptime)
        await outbox.start()
        clock.advance(bySeconds: 86_400)
        await outbox.wake()
        #expect(await sink.first() == "alert_1")
        await outbox.drain()
        #expect(sink.received == ["alert_1"])
        await outbox.stop()
    }
}

@Suite struct BreakerTests {
    let now = Date(timeIntervalSince1970: 1_750_000_000)

    @Test("it opens with the fifth failure in a row, waits ever longer, and closes with the first success")
    func opens() {
        var breaker = Breaker()
        for _ in 1...4 {
            breaker.fail(at: now, retryAfterSeconds: nil)
            #expect(breaker.allowance(of: 16, at: now) == 16)
        }
        var waits: [Double] = []
        var time = now
        for _ in 1...9 {
            breaker.fail(at: time, retryAfterSeconds: nil)
            #expect(breaker.allowance(of: 16, at: time) == 0)
            let end = breaker.heldUntil ?? time
            waits.append(end.timeIntervalSince(time))
            time = end
            #expect(breaker.allowance(of: 16, at: time) == 1)
        }
        #expect(waits == [5, 10, 20, 40, 80, 160, 300, 300, 300])
        let hadFailed = breaker.succeed()
        #expect(hadFailed)
        #expect(breaker.allowance(of: 16, at: time) == 16)
        let hasFailedSince = breaker.succeed()
        #expect(!hasFailedSince)
    }

    @Test("a wish of the receiver holds it, up to a day")
    func wish() {
        var breaker = Breaker()
        breaker.fail(at: now, retryAfterSeconds: 1e9)
        #expect(breaker.heldUntil == now.addingTimeInterval(86400))
    }
}

@Suite struct RetryPolicyTests {
    @Test("the schedule is that of Standard Webhooks, with a fifth of jitter")
    func schedule() throws {
        var policy = RetryPolicy(seed: 7)
        let expected: [Double] = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
        for (place, wait) in expected.enumerated() {
            guard
                case .retry(let seconds) = policy.next(
                    afterFailures: place + 1,
                    ageSeconds: 0,
                    retryAfterSeconds: nil
                )
            else {
                Issue.record("given up after \(place + 1)")
                continue
            }
            #expect((wait * 0.8...wait * 1.2).contains(seconds))
        }
        let last = policy.next(afterFailures: 10, ageSeconds: 0, retryAfterSeconds: nil)
        #expect(last == .abandon)
        #expect(policy.longestSeconds == 75 * 3600 + 35 * 60 + 5)
    }

    @Test("a receiver's wish lengthens a wait and never shortens it")
    func wish() {
        var policy = RetryPolicy(seed: 7)
        #expect(
            policy.next(afterFailures: 1, ageSeconds: 0, retryAfterSeconds: 90) == .retry(afterSeconds: 90)
        )
        guard case .retry(let seconds) = policy.next(afterFailures: 2, ageSeconds: 0, retryAfterSeconds: 1)
        else {
            Issue.record("given up")
            return
        }
        #expect(seconds >= 240)
    }
}
