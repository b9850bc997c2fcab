public import FoundationEssentials

/// A delivery as it is stored, with its history.
public struct StoredDelivery: Hashable, Sendable, Codable {
    /// The row's number.
    public let id: Int64
    /// The alert's identifier.
    public let alert: String
    /// The alert's type.
    public let type: String
    /// The name of the sink.
    public let sink: String
    /// What it tells of the alert.
    public let purpose: Delivery.Purpose
    /// How it stands.
    public let state: Delivery.State
    /// The identifier that the receiver knows it by.
    public let message: String
    /// Attempts that were made.
    public let attempts: Int
    /// When it is tried next; `nil` once it has ended.
    public let nextAttempt: Date?
    /// Why the last attempt failed.
    public let lastError: String?
    /// When the alert was raised.
    public let created: Date
    /// When it arrived or was given up.
    public let ended: Date?

    private enum CodingKeys: String, CodingKey {
        case id, alert, type, sink, purpose, state, message, attempts, created, ended
        case nextAttempt = "next_attempt", lastError = "last_error"
    }

    /// Creates the stored form of a delivery.
    public init(
        _ delivery: Delivery,
        state: Delivery.State,
        nextAttempt: Date?,
        lastError: String?,
        ended: Date?
    ) {
        id = delivery.id
        alert = delivery.alertID
        type = delivery.type.rawValue
        sink = delivery.sink
        purpose = delivery.purpose
        self.state = state
        message = delivery.messageID
        attempts = delivery.attempts
        self.nextAttempt = nextAttempt
        self.lastError = lastError
        created = delivery.createdAt
        self.ended = ended
    }
}

/// Which deliveries are meant.
public struct DeliverySelection: Hashable, Sendable, Codable {
    /// The states; empty means every state.
    public var states: [Delivery.State] = []
    /// The sink; `nil` means every sink.
    public var sink: String?
    /// The numbers of deliveries or the identifiers of alerts; empty means all.
    public var ids: [String] = []
    /// Those of alerts that were raised at this time or later; `nil` means since ever.
    public var since: Date?

    /// Means every delivery.
    public init() {}
}
