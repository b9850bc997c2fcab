public import FoundationEssentials

/// What a hub was asked to tell of one source (<https://www.w3.org/TR/websub/>).
public struct Subscription: Hashable, Sendable {
    /// How it stands.
    public enum State: String, CaseIterable, Sendable {
        /// The hub has not asked back yet.
        case wanted
        /// The hub has asked back, and tells what is new until the lease ends.
        case live
        /// The hub has refused.
        case denied
        /// It is wanted no more, and the hub is told so.
        case ending
    }

    /// The URL that the hub sends to; nobody else can guess its last part.
    public let callback: String
    /// The name of the source.
    public let source: String
    /// The hub's URL.
    public let hub: String
    /// The feed's URL by its own word.
    public let topic: String
    /// What the hub signs with.
    public let secret: String
    /// How it stands.
    public var state = State.wanted
    /// When the hub was last asked; `nil` before the first time.
    public var askedAt: Date?
    /// When the hub is asked next; `nil` for never.
    public var nextRequestAt: Date?
    /// When the hub stops telling; `nil` before it has asked back.
    public var leaseEndsAt: Date?
    /// The requests since the hub last asked back.
    public var failureCount = 0

    /// Creates a subscription that is wanted.
    public init(callback: String, source: String, hub: String, topic: String, secret: String) {
        self.callback = callback
        self.source = source
        self.hub = hub
        self.topic = topic
        self.secret = secret
    }
}
