import Dispatching
import Glibc
import Synchronization
import Testing

/// An actor on a loop of its own, with what a loop offers.
private actor Worker {
    let loop = EventLoop()
    private(set) var fired: [String] = []
    private var timers: [String: LoopTimer] = [:]
    private var sockets: SocketSet?
    private(set) var threads: Set<UInt> = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    func note(_ what: String) {
        fired.append(what)
        threads.insert(pthread_self())
    }

    func timer(_ name: String) -> LoopTimer {
        let timer =
            timers[name] ?? loop.makeTimer { [weak self] in self?.assumeIsolated { $0.note(name) } }
        timers[name] = timer
        return timer
    }

    /// In one job: however late the thread is, the times are those of one moment.
    func armAll() {
        timer("late").arm(afterSeconds: 0.2)
        timer("never").arm(afterSeconds: 0.05)
        timer("soon").arm(afterSeconds: 0.1)
        timer("now").arm(afterSeconds: 0)
        timer("hastened").arm(afterSeconds: 3600)
        timer("never").disarm()
        timer("hastened").arm(noLaterThanSeconds: 0.3)
        timer("hastened").arm(noLaterThanSeconds: 3600)
    }

    func armAgain() {
        timer("now").arm(afterSeconds: 0)
    }

    func watch(_ descriptors: [Int32]) {
        let sockets = loop.makeSocketSet(
            onReady: { [weak self] socket, events in
                self?.assumeIsolated { worker in
                    worker.sockets?.forget(socket)
                    worker.note(events.contains(.read) ? "read" : "other")
                }
            },
            afterReady: { [weak self] in self?.assumeIsolated { $0.note("done") } }
        )
        self.sockets = sockets
        for descriptor in descriptors { sockets.watch(descriptor, for: .read) }
    }

    /// Returns when something has been noted, at the latest after ten seconds.
    func wait(for count: Int) async -> [String] {
        for _ in 0..<1000 where fired.count < count { try? await Task.sleep(for: .milliseconds(10)) }
        return fired
    }
}

@Suite(.timeLimit(.minutes(1))) struct EventLoopTests {
    @Test("jobs run in the order in which they came, on one thread that is nobody else's")
    func order() async {
        let worker = Worker()
        for number in 0..<100 { await worker.note("\(number)") }
        #expect(await worker.fired == (0..<100).map(String.init))
        let threads = await worker.threads
        #expect(threads.count == 1 && !threads.contains(pthread_self()))
    }

    @Test("jobs from many threads at once are all run")
    func manyThreads() async {
        let worker = Worker()
        await withTaskGroup { group in
            for number in 0..<500 {
                group.addTask { await worker.note("\(number)") }
            }
        }
        #expect(await Set(worker.fired).count == 500)
        #expect(await worker.threads.count == 1)
    }

    @Test("timers fire in the order of their times, one that is disarmed does not, and none fires twice")
    func timers() async {
        let worker = Worker()
        await worker.armAll()
        #expect(await worker.wait(for: 4) == ["now", "soon", "late", "hastened"])
        await worker.armAgain()
        #expect(await worker.wait(for: 5).last == "now")
    }

    @Test("sockets that are ready are told of, and then once that they were")
    func sockets() async throws {
        let worker = Worker()
        var pipes: [[Int32]] = []
        for _ in 0..<2 {
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            pipes.append(ends)
        }
        defer { for end in pipes.joined() { close(end) } }
        for ends in pipes { try #require(write(ends[1], "x", 1) == 1) }
        await worker.watch(pipes.map { $0[0] })
        let fired = await worker.wait(for: 3)
        #expect(fired.count { $0 == "read" } == 2 && fired.last == "done")
    }

    @Test("a task that prefers the loop comes back to its thread from every wait")
    func preference() async {
        let loop = EventLoop()
        let threads = await withTaskExecutorPreference(loop) { () async -> Set<UInt> in
            var threads: Set<UInt> = []
            for _ in 0..<5 {
                try? await Task.sleep(for: .milliseconds(1))
                threads.insert(Self.currentThread())
            }
            return threads
        }
        #expect(threads.count == 1 && !threads.contains(pthread_self()))
    }

    @Test("a loop that nobody holds ends, and lets go of what its timers hold")
    func end() async throws {
        final class Held: Sendable {}
        weak var held: Held?
        do {
            let worker = Worker()
            let object = Held()
            held = object
            await worker.keep(object)
            #expect(held != nil)
        }
        for _ in 0..<1000 where held != nil { try await Task.sleep(for: .milliseconds(10)) }
        #expect(held == nil)
    }

    private static func currentThread() -> UInt { pthread_self() }
}

extension Worker {
    fileprivate func keep(_ object: any AnyObject & Sendable) {
        _ = loop.makeTimer { _ = object }
    }
}
