import Delivering
import FoundationEssentials
import TallyModel

/// How the daemon is, at one moment.
struct ServiceReport: Sendable {
    let startedAt: Date
    let now: Date
    var totals = DaemonState.Totals()
    /// The stages that did not answer the last time.
    var silentStages: [String] = []
    /// Why nothing is polled; `nil` while it is.
    var gateReason: String?
    var outbox = OutboxCounts()
    var deliveries: [String: [Delivery.State: Int]] = [:]
    var oldestPending: [String: Date] = [:]
    var failingSources = 0
    var storeBytes = 0
    /// Why the store could not be asked; `nil` where it could.
    var storeError: String?

    init(startedAt: Date, now: Date) {
        self.startedAt = startedAt
        self.now = now
    }

    /// What keeps the daemon from its work, a line each; empty while nothing does.
    var troubles: [String] {
        silentStages.map { "no answer: \($0)" } + (gateReason.map { ["not polling: \($0)"] } ?? [])
            + (storeError.map { ["store: \($0)"] } ?? [])
    }
}
