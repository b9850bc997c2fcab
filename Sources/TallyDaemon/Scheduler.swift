import Delivering
import Dispatching
import FoundationEssentials
import TallyModel

/// Starts the cycle of each source when it is due: one timer, armed for the earliest.
actor Scheduler {
    private let executor = QueueExecutor(label: "tallywatch.scheduler")
    private let clock: @Sendable () -> Date
    /// One lane a core: a source always runs on the same one, so it never races itself.
    private let lanes: [Lane]
    private var run: (@Sendable (Source) async -> Date)?
    private var timer: DeadlineTimer?
    private var sources: [String: Source] = [:]
    private var dueAt: [String: Date] = [:]
    private var running: [String: Task<Void, Never>] = [:]
    private var runningByHost: [String: Int] = [:]
    /// What is left of a run in which every source has one turn.
    private var onceQueue: [String] = []
    private var isStopping = false
    private var clockWatch = ClockWatch()
    private let uptime: @Sendable () -> Double

    /// Cycles that are under way at once, so that memory stays bounded with any number of sources.
    private static let cyclesAtOnce = 64
    /// Cycles of one host that are under way at once, so that a slow one does not take every place.
    private static let cyclesPerHost = 4

    init(
        laneCount: Int,
        clock: @escaping @Sendable () -> Date,
        uptime: @escaping @Sendable () -> Double = { Outbox.systemUptime() }
    ) {
        self.clock = clock
        self.uptime = uptime
        lanes = (0..<max(laneCount, 1)).map { Lane(label: "tallywatch.lane.\($0)") }
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Begins to run cycles; `run` returns when its source is due again.
    func start(_ run: @escaping @Sendable (Source) async -> Date) {
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
        for source in new {
            let isSame = sources[source.name] == source
            due[source.name] = (isSame ? dueAt[source.name] : nil) ?? times[source.name] ?? now
        }
        sources = Dictionary(uniqueKeysWithValues: new.map { ($0.name, $0) })
        dueAt = due
        startDue()
    }

    /// Runs every source once and returns when all of them have ended.
    func runAllOnce(_ run: @escaping @Sendable (Source) async -> Date) async {
        self.run = run
        onceQueue = sources.keys.sorted().reversed()
        startQueued()
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
    /// Starts what is due, the longest due first.
    private func startDue() {
        guard !isStopping, timer != nil else { return }
        let now = clock()
        // A clock that was set back would let every source wait for as much longer.
        let jump = clockWatch.jump(wall: now, uptime: uptime())
        if jump < 0 { dueAt = dueAt.mapValues { $0.addingTimeInterval(jump) } }
        let idle = dueAt.filter { running[$0.key] == nil }.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        for (name, due) in idle where due <= now && running.count < Self.cyclesAtOnce {
            begin(name)
        }
        // What is due and finds no place is started by the end of a cycle.
        guard let next = idle.first(where: { $0.value > now })?.value else { return }
        timer?.arm(afterSeconds: max(next.timeIntervalSince(clock()), 0.001))
    }

    private func startQueued() {
        var held: [String] = []
        while running.count < Self.cyclesAtOnce, let name = onceQueue.popLast() {
            if !begin(name) { held.append(name) }
        }
        onceQueue += held.reversed()
    }

    @discardableResult
    private func begin(_ name: String) -> Bool {
        guard let source = sources[name], let run else { return false }
        let host = Self.host(of: source)
        guard runningByHost[host, default: 0] < Self.cyclesPerHost else { return false }
        runningByHost[host, default: 0] += 1
        let lane = lanes[Int(UInt(bitPattern: name.hashValue) % UInt(lanes.count))]
        running[name] = Task(executorPreference: lane) {
            let next = await run(source)
            await self.end(name, host: host, next: next)
        }
        return true
    }

    private func end(_ name: String, host: String, next: Date) {
        running[name] = nil
        let left = runningByHost[host, default: 1] - 1
        runningByHost[host] = left > 0 ? left : nil
        if sources[name] != nil { dueAt[name] = next }
        startQueued()
        startDue()
    }

    /// The scheme, host and port of a source's URL.
    private static func host(of source: Source) -> String {
        let parts = source.url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.prefix(3).joined(separator: "/").lowercased()
    }
}
