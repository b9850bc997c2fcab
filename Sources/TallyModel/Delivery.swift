public import FoundationEssentials

/// One alert on its way to one sink, kept until it arrived or was given up aloud.
public struct Delivery: Hashable, Sendable {
    /// What a delivery tells of its alert.
    public enum Purpose: String, CaseIterable, Codable, Sendable {
        /// That there is one.
        case alert
        /// That there still is one, and nobody has acknowledged it.
        case reminder
        /// That a person has acknowledged it.
        case acknowledged
    }

    /// How a delivery stands.
    public enum State: String, CaseIterable, Codable, Sendable {
        /// On its way.
        case pending
        /// The sink has it.
        case delivered
        /// Given up: the dead letters, which can be replayed.
        case abandoned
        /// A reminder that was no longer needed.
        case cancelled
    }

    /// The row's number: the deliveries of a lane leave in this order.
    public let id: Int64
    /// The alert's identifier.
    public let alertID: String
    /// The alert's type, as the sink may want to know it before reading the body.
    public let type: Alert.Kind
    /// The name of the sink.
    public let sink: String
    /// The alert as one line of JSON, the same bytes for every sink and attempt.
    public let body: String
    /// When the alert was raised.
    public var createdAt: Date
    /// What it tells of the alert.
    public var purpose = Purpose.alert
    /// 1 for the first telling, 2 and on for reminders.
    public var round = 1
    /// What order is kept in: the figure's identifier, the group's, or the alert's own.
    public var lane: String
    /// The group that it leaves with; `nil` for none.
    public var group: String?
    /// The message that its group leaves in, fixed before the first attempt; `nil` for one that leaves alone.
    public var message: String?
    /// Attempts that were made.
    public var attempts = 0
    /// Attempts that failed: they decide on the wait before the next one, and on the end.
    public var failures = 0

    /// Creates a delivery of an alert in a lane of its own.
    public init(id: Int64, alertID: String, type: Alert.Kind, sink: String, body: String, createdAt: Date) {
        self.id = id
        self.alertID = alertID
        self.type = type
        self.sink = sink
        self.body = body
        self.createdAt = createdAt
        lane = alertID
    }

    /// The identifier that the receiver knows it by, the same for every attempt and replay; it bears no full stop.
    public var messageID: String {
        if let message { return message }
        switch purpose {
        case .alert: return alertID
        case .reminder: return "\(alertID)-\(round)"
        case .acknowledged: return "\(alertID)-acknowledged"
        }
    }
}
