import Foundation
import TallyModel

/// An alert as a record of the log.
enum AlertLine {
    /// Filebeat tells files apart by their first 1,024 bytes and reads none that is shorter.
    private static let firstLineBytes = 1024
    /// Fluent Bit lets go of a file that has a longer line (`buffer_max_size`).
    private static let maximumBytes = 30 << 10
    /// What is kept of a sentence in a line that would be too long, in characters.
    private static let sentenceLimit = 1000

    /// Returns the record with its line break.
    static func bytes(
        of message: Message,
        _ format: LogConfiguration.Format,
        isColoured: Bool
    ) throws -> [UInt8] {
        switch format {
        case .json:
            let body = message.first.body
            guard body.utf8.count > maximumBytes else { return Array((body + "\n").utf8) }
            return Array((try shortened(try message.first.alert()) + "\n").utf8)
        case .text:
            let alert = try message.first.alert()
            let text = AlertText.lines(of: alert, isColoured: isColoured)
            return Array("\(text)\(textMark)\(message.id)\n\n".utf8)
        }
    }

    /// Fills a line up with spaces, which JSON takes for nothing.
    static func padFirst(_ line: inout [UInt8]) {
        guard line.count < firstLineBytes else { return }
        line.insert(
            contentsOf: [UInt8](repeating: UInt8(ascii: " "), count: firstLineBytes - line.count),
            at: line.count - 1
        )
    }

    /// Returns the identifiers of the alerts in the whole lines of a log's end.
    static func identifiers(in tail: [UInt8]) -> Set<String> {
        struct Line: Decodable {
            let id: String
        }
        let decoder = JSONDecoder()
        let identifiers = tail.split(separator: UInt8(ascii: "\n")).compactMap { line -> String? in
            if line.first == UInt8(ascii: "{") {
                // The first line may have lost its beginning; it is no alert then.
                return try? decoder.decode(Line.self, from: Data(line)).id
            }
            let text = String(decoding: line, as: UTF8.self)
            return text.hasPrefix(textMark) ? String(text.dropFirst(textMark.count)) : nil
        }
        return Set(identifiers)
    }

    private static let textMark = "  alert:  "

    /// An alert with as many of the baseline's claims as a line has room for.
    private static func shortened(_ alert: Alert) throws -> String {
        var alert = alert
        var text = try TallyJSON.text(of: alert)
        while text.utf8.count > maximumBytes, let count = alert.data.baseline?.claims.count, count > 1 {
            alert.data.baseline?.claims.removeLast((count + 1) / 2)
            text = try TallyJSON.text(of: alert)
        }
        guard text.utf8.count > maximumBytes else { return text }
        if let sentence = alert.data.claim?.sentence {
            alert.data.claim?.sentence = sentence.cut(to: sentenceLimit)
        }
        if let sentence = alert.data.baseline?.claims.first?.sentence {
            alert.data.baseline?.claims[0].sentence = sentence.cut(to: sentenceLimit)
        }
        alert.data.reason = alert.data.reason.cut(to: sentenceLimit)
        return try TallyJSON.text(of: alert)
    }
}
