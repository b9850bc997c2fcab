import TallyModel

extension Outbox {
    func fillAll() {
        for name in order {
            fill(name)
        }
    }

    /// Takes out of the store what a sink has places for, unless that is under way.
    func fill(_ name: String) {
        guard let queue = queues[name] else { return }
        guard !queue.isFilling else {
            queues[name]?.mayHaveMore = true
            return
        }
        guard !isDrainOver, !isStopping else { return }
        // What is taken out before the store's times have moved with the clock would seem to be of another age.
        guard !isClockMoving() else { return }
        let now = clock()
        let held = queue.breaker.heldUntil.flatMap { $0 > now ? $0 : nil }
        queues[name]?.nextDue = held
        let free = queue.freePlaces(at: now) - queue.waiting.count
        guard free > 0 || queue.disabledReason != nil else { return arm() }
        queues[name]?.isFilling = true
        queues[name]?.mayHaveMore = false
        // While only one attempt is made at a time nothing is taken that would wait behind it.
        let rows = queue.breaker.isOpen ? 1 : queue.sink.concurrency * SinkQueue.rowsPerPlace
        track { outbox in await outbox.fill(name, rows: rows) }
    }

    private func fill(_ name: String, rows: Int) async {
        guard let queue = queues[name] else { return }
        let taking = Taking(wall: clock(), uptime: uptime())
        var found = 0
        var hasFailed = false
        do {
            if let reason = queue.disabledReason {
                try await abandonAll(to: name, reason)
            } else {
                let due = try await store.dueDeliveries(
                    to: name,
                    at: taking.wall,
                    limit: rows,
                    busyLanes: queue.busyLanes
                )
                found = due.count
                add(due, to: name, taking)
            }
        } catch {
            storeFailed(error)
            hasFailed = true
        }
        queues[name]?.isFilling = false
        guard !hasFailed else { return }
        if queues[name]?.mayHaveMore == true { fill(name) }
        if found == 0 { await armForNext(of: name, after: taking.wall) }
    }

    private func add(_ due: [Delivery], to name: String, _ taking: Taking) {
        guard let queue = queues[name], !isStopping, queue.disabledReason == nil else { return }
        // A lane may have been set to work by an earlier answer of the store.
        let fresh = due.filter { !queue.busyLanes.contains($0.lane) }
        let lanes = SinkQueue.lanes(of: fresh, takesGroups: queue.sink.takesGroups)
        queues[name]?.busyLanes.formUnion(fresh.map(\.lane))
        queues[name]?.waiting += lanes.map { TakenLane(messages: $0, taking: taking) }
        startWaiting(name)
    }

    func startWaiting(_ name: String) {
        while let queue = queues[name], !queue.waiting.isEmpty, queue.freePlaces(at: clock()) > 0 {
            guard !isDrainOver else { return release(name) }
            queues[name]?.runningCount += 1
            guard let lane = queues[name]?.waiting.removeFirst() else { return }
            let sink = queue.sink
            track { outbox in await outbox.run(lane, at: sink) }
        }
        // What a sink on hold was to get is asked for again when the hold is over.
        if let queue = queues[name], queue.breaker.allowance(of: 1, at: clock()) == 0 || queue.breaker.isOpen
        {
            release(name)
        }
    }

    /// Lets go of what was taken out and not begun.
    func release(_ name: String) {
        for lane in queues[name]?.waiting ?? [] {
            queues[name]?.busyLanes.remove(lane.name)
        }
        queues[name]?.waiting = []
        let held = queues[name]?.breaker.heldUntil
        queues[name]?.nextDue = held
        arm()
    }

    func refreshDisabled() {
        let targets = queues.mapValues { $0.sink.target }
        track { outbox in await outbox.refreshDisabled(targets: targets) }
    }

    private func refreshDisabled(targets: [String: String]) async {
        do {
            let reasons = try await store.disabledSinks(targets: targets)
            for name in order {
                queues[name]?.disabledReason = reasons[name]
            }
            knowsDisabled = true
            fillAll()
        } catch {
            storeFailed(error)
        }
    }
}
