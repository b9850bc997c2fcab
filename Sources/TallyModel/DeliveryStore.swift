public import FoundationEssentials

/// What became of a delivery, as it is written down.
public struct DeliveryOutcome: Hashable, Sendable {
    /// What is written.
    public enum Change: Hashable, Sendable {
        case delivered
        /// The attempt failed; the next one is made at a time.
        case failed(retryAt: Date, reason: String)
        /// The sink took nothing from anybody: no fault of the delivery's.
        case postponed(until: Date, reason: String)
        case abandoned(reason: String)
    }

    /// The delivery's number.
    public let id: Int64
    /// What became of it.
    public let change: Change

    /// Creates an outcome.
    public init(id: Int64, change: Change) {
        self.id = id
        self.change = change
    }
}

/// The part of the store that the outbox works on.
public protocol DeliveryStore: Sendable {
    /// Looks for the oldest pending deliveries of a sink that are due, with what leaves in the same messages.
    ///
    /// None is returned while an earlier one of its lane is pending and not due: a lane keeps its order.
    ///
    /// - Parameters:
    ///   - sink: The sink's name.
    ///   - now: The time.
    ///   - limit: The most lanes' worth of rows to look for; groups may bring more rows.
    ///   - busyLanes: Lanes that are in the air already.
    /// - Returns: The deliveries in the order of their making.
    /// - Throws: What the database says.
    func dueDeliveries(
        to sink: String,
        at now: Date,
        limit: Int,
        busyLanes: Set<String>
    ) async throws -> [Delivery]

    /// Returns when the next pending delivery to a sink falls due after a time; `nil` where none does.
    func nextDeliveryDue(to sink: String, after now: Date) async throws -> Date?

    /// Writes down what became of deliveries, in one transaction.
    func settle(_ outcomes: [DeliveryOutcome], at now: Date) async throws

    /// Lets what has failed at a sink be tried at once: it takes deliveries again.
    func hastenDeliveries(to sink: String, at now: Date) async throws

    /// Keeps the ages of all pending deliveries, and what they still wait where that would be longer: the clock was set.
    func shiftDeliveries(bySeconds seconds: Double) async throws

    /// Returns why sinks are disabled, by name, for those that still lead where they led then.
    func disabledSinks(targets: [String: String]) async throws -> [String: String]

    /// Disables a sink for as long as it leads to the same target.
    func disable(sink: String, target: String, reason: String, at now: Date) async throws

    /// Gives up everything that is pending for a sink and returns how much that was.
    func abandonDeliveries(to sink: String, reason: String, at now: Date) async throws -> Int
}
