import Dispatching
import FoundationEssentials
import Logging
import TallyModel

extension Outbox {
    /// Hands over the messages of a lane one after the other, until one fails.
    func run(_ lane: TakenLane, at sink: any Sink) async {
        for message in lane.messages {
            guard !isStopping, !isDrainOver, queues[sink.name] != nil else { break }
            let start = uptime()
            let work = "\(sink.name) \(lane.name)"
            headway.allow(work, seconds: sink.longestSeconds)
            let result = await sink.deliver(message)
            headway.end(work)
            counts.note(
                result,
                of: sink.name,
                deliveries: message.deliveries.count,
                seconds: uptime() - start
            )
            let change = follow(result, of: message, in: lane, at: sink)
            await settle(message.deliveries.map { DeliveryOutcome(id: $0.id, change: change) })
            guard result == .delivered else { break }
        }
        queues[sink.name]?.busyLanes.remove(lane.name)
        queues[sink.name]?.runningCount -= 1
        startWaiting(sink.name)
        fill(sink.name)
    }

    /// Draws the consequences of an attempt for its sink; returns those for its deliveries.
    private func follow(
        _ result: DeliveryResult,
        of message: Message,
        in lane: TakenLane,
        at sink: any Sink
    ) -> DeliveryOutcome.Change {
        switch result {
        case .delivered:
            let isOpen = queues[sink.name]?.breaker.isOpen ?? false
            guard queues[sink.name]?.breaker.succeed() == true else { return .delivered }
            logger.notice("sink recovered", metadata: ["sink": "\(sink.name)"])
            if isOpen { track { outbox in await outbox.hasten(sink.name) } }
            return .delivered
        case .unavailable(let reason):
            fail(sink.name, reason, retryAfterSeconds: nil, isWhole: true)
            return .postponed(until: queues[sink.name]?.breaker.heldUntil ?? clock(), reason: reason)
        case .failed(let reason, let retryAfterSeconds):
            fail(sink.name, reason, retryAfterSeconds: retryAfterSeconds, isWhole: false)
            let first = message.first
            switch policy.next(
                afterFailures: first.failures + 1,
                ageSeconds: lane.ageSeconds(of: message, uptime: uptime()),
                retryAfterSeconds: retryAfterSeconds
            ) {
            case .retry(let seconds):
                return .failed(retryAt: clock().addingTimeInterval(seconds), reason: reason)
            case .abandon: return abandon(message, reason)
            }
        case .refused(let reason):
            return abandon(message, reason)
        case .gone(let reason):
            queues[sink.name]?.disabledReason = reason
            release(sink.name)
            track { outbox in await outbox.disable(sink, reason) }
            return abandon(message, reason)
        }
    }

    private func fail(_ sink: String, _ reason: String, retryAfterSeconds: Double?, isWhole: Bool) {
        let isNews = queues[sink]?.breaker.failures == 0
        queues[sink]?.breaker.fail(at: clock(), retryAfterSeconds: retryAfterSeconds, isWhole: isWhole)
        guard isNews else { return }
        logger.warning("sink failing", metadata: ["sink": "\(sink)", "reason": "\(reason)"])
    }

    private func abandon(_ message: Message, _ reason: String) -> DeliveryOutcome.Change {
        for delivery in message.deliveries {
            counts.sinks[delivery.sink, default: .init()].abandoned += 1
            logger.error(
                "delivery given up",
                metadata: ["sink": "\(delivery.sink)", "alert": "\(delivery.alertID)", "reason": "\(reason)"]
            )
        }
        return .abandoned(reason: reason)
    }

    private func hasten(_ sink: String) async {
        do {
            try await store.hastenDeliveries(to: sink, at: clock())
        } catch {
            storeFailed(error)
        }
        fill(sink)
    }

    private func disable(_ sink: any Sink, _ reason: String) async {
        logger.error("sink disabled", metadata: ["sink": "\(sink.name)", "reason": "\(reason)"])
        do {
            try await store.disable(sink: sink.name, target: sink.target, reason: reason, at: clock())
        } catch {
            storeFailed(error)
        }
        fill(sink.name)
    }

    func abandonAll(to sink: String, _ reason: String) async throws {
        let reason = "the sink is disabled: \(reason)"
        let count = try await store.abandonDeliveries(to: sink, reason: reason, at: clock())
        guard count > 0 else { return }
        counts.sinks[sink, default: .init()].abandoned += count
        let metadata: Logger.Metadata = ["sink": "\(sink)", "count": "\(count)", "reason": "\(reason)"]
        logger.error("deliveries given up", metadata: metadata)
    }
}
