public import TallyModel

/// An alert as people read it.
public enum AlertText {
    /// Writes an alert out.
    ///
    /// - Parameters:
    ///   - alert: The alert.
    ///   - isColoured: Whether the first line bears the severity's colour, as terminals show it.
    /// - Returns: A few lines: what happened, the reason, and both quotes with who says so.
    public static func lines(of alert: Alert, isColoured: Bool = false) -> String {
        let data = alert.data
        let heading = isColoured ? coloured(title(of: alert), data.severity) : title(of: alert)
        var lines = ["\(Timestamp.text(of: alert.timestamp))  \(heading)"]
        lines.append("  \(printable(data.reason))")
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

    /// Bold red, yellow or blue (ECMA-48 SGR).
    private static func coloured(_ text: String, _ severity: Alert.Severity) -> String {
        let code =
            switch severity {
            case .critical: "1;31"
            case .warning: "1;33"
            case .info: "1;34"
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    static func title(of alert: Alert) -> String {
        let subject = alert.data.figure?.label ?? alert.data.source?.name ?? ""
        let word = alert.type.rawValue.split(separator: ".").last.map { $0.uppercased() } ?? ""
        let watch = alert.data.watch.map { "  [\($0)]" } ?? ""
        return printable("\(word)  \(subject)\(watch)")
    }

    /// The outlet, whom it cites, and the day.
    static func origin(of claim: Alert.ClaimInAlert) -> String {
        let outlet = claim.article.outlet.isEmpty ? claim.article.url : claim.article.outlet
        let speaker = claim.attribution.map { " citing \($0)" } ?? ""
        let day = Timestamp.text(of: claim.article.published).prefix(10)
        return "\(outlet)\(speaker), \(day)"
    }

    private static func quote(_ claim: Alert.ClaimInAlert) -> String {
        printable("“\(claim.sentence)” (\(origin(of: claim)))")
    }

    /// Without control characters, which a hostile page could use to write to the terminal.
    static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
            )
        )
    }
}
