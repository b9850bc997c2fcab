public import FoundationEssentials

/// A delivery that an alert asks for, before it is stored.
public struct PlannedDelivery: Hashable, Sendable {
    /// The alert's identifier.
    public var alertID: String
    /// The name of the sink.
    public var sink: String
    /// When it may leave.
    public var notBefore: Date
    /// What order is kept in: the figure's identifier, the group's, or the alert's own.
    public var lane: String
    /// The group that it leaves with; `nil` for none.
    public var group: String?
    /// The least time between two messages of a group, in seconds.
    public var groupIntervalSeconds: Double = 0
    /// The time after which it is told again until somebody acknowledges it, in seconds; `nil` for once.
    public var repeatSeconds: Double?

    /// Plans a delivery of one alert by itself.
    public init(alertID: String, sink: String, notBefore: Date, lane: String) {
        self.alertID = alertID
        self.sink = sink
        self.notBefore = notBefore
        self.lane = lane
    }
}
