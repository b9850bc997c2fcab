import FoundationEssentials
import TallyModel

/// When a hub is asked, and for how long its word holds.
struct SubscriptionPolicy: Sendable {
    /// The lease that is asked for, in seconds.
    var wantedLeaseSeconds: Double = 10 * 86400
    /// The leases that a hub may give, in seconds: what is shorter is not worth a request.
    var leaseBounds: ClosedRange<Double> = 60...(90 * 86400)
    /// The time after which a hub that has not asked back is asked anew, in seconds; twice as long each time.
    var retrySeconds: Double = 300
    /// The longest time between two requests to a hub that does not ask back, in seconds.
    var maximumRetrySeconds: Double = 86400
    /// The time after which a hub that has refused is asked anew, in seconds.
    var deniedSeconds: Double = 7 * 86400
    /// The requests to end a subscription, after which the end of its lease has to do.
    var maximumEndings = 5
    /// The part of a lease after which it is renewed.
    var renewedShare = 0.8

    /// Notes that a hub is asked now.
    func ask(_ subscription: inout Subscription, at now: Date) {
        subscription.askedAt = now
        if subscription.state == .denied { subscription.state = .wanted }
        subscription.failureCount += 1
        let wait = retrySeconds * Double(1 << min(subscription.failureCount - 1, 16))
        subscription.nextRequestAt = now.addingTimeInterval(min(wait, maximumRetrySeconds))
    }

    /// Returns whether a hub's question is one that was asked for: the topic, and what is to become of it.
    func isAskedFor(_ mode: String?, topic: String?, _ subscription: Subscription) -> Bool {
        guard subscription.askedAt != nil, topic == subscription.topic else { return false }
        switch subscription.state {
        case .wanted, .live: return mode == "subscribe"
        case .ending: return mode == "unsubscribe"
        case .denied: return false
        }
    }

    /// Takes a hub's word that it tells what is new for some seconds; `nil` where it does not say for how long.
    func begin(_ subscription: inout Subscription, leaseSeconds: Double?, at now: Date) {
        let asked = leaseSeconds ?? wantedLeaseSeconds
        let lease = min(max(asked, leaseBounds.lowerBound), leaseBounds.upperBound)
        subscription.state = .live
        subscription.failureCount = 0
        subscription.leaseEndsAt = now.addingTimeInterval(lease)
        subscription.nextRequestAt = now.addingTimeInterval(lease * renewedShare)
    }

    /// Takes a hub's refusal.
    func deny(_ subscription: inout Subscription, at now: Date) {
        subscription.state = .denied
        subscription.leaseEndsAt = nil
        subscription.failureCount = 0
        subscription.nextRequestAt = now.addingTimeInterval(deniedSeconds)
    }

    /// Ends a subscription: the hub is told at once, where it knows of it.
    func end(_ subscription: inout Subscription, at now: Date) {
        guard subscription.state != .ending else { return }
        subscription.state = .ending
        subscription.failureCount = 0
        subscription.nextRequestAt = now
    }

    /// Whether nothing is left to do for a subscription that has ended.
    func isOver(_ subscription: Subscription, at now: Date) -> Bool {
        guard subscription.state == .ending else { return false }
        if subscription.askedAt == nil || subscription.failureCount >= maximumEndings { return true }
        return subscription.leaseEndsAt.map { $0 <= now } ?? false
    }
}
