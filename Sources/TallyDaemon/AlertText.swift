public import TallyModel

/// An alert as people read it.
public enum AlertText {
    /// Returns a few lines: what happened, the reason, and both quotes with who says so.
    public static func lines(of alert: Alert) -> String {
        let data = alert.data
        var lines = ["\(Timestamp.text(of: alert.timestamp))  \(title(of: alert))"]
        lines.append("  \(data.reason)")
        if let claim = data.claim {
            lines.append("  now:    " + quote(claim))
        }
        // The decisive claims stand first; the whole history is in `figures show`.
        for claim in data.baseline?.claims.prefix(3) ?? [] {
            lines.append("  before: " + quote(claim))
        }
        if let story = data.story, let figure = data.figure {
            lines.append("  story:  \(printable(story.title))  (figure \(figure.id))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func title(of alert: Alert) -> String {
        let subject = alert.data.figure?.label ?? alert.data.source?.name ?? ""
        let word = alert.type.rawValue.split(separator: ".").last.map { $0.uppercased() } ?? ""
        let watch = alert.data.watch.map { "  [\($0)]" } ?? ""
        return printable("\(word)  \(subject)\(watch)")
    }

    private static func quote(_ claim: Alert.ClaimInAlert) -> String {
        let outlet = claim.article.outlet.isEmpty ? claim.article.url : claim.article.outlet
        let speaker = claim.attribution.map { " citing \($0)" } ?? ""
        let day = Timestamp.text(of: claim.article.published).prefix(10)
        return printable("“\(claim.sentence)” (\(outlet)\(speaker), \(day))")
    }

    /// Without control characters, which a hostile page could use to write to the terminal.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
            )
        )
    }
}
