public import FoundationEssentials
public import TallyModel

/// Prometheus Alertmanager's API v2 (`POST /api/v2/alerts`,
/// <https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml>).
///
/// An alert fires until `endsAt`, so it need not be sent again; an acknowledged one, and a source that is well again,
/// is resolved. The label `alert_id` keeps two alerts on one figure apart.
public struct AlertmanagerFormat: MessageFormat {
    private let url: String
    private let firesForSeconds: Double

    /// Creates a format for the root of an Alertmanager; alerts fire for a time unless they are resolved before.
    public init(url: String, firesForSeconds: Double) {
        self.url = (url.hasSuffix("/") ? String(url.dropLast()) : url) + "/api/v2/alerts"
        self.firesForSeconds = firesForSeconds
    }

    /// Told, to resolve the alert.
    public var followsAcknowledgements: Bool { true }

    /// Returns the POST of a message.
    public func request(for message: Message, at now: Date) throws -> FetchRequest? {
        let body = try message.deliveries.map { try self.body(of: $0, at: now) }
        return try FetchRequest(postingJSON: body, to: url)
    }

    private func body(of delivery: Delivery, at now: Date) throws -> Body {
        let digest = try AlertDigest(delivery)
        let alert = digest.alert
        let isResolved = delivery.purpose == .acknowledged || alert.type == .sourceRecovered
        var labels = ["alertname": alert.type.rawValue, "severity": alert.data.severity.rawValue]
        if let source = alert.data.source {
            // The recovery resolves the very alert that the failure raised.
            labels = [
                "alertname": Alert.Kind.sourceFailing.rawValue, "severity": "warning", "source": source.name,
            ]
        } else {
            labels["alert_id"] = alert.id
            labels["figure"] = alert.data.figure?.id
            labels["story"] = alert.data.story?.id
            labels["watch"] = alert.data.watch
        }
        var annotations = ["summary": digest.title, "description": digest.reason]
        for (place, quote) in digest.quotes.enumerated() {
            annotations[place == 0 ? "now" : "before_\(place)"] = "“\(quote.sentence)” (\(quote.origin))"
        }
        // Before the start nothing can end; a reminder makes the alert fire on from now.
        let start = alert.type == .sourceRecovered ? nil : alert.timestamp
        let end = isResolved ? now : max(now, alert.timestamp).addingTimeInterval(firesForSeconds)
        return Body(
            labels: labels.mapValues { AlertText.printable($0) },
            annotations: annotations,
            startsAt: start,
            endsAt: max(end, start ?? end),
            generatorURL: digest.url.map(Markup.link)
        )
    }

    private struct Body: Encodable {
        let labels: [String: String]
        let annotations: [String: String]
        let startsAt: Date?
        let endsAt: Date
        let generatorURL: String?
    }
}
