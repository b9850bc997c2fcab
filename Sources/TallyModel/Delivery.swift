public import FoundationEssentials

/// One alert on its way to one sink, kept until it arrived or was given up aloud.
public struct Delivery: Hashable, Sendable {
    /// The row's number: deliveries of a sink leave in this order.
    public let id: Int64
    /// The alert's identifier.
    public let alertID: String
    /// The alert's type, as the sink may want to know it before reading the body.
    public let type: Alert.Kind
    /// The name of the sink.
    public let sink: String
    /// The alert as one line of JSON, the same bytes for every sink and attempt.
    public let body: String
    /// Attempts that were begun before this one.
    public let attempts: Int
    /// When the alert was raised.
    public let createdAt: Date

    /// Creates a delivery as the store holds it.
    public init(
        id: Int64,
        alertID: String,
        type: Alert.Kind,
        sink: String,
        body: String,
        attempts: Int,
        createdAt: Date
    ) {
        self.id = id
        self.alertID = alertID
        self.type = type
        self.sink = sink
        self.body = body
        self.attempts = attempts
        self.createdAt = createdAt
    }
}

/// How an attempt ended.
public enum DeliveryResult: Hashable, Sendable {
    /// The sink has it.
    case delivered
    /// The sink itself takes nothing now: it is asked again soon, and for as long as it takes.
    case unavailable(reason: String)
    /// It may go through later; `retryAfterSeconds` is the receiver's own wish.
    case failed(reason: String, retryAfterSeconds: Double?)
    /// It will never go through.
    case refused(reason: String)
}

/// A place where alerts go.
public protocol Sink: Sendable {
    /// The name that deliveries know it by.
    var name: String { get }

    /// Hands one alert over and says how that went; bounded in time.
    func deliver(_ delivery: Delivery) async -> DeliveryResult
}

/// The part of the store that the outbox works on.
public protocol DeliveryStore: Sendable {
    /// Returns the oldest pending deliveries of a sink that are due, at most `limit`.
    func dueDeliveries(to sink: String, at now: Date, limit: Int) async throws -> [Delivery]

    /// Returns when the next pending delivery to a sink is due; `nil` where none is pending.
    func nextDeliveryDue(to sink: String) async throws -> Date?

    /// Writes down that an attempt begins, so that a crash in the middle is known afterwards.
    func beginAttempt(of delivery: Int64, at now: Date) async throws

    /// Writes down that a delivery has arrived.
    func markDelivered(_ delivery: Int64, at now: Date) async throws

    /// Puts a delivery off.
    func postpone(_ delivery: Int64, until next: Date, reason: String) async throws

    /// Gives a delivery up.
    func abandon(_ delivery: Int64, reason: String, at now: Date) async throws
}
