public import FoundationEssentials
public import TallyModel

/// Decides which sinks an alert goes to, when, and together with what.
///
/// The routes are asked in order; the first that takes an alert is the last, unless it continues. A sink that no route
/// names gets every alert at once.
public struct Router: Sendable {
    /// The sinks by name, with whether they take groups.
    private let takesGroups: [String: Bool]
    private let order: [String]
    private let routes: [Route]
    private let freeSinks: [String]
    private let mutes: MuteBoard
    /// The sinks that are told of acknowledgements.
    public let acknowledgementSinks: [String]

    /// Creates a router.
    public init(sinks: [any Sink], routes: [Route], mutes: MuteBoard = MuteBoard()) {
        self.mutes = mutes
        order = sinks.map(\.name)
        takesGroups = Dictionary(uniqueKeysWithValues: sinks.map { ($0.name, $0.takesGroups) })
        acknowledgementSinks = sinks.filter(\.followsAcknowledgements).map(\.name)
        self.routes = routes
        let named = Set(routes.flatMap(\.sinks))
        freeSinks = order.filter { !named.contains($0) }
    }

    /// Creates a router that sends every alert to every sink by itself.
    public init(sinkNames: [String], acknowledgementSinks: [String] = []) {
        order = sinkNames
        takesGroups = [:]
        self.acknowledgementSinks = acknowledgementSinks
        routes = []
        freeSinks = sinkNames
        mutes = MuteBoard()
    }

    /// The names of the sinks.
    public var sinkNames: [String] { order }

    /// Plans the deliveries of those alerts that nobody has muted, which an article of a source raised, or the source itself.
    public func deliveries(of alerts: [Alert], source: String, at now: Date) -> [PlannedDelivery] {
        let mutes = mutes.all
        return alerts.filter { alert in
            !mutes.contains { $0.silences(alert, source: source, at: now) }
        }.flatMap { deliveries(of: $0, source: source, at: now) }
    }

    private func deliveries(of alert: Alert, source: String, at now: Date) -> [PlannedDelivery] {
        var planned = freeSinks.map {
            PlannedDelivery(alertID: alert.id, sink: $0, notBefore: now, lane: Self.lane(of: alert))
        }
        for route in routes where route.takes(alert, source: source) {
            // The first route that names a sink decides on how it gets the alert.
            for sink in route.sinks where !planned.contains(where: { $0.sink == sink }) {
                planned.append(delivery(of: alert, to: sink, by: route, at: now))
            }
            guard route.continues else { break }
        }
        return planned
    }

    private func delivery(of alert: Alert, to sink: String, by route: Route, at now: Date) -> PlannedDelivery
    {
        var planned = PlannedDelivery(
            alertID: alert.id,
            sink: sink,
            notBefore: now,
            lane: Self.lane(of: alert)
        )
        planned.repeatSeconds = route.repeatSeconds
        if takesGroups[sink] == true, let group = Self.group(of: alert, by: route.grouping) {
            planned.group = group
            planned.lane = group
            if route.grouping == .story {
                planned.notBefore = now.addingTimeInterval(route.groupWaitSeconds)
                planned.groupIntervalSeconds = route.groupIntervalSeconds
            }
        }
        if let quiet = route.quiet, !quiet.except.contains(alert.data.severity),
            let end = quiet.end(at: planned.notBefore)
        {
            planned.notBefore = end
        }
        return planned
    }

    /// Alerts on one figure, or on one source, keep their order.
    private static func lane(of alert: Alert) -> String {
        alert.data.figure?.id ?? alert.data.source.map { "source \($0.name)" } ?? alert.id
    }

    private static func group(of alert: Alert, by grouping: Route.Grouping) -> String? {
        switch grouping {
        case .none: nil
        case .article: alert.data.claim.map { "article \($0.article.id)" }
        case .story: alert.data.story.map { "story \($0.id)" }
        }
    }
}
