/// What a sink is handed at once: one alert, or the alerts of a group.
public struct Message: Sendable {
    /// The identifier that the receiver knows it by, the same for every attempt and replay; it bears no full stop.
    public let id: String
    /// The deliveries that it makes, oldest first; never empty.
    public let deliveries: [Delivery]

    /// Creates the message of one delivery.
    public init(_ delivery: Delivery) {
        id = delivery.messageID
        deliveries = [delivery]
    }

    /// Creates the message of deliveries that were given the same ``Delivery/message``.
    public init(id: String, deliveries: [Delivery]) {
        precondition(!deliveries.isEmpty, "a message tells something")
        self.id = id
        self.deliveries = deliveries
    }

    /// The oldest delivery; all of them share its sink, lane and purpose.
    public var first: Delivery { deliveries[0] }
}
