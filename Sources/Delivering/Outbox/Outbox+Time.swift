import Dispatching
import FoundationEssentials
import Logging
import TallyModel

extension Outbox {
    /// Returns whether the clock was set and the store's times have yet to move with it.
    ///
    /// A clock that was set back would let everything wait for as much longer; one that was set forth would make every
    /// delivery too old to be tried again.
    func isClockMoving() -> Bool {
        let jump = clockWatch.jump(wall: clock(), uptime: uptime())
        if jump != 0 {
            let way = jump < 0 ? "back" : "forth"
            logger.warning("the clock was set \(way)", metadata: ["seconds": "\(Int(abs(jump)))"])
            for name in order where jump < 0 {
                queues[name]?.breaker.shift(bySeconds: jump)
            }
            unshiftedSeconds += jump
        }
        guard unshiftedSeconds != 0 else { return false }
        if !isShifting {
            isShifting = true
            track { outbox in await outbox.shift() }
        }
        return true
    }

    private func shift() async {
        let seconds = unshiftedSeconds
        do {
            try await store.shiftDeliveries(bySeconds: seconds)
            unshiftedSeconds -= seconds
        } catch {
            storeFailed(error)
        }
        isShifting = false
        if unshiftedSeconds == 0 { fillAll() }
    }

    /// Arms the timer for what falls due at a sink after the time that it was last filled at.
    func armForNext(of name: String, after last: Date) async {
        do {
            let due = try await store.nextDeliveryDue(to: name, after: last)
            queues[name]?.nextDue = due
            arm()
        } catch {
            storeFailed(error)
        }
    }

    /// Arms the timer for the earliest time at which a sink is to be looked at again.
    func arm() {
        let next = queues.values.compactMap(\.nextDue).min()
        let seconds = next.map { $0.timeIntervalSince(clock()) } ?? Self.tickSeconds
        timer?.arm(afterSeconds: min(max(seconds, 0.01), Self.tickSeconds))
    }
}
