import Foundation
import TallyModel

/// A message as a mail: RFC 5322 with a plain text body in UTF-8.
enum MailText {
    /// Returns header and body with CRLF line ends.
    static func bytes(of message: Message, from: String, to: [String], date: Date) throws -> [UInt8] {
        let digests = try message.digests()
        let domain = from.split(separator: "@").last.map(String.init) ?? "localhost"
        let subject = "[Tallywatch] \(message.title(of: digests))"
        var lines = [
            "Date: \(dateText(date))",
            "From: Tallywatch <\(from)>",
            "To: \(to.joined(separator: ",\r\n "))",
            "Subject: \(encodedWords(subject))",
            // The same for every attempt, so that a repeat is told as one.
            "Message-ID: <\(message.id)@\(domain)>",
            "Auto-Submitted: auto-generated",
            "X-Tallywatch-Severity: \(message.severity(of: digests).rawValue)",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
        ]
        // A thread for each figure: all refer to one mail that never was.
        if let figure = digests[0].alert.data.figure?.id, digests.count == 1 {
            lines.append("References: <\(figure)@\(domain)>")
        }
        let header = lines.map { $0.filter { $0 != "\0" } }.joined(separator: "\r\n")
        let body = digests.map(text(of:)).joined(separator: "\n\n")
        let encoded = Data(body.utf8).base64EncodedString(options: [
            .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
        ])
        return Array("\(header)\r\n\r\n\(encoded)\r\n".utf8)
    }

    private static func text(of digest: AlertDigest) -> String {
        let links = digest.quotes.filter { $0.url.hasPrefix("http") }.map { "  \($0.url)" }
        return AlertText.lines(of: digest.alert)
            + (links.isEmpty ? "" : "\n" + links.joined(separator: "\n") + "\n")
    }

    /// `Thu, 13 Feb 2026 06:10:00 +0000`.
    private static func dateText(_ date: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
        return formatter.string(from: date)
    }

    /// A text as encoded words of at most 75 characters (RFC 2047), so that neither letters nor line breaks harm a header.
    static func encodedWords(_ text: String) -> String {
        let isPlain =
            text.utf8.allSatisfy { (32...126).contains($0) } && text.utf8.count < 60 && !text.contains("=?")
        guard !isPlain else { return text }
        var words: [String] = []
        var word = ""
        for scalar in text.unicodeScalars {
            let scalarText = String(scalar)
            if word.utf8.count + scalarText.utf8.count > 42 {
                words.append(word)
                word = ""
            }
            word += scalar.properties.generalCategory == .control ? " " : scalarText
        }
        words.append(word)
        return words.map { "=?utf-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }
}
