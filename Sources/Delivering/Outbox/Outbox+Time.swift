import Dispatching
import FoundationEssentials
import Logging
import TallyModel

extension Outbox {
    /// A clock that was set back would let everything wait for as much longer.
    func watchClock() {
        let jump = clockWatch.jump(wall: clock(), uptime: uptime())
        guard jump < 0 else { return }
        logger.warning("the clock was set back", metadata: ["seconds": "\(Int(-jump))"])
        for name in order {
            queues[name]?.breaker.shift(bySeconds: jump)
        }
        track { outbox in await outbox.shift(bySeconds: jump) }
    }

    private func shift(bySeconds seconds: Double) async {
        do {
            try await store.shiftDeliveries(bySeconds: seconds)
        } catch {
            storeFailed(error)
        }
        fillAll()
    }

    func armForNext(of name: String) async {
        do {
            let due = try await store.nextDeliveryDue(to: name, after: clock())
            queues[name]?.nextDue = due
            arm()
        } catch {
            storeFailed(error)
        }
    }

    /// Arms the timer for the earliest of what falls due and of what is held.
    func arm() {
        let now = clock()
        let times = queues.values.flatMap { [$0.nextDue, $0.breaker.heldUntil] }.compactMap { $0 }
        let next = times.filter { $0 > now }.min()
        let seconds = next.map { $0.timeIntervalSince(now) } ?? Self.tickSeconds
        timer?.arm(afterSeconds: min(max(seconds, 0.01), Self.tickSeconds))
    }
}
