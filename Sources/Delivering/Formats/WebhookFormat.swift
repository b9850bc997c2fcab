public import Foundation
public import TallyModel

/// The webhook of Standard Webhooks 1.0.0: the alert itself, signed.
///
/// A group's body is `{"id", "type": "alerts", "timestamp", "data": {"alerts": […]}}` with the alerts as they would
/// come one by one.
public struct WebhookFormat: MessageFormat {
    private let url: String
    private let secrets: [WebhookSecret]

    /// Creates a format that signs with every secret, so that a receiver can change its own at any time.
    public init(url: String, secrets: [WebhookSecret]) {
        self.url = url
        self.secrets = secrets
    }

    /// As many as keep a receiver busy that answers within milliseconds.
    public var concurrency: Int { 16 }

    /// Returns the signed POST of one attempt: its time is that of the attempt, its identifier that of the message.
    public func request(for message: Message, at now: Date) throws -> FetchRequest? {
        let timestamp = Int(now.timeIntervalSince1970)
        let body = Self.body(of: message)
        let signature = WebhookSignature.value(
            id: message.id,
            timestamp: timestamp,
            body: body,
            secrets: secrets
        )
        return FetchRequest(
            posting: body,
            to: url,
            headers: [
                HeaderField("webhook-id", message.id),
                HeaderField("webhook-timestamp", String(timestamp)),
                HeaderField("webhook-signature", signature),
            ]
        )
    }

    /// The bytes are the same for every attempt.
    static func body(of message: Message) -> [UInt8] {
        guard message.deliveries.count > 1 else { return Array(message.first.body.utf8) }
        let alerts = message.deliveries.map(\.body).joined(separator: ",")
        let timestamp = Timestamp.text(
            of: message.deliveries.map(\.createdAt).max() ?? message.first.createdAt
        )
        return Array(
            #"{"data":{"alerts":[\#(alerts)]},"id":"\#(message.id)","timestamp":"\#(timestamp)","type":"alerts"}"#
                .utf8
        )
    }
}
