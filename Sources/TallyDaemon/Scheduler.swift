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
    private var isStopping = false

    /// Cycles that are under way at once, so that memory stays bounded with any number of sources.
    private static let cyclesAtOnce = 64

    init(laneCount: Int, clock: @escaping @Sendable () -> Date) {
        self.clock = clock
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

    /// Replaces the sources; one that stays keeps its time, one that is new gets its own.
    func replace(sources new: [Source], dueAt times: [String: Date]) {
        let now = clock()
        var due: [String: Date] = [:]
        for source in new {
            let isSame = sources[source.name]?.url == source.url
            let kept = isSame ? dueAt[source.name] : nil
            let latest = now.addingTimeInterval(source.everySeconds)
            due[source.name] = min(
                kept ?? times[source.name] ?? now,
                max(latest, times[source.name] ?? latest)
            )
        }
        sources = Dictionary(uniqueKeysWithValues: new.map { ($0.name, $0) })
        dueAt = due
        startDue()
    }

    /// Runs every source once and returns when all of them have ended.
    func runAllOnce(_ run: @escaping @Sendable (Source) async -> Date) async {
        self.run = run
        for name in sources.keys {
            dueAt[name] = .distantPast
        }
        var left = sources.keys.sorted()
        while !left.isEmpty || !running.isEmpty {
            while running.count < Self.cyclesAtOnce, let name = left.popLast() {
                begin(name)
            }
            if let task = running.values.first { await task.value }
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

    /// Returns at once: the watchdog asks whether the queue still moves.
    func ping() {}
}

extension Scheduler {
    private func startDue() {
        guard !isStopping, timer != nil else { return }
        let now = clock()
        var next: Date?
        for (name, due) in dueAt where running[name] == nil {
            if due <= now, running.count < Self.cyclesAtOnce {
                begin(name)
            } else {
                next = min(next ?? due, due)
            }
        }
        // With every place taken, the end of a cycle starts the next one.
        guard let next, running.count < Self.cyclesAtOnce else { return }
        timer?.arm(afterSeconds: max(next.timeIntervalSince(clock()), 0.001))
    }

    private func begin(_ name: String) {
        guard let source = sources[name], let run else { return }
        let lane = lanes[Int(UInt(bitPattern: name.hashValue) % UInt(lanes.count))]
        running[name] = Task(executorPreference: lane) {
            let next = await run(source)
            await self.end(name, next: next)
        }
    }

    private func end(_ name: String, next: Date) {
        running[name] = nil
        if sources[name] != nil { dueAt[name] = next }
        startDue()
    }
}
