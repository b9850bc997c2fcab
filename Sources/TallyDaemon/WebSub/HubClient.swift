import Fetching
import FoundationEssentials
import Parsing
import TallyModel

/// Asks hubs to begin or to end a subscription (<https://www.w3.org/TR/websub/#subscriber-sends-subscription-request>).
struct HubClient: Sendable {
    let client: any HTTPClient

    /// The redirects of a hub that are followed, each with the whole request.
    private static let maximumRedirects = 3
    /// What is read of a hub's answer, in bytes: it is for the log.
    private static let maximumAnswerBytes = 4096

    /// Sends a request.
    ///
    /// The secret goes to hubs without TLS too: without it, who only knows the callback could send what they like.
    ///
    /// - Parameters:
    ///   - mode: `subscribe` or `unsubscribe`.
    ///   - subscription: What is asked for.
    ///   - leaseSeconds: The lease that is wished for.
    /// - Returns: `nil` where the hub takes the request, else why it does not.
    func send(_ mode: String, _ subscription: Subscription, leaseSeconds: Double) async -> HubRefusal? {
        var fields = [
            ("hub.mode", mode), ("hub.topic", subscription.topic),
            ("hub.callback", subscription.callback),
        ]
        if mode == "subscribe" {
            fields += [
                ("hub.lease_seconds", String(Int(leaseSeconds))), ("hub.secret", subscription.secret),
            ]
        }
        let body = fields.map { "\($0.0)=\(FormText.encoded($0.1))" }.joined(separator: "&")
        var url = subscription.hub
        for _ in 0...Self.maximumRedirects {
            let response: FetchResponse
            do {
                response = try await client.send(Self.request(url, body))
            } catch {
                return HubRefusal(reason: error.description, isStop: error == .closed)
            }
            switch response.status {
            case 200..<300: return nil
            case 307, 308:
                guard let location = response.header("location") else {
                    return HubRefusal(reason: "a redirect that leads nowhere")
                }
                url = URLText.absolute(location, base: url)
            default: return HubRefusal(reason: "HTTP status \(response.status)")
            }
        }
        return HubRefusal(reason: FetchError.tooManyRedirects(limit: Self.maximumRedirects).description)
    }

    private static func request(_ url: String, _ body: String) -> FetchRequest {
        var request = FetchRequest(url: url, maximumBodyBytes: maximumAnswerBytes)
        request.cutsBody = true
        request.followsRedirects = false
        request.headers = [HeaderField("Content-Type", "application/x-www-form-urlencoded")]
        request.body = Array(body.utf8)
        return request
    }
}

/// Why a hub does not take a request.
struct HubRefusal: Sendable {
    let reason: String
    /// Whether the daemon is stopping.
    var isStop = false
}
