import FoundationEssentials
public import TallyModel

/// Which alerts go to which sinks, and how.
public struct Route: Hashable, Sendable {
    /// What alerts leave together.
    public enum Grouping: String, CaseIterable, Sendable {
        /// Nothing: each alert is a message.
        case none
        /// The alerts that one article raised.
        case article
        /// The alerts on one story, gathered for ``Route/groupWaitSeconds``.
        case story
    }

    /// The sinks.
    public var sinks: [String]
    /// The watches whose alerts are meant; empty means all, and alerts without a watch.
    public var watches: Set<String> = []
    /// The types that are meant; empty means all.
    public var types: Set<Alert.Kind> = []
    /// The severities that are meant; empty means all.
    public var severities: Set<Alert.Severity> = []
    /// The sources whose alerts are meant; empty means all.
    public var sources: Set<String> = []
    /// When alerts wait; `nil` for never.
    public var quiet: QuietHours?
    /// The time after which an alert is told again until somebody acknowledges it, in seconds; `nil` for once.
    public var repeatSeconds: Double?
    /// What leaves together.
    public var grouping = Grouping.none
    /// The time that a story's alerts are gathered for, in seconds.
    public var groupWaitSeconds: Double = 30
    /// The least time between two messages on one story, in seconds.
    public var groupIntervalSeconds: Double = 300
    /// Whether the routes behind this one are asked too.
    public var continues = false

    /// Creates a route that takes every alert.
    public init(sinks: [String]) {
        self.sinks = sinks
    }

    /// Returns whether it takes an alert that an article of a source raised.
    public func takes(_ alert: Alert, source: String) -> Bool {
        if !watches.isEmpty {
            guard let watch = alert.data.watch, watches.contains(watch) else { return false }
        }
        return (types.isEmpty || types.contains(alert.type))
            && (severities.isEmpty || severities.contains(alert.data.severity))
            && (sources.isEmpty || sources.contains(source))
    }
}
