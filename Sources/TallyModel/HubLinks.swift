/// Where a feed tells of its news, by its own word (<https://www.w3.org/TR/websub/#discovery>).
public struct HubLinks: Hashable, Sendable {
    /// The hubs, absolute and in the order of the feed; empty where it names none.
    public var hubs: [String]
    /// The feed's own URL, which hubs know it by; `nil` where it names none.
    public var topic: String?

    /// Creates links.
    public init(hubs: [String] = [], topic: String? = nil) {
        self.hubs = hubs
        self.topic = topic
    }
}
