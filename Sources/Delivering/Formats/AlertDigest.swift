import Foundation
import TallyModel

/// What the services show of an alert: a title, the reason, both quotes and where to read on.
struct AlertDigest {
    /// One quote with who says so.
    struct Quote {
        /// `now` or `before`.
        let label: String
        /// The sentence.
        let sentence: String
        /// The outlet, whom it cites, and the day.
        let origin: String
        /// The article; empty for none.
        let url: String
    }

    let alert: Alert
    let title: String
    let reason: String
    let quotes: [Quote]
    /// Where to read on; `nil` for none.
    let url: String?

    /// Quotes of the baseline that are shown; the whole history is in `figures show`.
    private static let quotesOfBaseline = 3

    init(_ delivery: Delivery) throws {
        alert = try delivery.alert()
        let prefix =
            switch delivery.purpose {
            case .alert: ""
            case .reminder: "Still open: "
            case .acknowledged: "Acknowledged: "
            }
        title = prefix + AlertText.title(of: alert)
        reason = AlertText.printable(alert.data.reason)
        let claims = (alert.data.baseline?.claims ?? []).prefix(Self.quotesOfBaseline)
        quotes =
            (alert.data.claim.map { [Self.quote($0, "now")] } ?? []) + claims.map { Self.quote($0, "before") }
        let link = alert.data.claim?.article.url ?? alert.data.source?.url
        // Only what a browser may be sent to; an article of a local folder leads nowhere.
        url = link.flatMap { $0.hasPrefix("http://") || $0.hasPrefix("https://") ? $0 : nil }
    }

    private static func quote(_ claim: Alert.ClaimInAlert, _ label: String) -> Quote {
        Quote(
            label: label,
            sentence: AlertText.printable(claim.sentence),
            origin: AlertText.printable(AlertText.origin(of: claim)),
            url: claim.article.url
        )
    }
}

extension Delivery {
    /// The alert that it brings.
    func alert() throws -> Alert {
        try TallyJSON.decoder().decode(Alert.self, from: Data(body.utf8))
    }
}

extension Message {
    func digests() throws -> [AlertDigest] {
        try deliveries.map(AlertDigest.init)
    }

    /// `3 alerts: …` for a group, the title of the alert else.
    func title(of digests: [AlertDigest]) -> String {
        guard digests.count > 1 else { return digests[0].title }
        let story = digests[0].alert.data.story.map { ": \(AlertText.printable($0.title))" } ?? ""
        return "\(digests.count) alerts\(story)"
    }

    /// The highest severity among the alerts.
    func severity(of digests: [AlertDigest]) -> Alert.Severity {
        let severities = digests.map(\.alert.data.severity)
        return severities.contains(.critical) ? .critical : severities.contains(.warning) ? .warning : .info
    }
}

extension String {
    /// The text within a limit of characters as services count them (Unicode scalars), with an ellipsis where it was cut.
    func cut(to limit: Int) -> String {
        guard unicodeScalars.count > limit else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.prefix(limit - 1))) + "…"
    }

    /// The text within a limit of UTF-8 bytes, with an ellipsis where it was cut.
    func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var text = ""
        var count = 3
        for scalar in unicodeScalars {
            count += String(scalar).utf8.count
            guard count <= limit else { break }
            text.unicodeScalars.append(scalar)
        }
        return text + "…"
    }
}
