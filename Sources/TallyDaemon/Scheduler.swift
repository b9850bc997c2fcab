import Delivering
import Dispatching
import FoundationEssentials
import TallyModel

/// How many cycles are under way at once.
struct SchedulerLimits: Sendable {
    /// All together, so that memory stays bounded with any number of sources.
    var cyclesAtOnce = 64
    /// Of one host, so that a slow one does not take every place.
    var cyclesPerHost = 4
}

/// Starts the cycle of each source when it is due: one timer, armed for the earliest.
actor Scheduler {
    private let executor: QueueExecutor
    /// Where cycles begin and end: most find nothing new, and are done without another thread.
    private let light: Lane
    private let clock: @Sendable () -> Date
    private let limits: SchedulerLimits
    /// One lane a core: a source always has the same one.
    private let lanes: [Lane]
    private var run: Run?
    private var timer: DeadlineTimer?
    private var sources: [String: Source] = [:]
    /// When each source is due; the queue may hold older times of it, which count no more.
    private var dueAt: [String: Date] = [:]
    private var queue = DueQueue()
    private var running: [String: Task<Void, Never>] = [:]
    private var hosts: [String: Host] = [:]
    /// Whether every source has one turn and no more.
    private var runsOnce = false
    private var isStopping = false
    /// The sources whose cycle is to run again as soon as the one under way has ended.
    private var hastened: Set<String> = []
    private var clockWatch = ClockWatch()
    private let uptime: @Sendable () -> Double

    /// One cycle; the lane is for work that takes long, the return value is when the source is due again.
    typealias Run = @Sendable (_ source: Source, _ lane: Lane) async -> Date

    /// A host's cycles under way, and its sources that are due and wait for one of them to end.
    private struct Host {
        var running = 0
        var held: [String] = []
        /// The place of the first in ``held`` that still waits.
        var next = 0

        mutating func takeHeld() -> String? {
            guard next < held.count else { return nil }
            next += 1
            return held[next - 1]
        }

        var isIdle: Bool { running == 0 && next >= held.count }
    }

    init(
        laneCount: Int,
        executor: QueueExecutor = QueueExecutor(label: "tallywatch.scheduler"),
        limits: SchedulerLimits = SchedulerLimits(),
        clock: @escaping @Sendable () -> Date,
        uptime: @escaping @Sendable () -> Double = { Outbox.systemUptime() }
    ) {
        self.clock = clock
        self.limits = limits
        self.uptime = uptime
        self.executor = executor
        light = Lane(sharing: executor)
        lanes = (0..<max(laneCount, 1)).map { Lane(label: "tallywatch.lane.\($0)") }
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Begins to run cycles.
    func start(_ run: @escaping Run) {
        self.run = run
        timer = DeadlineTimer(executor: executor) { @Sendable [weak self] in
            self?.assumeIsolated { $0.startDue() }
        }
        startDue()
    }

    /// Replaces the sources; one whose URL stays keeps its time, the others get theirs from `times`, or are due now.
    func replace(sources new: [Source], dueAt times: [String: Date]) {
        let now = clock()
        var due: [String: Date] = [:]
        due.reserveCapacity(new.count)
        for source in new {
            let isSame = sources[source.name] == source
            due[source.name] = (isSame ? dueAt[source.name] : nil) ?? times[source.name] ?? now
        }
        sources = Dictionary(uniqueKeysWithValues: new.map { ($0.name, $0) })
        dueAt = due
        queue = DueQueue()
        for host in hosts.keys {
            hosts[host]?.held = []
            hosts[host]?.next = 0
        }
        for (name, time) in due where running[name] == nil { queue.insert(name, due: time) }
        startDue()
    }

    /// Lets the cycle of a source run as soon as it may, and again where it is under way.
    func hasten(_ name: String) {
        guard sources[name] != nil, !runsOnce else { return }
        guard running[name] == nil else {
            hastened.insert(name)
            return
        }
        let now = clock()
        dueAt[name] = now
        queue.insert(name, due: now)
        startDue()
    }

    /// Runs every source once and returns when all of them have ended.
    func runAllOnce(_ run: @escaping Run) async {
        self.run = run
        runsOnce = true
        let now = clock()
        queue = DueQueue()
        for name in sources.keys {
            dueAt[name] = now
            queue.insert(name, due: now)
        }
        startDue()
        while let task = running.values.first {
            await task.value
        }
    }

    /// Starts no further cycle and returns when those under way have ended; after a grace they are cut short.
    func stop(graceSeconds: Double) async {
        isStopping = true
        timer?.cancel()
        let cut = Task {
            try await Task.sleep(for: .seconds(graceSeconds))
            for task in self.running.values {
                task.cancel()
            }
        }
        while let task = running.values.first {
            await task.value
        }
        cut.cancel()
    }

    /// Returns when each lane has done something: the watchdog asks whether they still move.
    func ping() async {
        for lane in lanes {
            await Task(executorPreference: lane) {}.value
        }
    }
}

extension Scheduler {
    /// Starts what is due, the longest due first; another host's turn is not held up by a full one.
    private func startDue() {
        guard !isStopping, runsOnce || timer != nil else { return }
        let now = clock()
        // A clock that was set back would let every source wait for as much longer.
        let jump = clockWatch.jump(wall: now, uptime: uptime())
        if jump < 0 {
            dueAt = dueAt.mapValues { $0.addingTimeInterval(jump) }
            queue = DueQueue()
            for (name, due) in dueAt where running[name] == nil { queue.insert(name, due: due) }
            for host in hosts.keys {
                hosts[host]?.held = []
                hosts[host]?.next = 0
            }
        }
        while running.count < limits.cyclesAtOnce, let next = queue.first, next.due <= now {
            _ = queue.removeFirst()
            guard dueAt[next.name] == next.due, running[next.name] == nil, let source = sources[next.name]
            else {
                continue
            }
            let host = Self.host(of: source)
            if hosts[host, default: Host()].running < limits.cyclesPerHost {
                begin(source, host: host)
            } else {
                hosts[host, default: Host()].held.append(next.name)
            }
        }
        // What is due and finds no place is started by the end of a cycle.
        guard let timer, let next = queue.first, next.due > now else { return }
        timer.arm(afterSeconds: max(next.due.timeIntervalSince(clock()), 0.001))
    }

    private func begin(_ source: Source, host: String) {
        guard let run else { return }
        let name = source.name
        hosts[host, default: Host()].running += 1
        let lane = lanes[Int(UInt(bitPattern: name.hashValue) % UInt(lanes.count))]
        running[name] = Task(executorPreference: light) {
            let next = await run(source, lane)
            await self.end(name, host: host, next: next)
        }
    }

    private func end(_ name: String, host: String, next: Date) {
        running[name] = nil
        let next = hastened.remove(name) == nil ? next : clock()
        if sources[name] != nil, !runsOnce {
            dueAt[name] = next
            queue.insert(name, due: next)
        }
        hosts[host]?.running -= 1
        if let held = hosts[host]?.takeHeld(), let due = dueAt[held] { queue.insert(held, due: due) }
        if hosts[host]?.isIdle == true { hosts[host] = nil }
        startDue()
    }

    /// The scheme, host and port of a source's URL.
    private static func host(of source: Source) -> String {
        let url = source.url.utf8
        var slashes = 0
        let end = url.firstIndex { byte in
            if byte == UInt8(ascii: "/") { slashes += 1 }
            return slashes == 3
        }
        return String(source.url[..<(end ?? url.endIndex)]).lowercased()
    }
}
