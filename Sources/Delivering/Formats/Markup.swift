/// Text of articles made harmless for the markup of chat services: no link, format or mention of its own.
enum Markup {
    /// For Slack, whose three control characters are written as entities
    /// (<https://docs.slack.dev/messaging/formatting-message-text>).
    static func slack(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// For Markdown: every character that could mean something is escaped, and `@` starts no mention.
    static func markdown(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if #"\`*_{}[]()<>#+-.!|~"#.unicodeScalars.contains(scalar) { escaped.append("\\") }
            escaped.append(scalar)
            if scalar == "@" { escaped.append("\u{200B}") }
        }
        return String(escaped)
    }

    /// A URL that cannot end the link it stands in.
    static func link(_ url: String) -> String {
        url.utf8.map { byte in
            let isHarmless = (0x21...0x7e).contains(byte) && !#"<>|()[]"\`{}^"#.utf8.contains(byte)
            let digits = String(byte, radix: 16, uppercase: true)
            return isHarmless ? String(UnicodeScalar(byte)) : "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }
}
