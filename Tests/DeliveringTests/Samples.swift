import Foundation
import Synchronization
import TallyModel

/// Alerts of an invented event, and what stands in for sinks and clients.
enum Samples {
    static let now = Date(timeIntervalSince1970: 1_770_000_000)

    /// A contradiction whose quotes try every markup.
    static func contradiction(id: String = "alert_1", figure: String = "figure_1") -> Alert {
        var details = Alert.Details(
            severity: .critical,
            reason: "rescued people: “14” (Vale Post) contradicts “31” (Corrie Wire)."
        )
        details.story = Alert.StoryReference(id: "story_1", title: "Bus overturns on the <Corrie> pass")
        details.figure = Alert.FigureReference(id: figure, label: "rescued people", unit: "people")
        details.watch = "roads"
        details.claim = claim(
            "The hospital said *14* <!channel> @everyone were rescued & [treated](http://evil.example).",
            surface: "14",
            outlet: "Vale Post",
            url: "https://vale.example/2?a=1&b=2"
        )
        let earlier = claim(
            "Thirty-one were rescued.",
            surface: "Thirty-one",
            outlet: "Corrie Wire",
            url: "https://corrie.example/1"
        )
        details.baseline = Alert.BaselineInAlert(
            Baseline(low: 31, best: 31, high: 31),
            claims: [sourced(earlier)]
        )
        return Alert(id: id, type: .contradicted, timestamp: now, data: details)
    }

    static func source(_ kind: Alert.Kind) -> Alert {
        var details = Alert.Details(
            severity: kind == .sourceFailing ? .warning : .info,
            reason: "wire could not be read 3 times in a row: HTTP status 500"
        )
        details.source = Alert.SourceReference(name: "wire", url: "https://wire.example/feed")
        return Alert(
            id: "alert_\(kind.rawValue.replacing(".", with: "_"))",
            type: kind,
            timestamp: now,
            data: details
        )
    }

    static func delivery(
        _ alert: Alert,
        number: Int64 = 1,
        purpose: Delivery.Purpose = .alert
    ) throws -> Delivery {
        var delivery = Delivery(
            id: number,
            alertID: alert.id,
            type: alert.type,
            sink: "desk",
            body: try TallyJSON.text(of: alert),
            createdAt: alert.timestamp
        )
        delivery.purpose = purpose
        return delivery
    }

    static func message(
        _ alert: Alert = contradiction(),
        purpose: Delivery.Purpose = .alert
    ) throws -> Message {
        Message(try delivery(alert, purpose: purpose))
    }

    static func group() throws -> Message {
        Message(
            id: "group_1",
            deliveries: [
                try delivery(contradiction(), number: 1),
                try delivery(contradiction(id: "alert_2", figure: "figure_2"), number: 2),
            ]
        )
    }

    private static func sourced(_ claim: Alert.ClaimInAlert) -> SourcedClaim {
        var quantity = Quantity(low: claim.low, high: claim.high, qualifier: .exact, unit: "people")
        quantity.unit = "people"
        let inner = Claim(
            surface: claim.surface,
            sentence: claim.sentence,
            start: 0,
            end: 1,
            quantity: quantity
        )
        return SourcedClaim(claim: inner, article: claim.article)
    }

    private static func claim(
        _ sentence: String,
        surface: String,
        outlet: String,
        url: String
    ) -> Alert.ClaimInAlert {
        let article = ArticleReference(
            id: "article_\(outlet)",
            revisionID: "revision_\(outlet)",
            url: url,
            title: "Bus overturns",
            outlet: outlet,
            published: now
        )
        let quantity = Quantity(low: 14, high: 14, qualifier: .exact, unit: "people")
        let claim = Claim(surface: surface, sentence: sentence, start: 0, end: 1, quantity: quantity)
        return Alert.ClaimInAlert(SourcedClaim(claim: claim, article: article))
    }
}

/// A client that gives one result and keeps the requests.
final class ScriptedClient: HTTPClient {
    private let result: Result<FetchResponse, FetchError>
    private let sent = Mutex<[FetchRequest]>([])

    init(result: Result<FetchResponse, FetchError>) {
        self.result = result
    }

    var requests: [FetchRequest] { sent.withLock { $0 } }

    func send(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        sent.withLock { $0.append(request) }
        return try result.get()
    }
}
