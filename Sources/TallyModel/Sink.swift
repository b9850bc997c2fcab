/// How an attempt ended.
public enum DeliveryResult: Hashable, Sendable {
    /// The sink has it.
    case delivered
    /// The sink itself takes nothing now: it is asked again soon, and for as long as it takes.
    case unavailable(reason: String)
    /// It may go through later; `retryAfterSeconds` is the receiver's own wish for everything that goes to it.
    case failed(reason: String, retryAfterSeconds: Double?)
    /// It will never go through.
    case refused(reason: String)
    /// The receiver wants nothing more, ever (HTTP status 410).
    case gone(reason: String)
}

/// A place where alerts go.
public protocol Sink: Sendable {
    /// The name that deliveries know it by.
    var name: String { get }

    /// What it leads to, as text that changes when it leads elsewhere; never a secret itself.
    var target: String { get }

    /// Messages that it is handed at once, of different lanes.
    var concurrency: Int { get }

    /// Whether it takes several alerts in one message.
    var takesGroups: Bool { get }

    /// Whether it is told when a person has acknowledged an alert.
    var followsAcknowledgements: Bool { get }

    /// The longest time that one message may take, in seconds; one that takes longer is stuck.
    var longestSeconds: Double { get }

    /// Hands one message over and says how that went; bounded in time.
    func deliver(_ message: Message) async -> DeliveryResult
}

extension Sink {
    /// The name.
    public var target: String { name }

    /// One at a time, in the order of their making.
    public var concurrency: Int { 1 }

    /// One alert a message.
    public var takesGroups: Bool { false }

    /// Not told.
    public var followsAcknowledgements: Bool { false }

    /// A quarter of an hour: transfers end within half a minute, and may have to wait for each other.
    public var longestSeconds: Double { 900 }
}
