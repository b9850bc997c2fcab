public import Foundation
public import TallyModel

/// Posts alerts to a URL, signed as Standard Webhooks asks.
public struct WebhookSink: Sink {
    /// The webhook's name in the configuration.
    public let name: String
    private let url: String
    private let secrets: [WebhookSecret]
    private let client: any HTTPClient
    private let clock: @Sendable () -> Date

    /// The time that a receiver has to answer, in seconds (Standard Webhooks advises 15 to 30).
    static let timeoutSeconds: Double = 20
    /// What is read of an answer, in bytes: its status is all that counts.
    static let maximumAnswerBytes = 64 << 10

    /// Creates a sink that signs with every secret, so that a receiver can change its own at any time.
    public init(
        name: String,
        url: String,
        secrets: [WebhookSecret],
        client: any HTTPClient,
        clock: @escaping @Sendable () -> Date
    ) {
        self.name = name
        self.url = url
        self.secrets = secrets
        self.client = client
        self.clock = clock
    }

    /// Posts one alert; `webhook-id` is the alert's identifier and the same for every attempt.
    public func deliver(_ delivery: Delivery) async -> DeliveryResult {
        let timestamp = Int(clock().timeIntervalSince1970)
        let body = Array(delivery.body.utf8)
        let signature = WebhookSignature.value(
            id: delivery.alertID,
            timestamp: timestamp,
            body: body,
            secrets: secrets
        )
        var request = FetchRequest(url: url, maximumBodyBytes: Self.maximumAnswerBytes)
        request.body = body
        request.timeoutSeconds = Self.timeoutSeconds
        request.followsRedirects = false
        request.headers = [
            HeaderField("Content-Type", "application/json"),
            HeaderField("webhook-id", delivery.alertID),
            HeaderField("webhook-timestamp", String(timestamp)),
            HeaderField("webhook-signature", signature),
        ]
        do {
            return Self.result(of: try await client.send(request), now: clock())
        } catch .bodyTooLarge {
            // The receiver has the alert; it only talks too much.
            return .delivered
        } catch {
            return .failed(reason: error.description, retryAfterSeconds: nil)
        }
    }

    /// 2xx has arrived, 410 wants no more; anything else may pass, even a 4xx of a receiver that is being set up.
    static func result(of response: FetchResponse, now: Date) -> DeliveryResult {
        let reason = "HTTP status \(response.status)"
        switch response.status {
        case 200..<300: return .delivered
        case 410: return .refused(reason: reason)
        default: return .failed(reason: reason, retryAfterSeconds: response.retryAfterSeconds(now: now))
        }
    }
}
