public import Foundation
public import TallyModel

/// Posts messages to a service in its own format.
public struct HTTPSink: Sink {
    /// The sink's name in the configuration.
    public let name: String
    /// A digest of the URL, which may itself be a secret.
    public let target: String
    private let format: any MessageFormat
    private let client: any HTTPClient
    private let clock: @Sendable () -> Date

    /// The time that a receiver has to answer, in seconds (Standard Webhooks advises 15 to 30).
    public static let timeoutSeconds: Double = 20
    /// What is read of an answer, in bytes: its status is what counts.
    static let maximumAnswerBytes = 64 << 10
    /// What is told of an answer's text, in characters.
    private static let maximumReasonCharacters = 200

    /// Creates a sink that leads to a URL.
    public init(
        name: String,
        url: String,
        format: any MessageFormat,
        client: any HTTPClient,
        clock: @escaping @Sendable () -> Date
    ) {
        self.name = name
        self.format = format
        self.client = client
        self.clock = clock
        target = Identifier.derived(from: [url])
    }

    /// As the service takes them.
    public var concurrency: Int { format.concurrency }

    /// As the service takes them.
    public var takesGroups: Bool { format.takesGroups }

    /// As the service follows them.
    public var followsAcknowledgements: Bool { format.followsAcknowledgements }

    /// Posts one message; a redirect is not followed.
    public func deliver(_ message: Message) async -> DeliveryResult {
        do {
            guard var request = try format.request(for: message, at: clock()) else { return .delivered }
            request.timeoutSeconds = Self.timeoutSeconds
            request.maximumBodyBytes = Self.maximumAnswerBytes
            request.cutsBody = true
            request.followsRedirects = false
            return result(of: try await client.send(request))
        } catch let error as FetchError {
            return .failed(reason: error.description, retryAfterSeconds: nil)
        } catch {
            return .refused(reason: "the alert cannot be put in the service's form: \(error)")
        }
    }

    /// 2xx has arrived, 410 wants no more; anything else may pass, even a 4xx of a receiver that is being set up.
    private func result(of response: FetchResponse) -> DeliveryResult {
        var reason = "HTTP status \(response.status)"
        switch response.status {
        case 200..<300: return .delivered
        case 410: return .gone(reason: reason)
        default:
            let words = String(decoding: response.body.prefix(1000), as: UTF8.self)
            let text = AlertText.printable(words.trimmingCharacters(in: .whitespacesAndNewlines))
            if !text.isEmpty { reason += ": \(text.prefix(Self.maximumReasonCharacters))" }
            guard !format.isFinal(status: response.status) else { return .refused(reason: reason) }
            return .failed(reason: reason, retryAfterSeconds: response.retryAfterSeconds(now: clock()))
        }
    }
}
