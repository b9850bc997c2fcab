import Foundation
import Synchronization
import TallyModel
import TestSupport
import Testing

@testable import TallyDaemon

@Suite(.timeLimit(.minutes(1))) struct SchedulerTests {
    let clock = ManualClock()

    func scheduler() -> Scheduler {
        let clock = clock
        return Scheduler(laneCount: 2, clock: { clock.now })
    }

    @Test("a slow host does not keep the sources of others from their turn")
    func fairness() async {
        let slow = (0..<300).map { Source(name: "slow\($0)", url: "http://slow.example/\($0)") }
        let quick = (0..<10).map { Source(name: "quick\($0)", url: "http://quick.example/\($0)") }
        let scheduler = scheduler()
        let turns = AsyncStream<String>.makeStream()
        await scheduler.replace(sources: slow + quick, dueAt: [:])
        let next = clock.now.addingTimeInterval(600)
        await scheduler.start { source, _ in
            if source.name.hasPrefix("slow") {
                // Ends when the scheduler cuts it short.
                try? await Task.sleep(for: .seconds(50))
            } else {
                turns.continuation.yield(source.name)
            }
            return next
        }
        var seen: Set<String> = []
        for await name in turns.stream {
            seen.insert(name)
            if seen.count == quick.count { break }
        }
        #expect(seen == Set(quick.map(\.name)))
        await scheduler.stop(graceSeconds: 0)
    }

    @Test("a clock that was set back by a day does not let sources wait for a day")
    func clockBack() async {
        let clock = clock
        let uptime = ManualClock()
        let scheduler = Scheduler(
            laneCount: 1,
            clock: { clock.now },
            uptime: { uptime.now.timeIntervalSince1970 }
        )
        let source = Source(name: "wire", url: "http://wire.example/")
        let turns = AsyncStream<String>.makeStream()
        let next = clock.now.addingTimeInterval(1e6)
        await scheduler.replace(sources: [source], dueAt: ["wire": clock.now.addingTimeInterval(3600)])
        await scheduler.start { source, _ in
            turns.continuation.yield(source.name)
            return next
        }
        clock.advance(bySeconds: -86_400 + 3601)
        uptime.advance(bySeconds: 3601)
        await scheduler.replace(sources: [source], dueAt: [:])
        var seen = turns.stream.makeAsyncIterator()
        #expect(await seen.next() == "wire")
        await scheduler.stop(graceSeconds: 0)
    }

    @Test("a run of every source gives each one turn, whatever their hosts")
    func once() async {
        let sources = (0..<100).map { Source(name: "s\($0)", url: "http://host\($0 % 3).example/\($0)") }
        let scheduler = scheduler()
        let counts = Mutex<[String: Int]>([:])
        let now = clock.now
        await scheduler.runAllOnce(sources) { source, _ in
            counts.withLock { $0[source.name, default: 0] += 1 }
            return now
        }
        #expect(counts.withLock { $0 } == Dictionary(uniqueKeysWithValues: sources.map { ($0.name, 1) }))
    }

    @Test("a cycle that is cut short is told so, also where its task has run another one before")
    func cut() async {
        let scheduler = Scheduler(
            laneCount: 1,
            limits: SchedulerLimits(cyclesAtOnce: 1, cyclesPerHost: 1),
            clock: { [clock] in clock.now }
        )
        let sources = ["first", "second"].map { Source(name: $0, url: "http://\($0).example/") }
        let turns = AsyncStream<String>.makeStream()
        let next = clock.now.addingTimeInterval(600)
        await scheduler.replace(sources: sources, dueAt: [:])
        await scheduler.start { source, _ in
            turns.continuation.yield(source.name)
            // Ends when the scheduler cuts it short.
            if source.name == "second" { try? await Task.sleep(for: .seconds(50)) }
            return next
        }
        var iterator = turns.stream.makeAsyncIterator()
        #expect(await iterator.next() == "first")
        #expect(await iterator.next() == "second")
        await scheduler.stop(graceSeconds: 0)
    }

    @Test("a source that is not due waits")
    func waits() async {
        let scheduler = scheduler()
        let turns = AsyncStream<String>.makeStream()
        let due = Source(name: "due", url: "http://a.example/")
        let later = Source(name: "later", url: "http://b.example/")
        await scheduler.replace(sources: [due, later], dueAt: ["later": clock.now.addingTimeInterval(3600)])
        let next = clock.now.addingTimeInterval(600)
        await scheduler.start { source, _ in
            turns.continuation.yield(source.name)
            return next
        }
        var iterator = turns.stream.makeAsyncIterator()
        #expect(await iterator.next() == "due")
        await scheduler.stop(graceSeconds: 0)
        turns.continuation.finish()
        #expect(await iterator.next() == nil)
    }
}
