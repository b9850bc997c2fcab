import Delivering
import Fetching
import Foundation
import Logging
import Storing
import TallyModel

/// Measures how fast alerts get from the store to a webhook on the loopback address.
public enum DeliveryBenchmark {
    /// What was measured.
    public struct Result: Encodable, Sendable {
        /// Alerts that were delivered.
        public let alerts: Int
        /// The bytes of one body.
        public let bodyBytes: Int
        /// The time from the first look into the store until every delivery was noted as arrived.
        public let seconds: Double
        /// Alerts a second.
        public let perSecond: Double
        /// Identifiers that arrived more than once.
        public let repeated: Int

        private enum CodingKeys: String, CodingKey {
            case alerts, seconds, repeated, bodyBytes = "body_bytes", perSecond = "per_second"
        }
    }

    /// Fills a store of its own in a temporary folder and delivers everything in it.
    public static func run(alerts count: Int) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "tallywatch-\(UUID().uuidString)"
        )
        // What is left behind in the temporary directory harms nobody.
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteStore(.file(path: folder.appendingPathComponent("bench.db").path))
        let reading = try reading(alerts: count)
        try await store.commit(reading)
        let receiver = try RawReceiver()
        defer { receiver.stop() }
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = [NetworkRange("127.0.0.1/32")].compactMap { $0 }
        configuration.maximumTransfersPerHost = 16
        let fetcher = Fetcher(configuration: configuration)
        let url = "http://127.0.0.1:\(receiver.port)/hook"
        let secret = try WebhookSecret(
            "whsec_\(Data((0..<32).map { _ in UInt8.random(in: 0...255) }).base64EncodedString())"
        )
        let sink = HTTPSink(
            name: "bench",
            url: url,
            format: WebhookFormat(url: url, secrets: [secret]),
            client: fetcher,
            clock: { Date() }
        )
        let outbox = Outbox(
            store: store,
            sinks: [sink],
            policy: RetryPolicy(),
            logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() },
            clock: { Date() }
        )
        let start = ContinuousClock.now
        await outbox.drain()
        let elapsed = ContinuousClock.now - start
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        await outbox.stop()
        await fetcher.close()
        try store.close()
        let ids = receiver.received.map(\.id)
        return Result(
            alerts: Set(ids).count,
            bodyBytes: try TallyJSON.text(of: reading.alerts[0]).utf8.count,
            seconds: seconds,
            perSecond: Double(Set(ids).count) / seconds,
            repeated: ids.count - Set(ids).count
        )
    }

    /// A reading whose alerts are as long as those of two quotes, each on a figure of its own.
    private static func reading(alerts count: Int) throws -> ReadingCommit {
        let now = Date()
        let reference = ArticleReference(
            id: "article",
            revisionID: "revision",
            url: "https://news.example/2026/02/bus-overturns-on-the-corrie-pass",
            title: "Bus overturns on the Corrie pass",
            outlet: "Corrie Wire",
            published: now
        )
        let quantity = Quantity(low: 14, high: 14, qualifier: .exact, unit: "people")
        var claim = Claim(
            surface: "14",
            sentence:
                "The Ardvale hospital said 14 passengers were injured when the bus overturned on Thursday.",
            start: 0,
            end: 2,
            quantity: quantity
        )
        claim.attribution = "the Ardvale hospital"
        let sourced = SourcedClaim(claim: claim, article: reference)
        let story = Story(id: "story", title: reference.title, terms: [:], at: now)
        var reading = ReadingCommit(
            entry: EntryRecord(
                source: "bench",
                entryID: "1",
                url: reference.url,
                digest: "",
                firstSeenAt: now
            ),
            reference: reference,
            revisionNumber: 1,
            article: Article(title: reference.title, text: claim.sentence),
            readAt: now,
            claims: [sourced],
            story: story
        )
        var details = Alert.Details(
            severity: .warning,
            reason: "“14” (Corrie Wire) contradicts “31” (Vale Post)."
        )
        details.story = Alert.StoryReference(id: story.id, title: story.title)
        details.claim = Alert.ClaimInAlert(sourced)
        details.baseline = Alert.BaselineInAlert(Baseline(low: 31, best: 31, high: 31), claims: [sourced])
        for number in 0..<count {
            let id = Identifier.derived("alert_", from: ["bench", String(number)])
            reading.alerts.append(Alert(id: id, type: .contradicted, timestamp: now, data: details))
            reading.deliveries.append(PlannedDelivery(alertID: id, sink: "bench", notBefore: now, lane: id))
        }
        return reading
    }
}
