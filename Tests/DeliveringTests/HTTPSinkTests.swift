import Delivering
import Foundation
import TallyModel
import Testing

@Suite(.timeLimit(.minutes(1))) struct HTTPSinkTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let status: Int
        let result: DeliveryResult
        var testDescription: String { "\(status)" }
    }

    static let cases = [
        Case(status: 200, result: .delivered),
        Case(status: 204, result: .delivered),
        Case(status: 302, result: .failed(reason: "HTTP status 302: moved", retryAfterSeconds: nil)),
        Case(status: 400, result: .failed(reason: "HTTP status 400: moved", retryAfterSeconds: nil)),
        Case(status: 410, result: .gone(reason: "HTTP status 410")),
        Case(status: 408, result: .failed(reason: "HTTP status 408: moved", retryAfterSeconds: nil)),
        Case(status: 429, result: .failed(reason: "HTTP status 429: moved", retryAfterSeconds: 7)),
        Case(status: 503, result: .failed(reason: "HTTP status 503: moved", retryAfterSeconds: 7)),
    ]

    @Test("a status decides what becomes of a delivery", arguments: cases)
    func statuses(_ sample: Case) async throws {
        let headers = [429, 503].contains(sample.status) ? [HeaderField("Retry-After", "7")] : []
        let client = ScriptedClient(
            result: .success(
                FetchResponse(status: sample.status, url: "", headers: headers, body: Array("moved\n".utf8))
            )
        )
        let sink = try sink(client)
        #expect(await sink.deliver(try Samples.message()) == sample.result)
    }

    @Test("a post is signed over its very bytes, with the alert's identifier and the attempt's time")
    func signed() async throws {
        let client = ScriptedClient(result: .success(FetchResponse(status: 200, url: "")))
        let message = try Samples.message()
        _ = await (try sink(client)).deliver(message)
        let request = try #require(client.requests.first)
        let fields = Dictionary(uniqueKeysWithValues: request.headers.map { ($0.name, $0.value) })
        let body = Array(message.first.body.utf8)
        #expect(request.body == body)
        #expect(!request.followsRedirects)
        #expect(fields["Content-Type"] == "application/json")
        #expect(fields["webhook-id"] == "alert_1")
        #expect(fields["webhook-timestamp"] == "1750000000")
        let secret = try WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let value = WebhookSignature.value(
            id: "alert_1",
            timestamp: 1_750_000_000,
            body: body,
            secrets: [secret]
        )
        #expect(fields["webhook-signature"] == value)
    }

    @Test("no answer is a failure that names its reason")
    func noAnswer() async throws {
        let client = ScriptedClient(result: .failure(.timedOut(seconds: 20)))
        let expected = DeliveryResult.failed(reason: "no full answer within 20 s", retryAfterSeconds: nil)
        #expect(await (try sink(client)).deliver(try Samples.message()) == expected)
    }

    @Test("an event that PagerDuty calls invalid is not sent again")
    func final() async throws {
        let client = ScriptedClient(result: .success(FetchResponse(status: 400, url: "")))
        let sink = HTTPSink(
            name: "duty",
            url: PagerDutyFormat.standardURL,
            format: PagerDutyFormat(url: PagerDutyFormat.standardURL, routingKey: "k", origin: "host"),
            client: client,
            clock: { Samples.now }
        )
        #expect(await sink.deliver(try Samples.message()) == .refused(reason: "HTTP status 400"))
    }

    private func sink(_ client: ScriptedClient) throws -> HTTPSink {
        let url = "http://127.0.0.1/hook"
        let secret = try WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        return HTTPSink(
            name: "desk",
            url: url,
            format: WebhookFormat(url: url, secrets: [secret]),
            client: client,
            clock: { Date(timeIntervalSince1970: 1_750_000_000) }
        )
    }
}
