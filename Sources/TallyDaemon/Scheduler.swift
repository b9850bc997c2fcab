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
    private let loop: EventLoop
    private let clock: @Sendable () -> Date
    private let limits: SchedulerLimits
    /// One lane a core: a source always has the same one.
    private let lanes: [Lane]
    private var run: Run?
    private var timer: LoopTimer?
    private var turns: [String: Turn] = [:]
    private var hosts: [String: HostTurns] = [:]
    /// The queue may hold older times of a turn, which count no more.
    private var queue = DueQueue<Turn>()
    private var running: Set<Turn> = []
    /// Those who wait until nothing is under way.
    private var waitingForRest: [CheckedContinuation<Void, Never>] = []
    /// Whether every source has one turn and no more.
    private var runsOnce = false
    private var isStopping = false
    private var clockWatch = ClockWatch()
    private let uptime: @Sendable () -> Double

    /// One cycle, begun on the scheduler's thread; the lane is for work that takes long, the return value is when the
    /// source is due again.
    typealias Run = nonisolated(nonsending) @Sendable (_ source: Source, _ lane: Lane) async -> Date

    init(
        laneCount: Int,
        loop: EventLoop = EventLoop(),
        limits: SchedulerLimits = SchedulerLimits(),
        clock: @escaping @Sendable () -> Date,
        uptime: @escaping @Sendable () -> Double = { Outbox.systemUptime() }
    ) {
        self.clock = clock
        self.limits = limits
        self.uptime = uptime
        self.loop = loop
        lanes = (0..<max(laneCount, 1)).map { Lane(label: "tallywatch.lane.\($0)") }
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// Begins to run cycles.
    func start(_ run: @escaping Run) {
        self.run = run
        timer = loop.makeTimer { [weak self] in self?.assumeIsolated { $0.startDue() } }
        startDue()
    }

    /// Replaces the sources; one whose URL stays keeps its time, the others get theirs from `times`, or are due now.
    func replace(sources new: [Source], dueAt times: [String: Date]) {
        let now = clock()
        let old = turns
        for turn in old.values { turn.isWanted = false }
        turns = [:]
        turns.reserveCapacity(new.count)
        hosts = hosts.filter { $0.value.running > 0 }
        for host in hosts.values { host.forgetHeld() }
        queue = DueQueue()
        queue.reserveCapacity(new.count)
        for source in new {
            // A cycle that is under way for a source that was taken away meanwhile is still the only one of its name.
            let known = old[source.name] ?? running.first { $0.source.name == source.name }
            let isSame = known?.source == source && old[source.name] != nil
            let due = (isSame ? known?.due : nil) ?? times[source.name] ?? now
            let host = host(of: source)
            let turn = known ?? Turn(source, due: due, host: host, lane: lanes[turns.count % lanes.count])
            turn.isWanted = true
            turn.source = source
            turn.due = due
            turn.host = host
            turns[source.name] = turn
            if turn.task == nil { queue.insert(turn, due: due) }
        }
        startDue()
    }

    /// Lets the cycle of a source run as soon as it may, and again where it is under way.
    func hasten(_ name: String) {
        guard let turn = turns[name], !runsOnce else { return }
        guard turn.task == nil else {
            turn.isHastened = true
            return
        }
        let now = clock()
        turn.due = now
        queue.insert(turn, due: now)
        startDue()
    }

    /// Runs every source once, in their order, and returns when all of them have ended.
    func runAllOnce(_ sources: [Source], _ run: @escaping Run) async {
        self.run = run
        runsOnce = true
        replace(sources: sources, dueAt: [:])
        await rest()
    }

    /// Starts no further cycle and returns when those under way have ended; after a grace they are cut short.
    func stop(graceSeconds: Double) async {
        isStopping = true
        timer?.cancel()
        let cut = Task {
            try await Task.sleep(for: .seconds(graceSeconds))
            for turn in self.running {
                turn.task?.cancel()
            }
        }
        await rest()
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
    private func startDue() {
        _ = startDue(on: nil)
    }

    /// Starts what is due, the longest due first; another host's turn is not held up by a full one.
    ///
    /// - Parameter free: A task whose cycle has ended, and which takes over the first turn that is started.
    /// - Returns: The turn that the task has taken over; `nil` for none.
    private func startDue(on free: Task<Void, Never>?) -> Turn? {
        guard !isStopping, runsOnce || timer != nil else { return nil }
        var taken: Turn?
        let now = clock()
        // A clock that was set back would let every source wait for as much longer.
        let jump = clockWatch.jump(wall: now, uptime: uptime())
        if jump < 0 { moveAll(bySeconds: jump) }
        while running.count < limits.cyclesAtOnce, let next = queue.first, next.due <= now {
            _ = queue.removeFirst()
            let turn = next.value
            guard turn.isWanted, turn.due == next.due, turn.task == nil else { continue }
            guard turn.host.running < limits.cyclesPerHost else {
                turn.host.hold(turn)
                continue
            }
            turn.host.running += 1
            running.insert(turn)
            if taken == nil, let free {
                taken = turn
                turn.task = free
            } else {
                begin(turn)
            }
        }
        // What is due and finds no place is started by the end of a cycle.
        if let timer, let next = queue.first, next.due > now {
            timer.arm(afterSeconds: max(next.due.timeIntervalSince(clock()), 0.001))
        }
        return taken
    }

    private func moveAll(bySeconds seconds: Double) {
        queue = DueQueue()
        for turn in turns.values {
            turn.due = turn.due.addingTimeInterval(seconds)
            if turn.task == nil { queue.insert(turn, due: turn.due) }
        }
        for host in hosts.values { host.forgetHeld() }
    }

    private func begin(_ turn: Turn) {
        guard let run else { return }
        // Without the preference every answer would come by way of a thread of the common pool.
        turn.task = Task { await withTaskExecutorPreference(loop) { await self.work(on: turn, run) } }
    }

    /// Runs the cycle of a turn, and then of others while there are any that are due: a task anew costs as much as its
    /// waits.
    ///
    /// It is the scheduler's own: from one actor of the loop to the next there is no wait.
    private func work(on first: Turn, _ run: Run) async {
        var turn: Turn? = first
        while let current = turn {
            let (source, lane, host) = (current.source, current.lane, current.host)
            let next = await run(source, lane)
            turn = end(current, at: host, next: next)
        }
    }

    /// Returns the turn that the task goes on with.
    private func end(_ turn: Turn, at host: HostTurns, next: Date) -> Turn? {
        let task = turn.task
        turn.task = nil
        running.remove(turn)
        let next = turn.isHastened ? clock() : next
        turn.isHastened = false
        if !runsOnce, turn.isWanted {
            turn.due = next
            queue.insert(turn, due: next)
        }
        host.running -= 1
        if let held = host.takeHeld() { queue.insert(held, due: held.due) }
        let following = startDue(on: task)
        if running.isEmpty {
            for continuation in waitingForRest { continuation.resume() }
            waitingForRest = []
        }
        return following
    }

    /// Returns when nothing is under way.
    private func rest() async {
        guard !running.isEmpty else { return }
        await withCheckedContinuation { waitingForRest.append($0) }
    }

    /// The host of a source's URL: its scheme, name and port.
    private func host(of source: Source) -> HostTurns {
        let url = source.url.utf8
        var slashes = 0
        let end = url.firstIndex { byte in
            if byte == UInt8(ascii: "/") { slashes += 1 }
            return slashes == 3
        }
        let name = String(source.url[..<(end ?? url.endIndex)]).lowercased()
        if let host = hosts[name] { return host }
        let host = HostTurns()
        hosts[name] = host
        return host
    }
}
