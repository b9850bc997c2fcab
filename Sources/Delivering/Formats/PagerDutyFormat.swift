public import FoundationEssentials
public import TallyModel

/// PagerDuty's Events API v2 (<https://developer.pagerduty.com/docs/events-api-v2-overview>).
///
/// `dedup_key` is the alert's identifier, a source's for its troubles: an acknowledgement and a recovery find the
/// incident that the alert opened.
public struct PagerDutyFormat: MessageFormat {
    private let url: String
    private let routingKey: String
    private let origin: String

    /// The service's own address.
    public static let standardURL = "https://events.pagerduty.com/v2/enqueue"

    private static let summaryLimit = 1024
    private static let keyLimit = 255

    /// Creates a format; the routing key is an integration's, `origin` the name of this machine.
    public init(url: String, routingKey: String, origin: String) {
        self.url = url
        self.routingKey = routingKey
        self.origin = origin
    }

    /// An event is one alert.
    public var takesGroups: Bool { false }

    /// Told, to acknowledge the incident.
    public var followsAcknowledgements: Bool { true }

    /// An event that is invalid stays so.
    public func isFinal(status: Int) -> Bool { status == 400 }

    /// Returns the POST of one event.
    public func request(for message: Message, at now: Date) throws -> FetchRequest? {
        let delivery = message.first
        let digest = try AlertDigest(delivery)
        let alert = digest.alert
        let action =
            switch (delivery.purpose, alert.type) {
            case (.acknowledged, _): "acknowledge"
            case (_, .sourceRecovered): "resolve"
            default: "trigger"
            }
        let key = alert.data.source.map { "tallywatch/source/\($0.name)" } ?? "tallywatch/\(alert.id)"
        let links = digest.quotes.filter { $0.url.hasPrefix("http") }.map {
            Body.Link(href: Markup.link($0.url), text: $0.origin)
        }
        let payload = Body.Payload(
            summary: digest.reason.cut(to: Self.summaryLimit),
            source: origin,
            severity: alert.data.severity.rawValue,
            timestamp: alert.timestamp,
            component: alert.data.figure?.label ?? alert.data.source?.name,
            group: alert.data.story?.title,
            kind: alert.type.rawValue,
            details: alert.data
        )
        let body = Body(
            routingKey: routingKey,
            action: action,
            dedupKey: key.cut(to: Self.keyLimit),
            payload: payload,
            links: links
        )
        return try FetchRequest(postingJSON: body, to: url)
    }

    private struct Body: Encodable {
        struct Payload: Encodable {
            let summary: String
            let source: String
            let severity: String
            let timestamp: Date
            let component: String?
            let group: String?
            let kind: String
            let details: Alert.Details

            private enum CodingKeys: String, CodingKey {
                case summary, source, severity, timestamp, component, group
                case kind = "class", details = "custom_details"
            }
        }

        struct Link: Encodable {
            let href: String
            let text: String
        }

        let routingKey: String
        let action: String
        let dedupKey: String
        let payload: Payload
        let links: [Link]
        let client = "Tallywatch"

        private enum CodingKeys: String, CodingKey {
            case routingKey = "routing_key", action = "event_action", dedupKey = "dedup_key"
            case payload, links, client
        }
    }
}
