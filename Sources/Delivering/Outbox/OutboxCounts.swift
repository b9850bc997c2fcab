import TallyModel

/// What an outbox has done since its start, and how its sinks are.
public struct OutboxCounts: Sendable {
    /// What was done at one sink.
    public struct SinkCounts: Sendable {
        /// Deliveries that arrived.
        public var delivered = 0
        /// Attempts that failed.
        public var failed = 0
        /// Deliveries that were given up.
        public var abandoned = 0
        /// Seconds that all attempts took together.
        public var attemptSeconds: Double = 0
        /// Lanes that are in the air.
        public var inFlight = 0
        /// Whether it fails so often that it is only asked now and then.
        public var isFailing = false
        /// Why it wants no more; `nil` for a sink that is in use.
        public var disabledReason: String?

        /// Creates counts of nothing.
        public init() {}
    }

    /// The counts by the sinks' names.
    public var sinks: [String: SinkCounts] = [:]

    /// Creates counts of nothing.
    public init() {}

    mutating func note(_ result: DeliveryResult, of sink: String, deliveries: Int, seconds: Double) {
        var counts = sinks[sink] ?? SinkCounts()
        counts.attemptSeconds += seconds
        switch result {
        case .delivered: counts.delivered += deliveries
        case .unavailable, .failed, .refused, .gone: counts.failed += 1
        }
        sinks[sink] = counts
    }
}
