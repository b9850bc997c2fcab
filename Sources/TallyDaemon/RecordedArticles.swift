import CZlib
public import Foundation
public import TallyModel

/// Recorded articles: JSON lines `{id, source, date, title, text}`, plain or gzip.
public struct RecordedArticle: Sendable {
    /// The recording's own identifier.
    public let id: String
    /// The article; its text is the title where the recording holds nothing else.
    public let article: Article
    /// When it arrived.
    public let date: Date

    /// Reads a whole recording, sorted by date; equal dates keep the order of the file.
    ///
    /// A line without a date has that of the line before it.
    ///
    /// - Throws: ``RecordingError`` that names the file and the line.
    public static func read(path: String) throws(RecordingError) -> [RecordedArticle] {
        guard let file = gzopen(path, "rb") else {
            throw RecordingError(path: path, line: nil, reason: "cannot be read")
        }
        defer { gzclose(file) }
        var articles: [RecordedArticle] = []
        var pending: [UInt8] = []
        var number = 0
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = gzread(file, &buffer, UInt32(buffer.count))
            guard count >= 0 else {
                throw RecordingError(path: path, line: number + 1, reason: "is damaged gzip data")
            }
            pending += buffer[..<Int(count)]
            var start = 0
            while let end = pending[start...].firstIndex(of: UInt8(ascii: "\n")) {
                number += 1
                try append(pending[start..<end], to: &articles, path, number)
                start = end + 1
            }
            pending.removeFirst(start)
            if count == 0 { break }
        }
        try append(pending[...], to: &articles, path, number + 1)
        return articles.enumerated()
            .sorted { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }
            .map(\.element)
    }

    private static func append(
        _ line: ArraySlice<UInt8>,
        to articles: inout [RecordedArticle],
        _ path: String,
        _ number: Int
    ) throws(RecordingError) {
        guard line.contains(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") }) else { return }
        do {
            let row = try JSONDecoder().decode(Row.self, from: Data(line))
            var stated: Date?
            if let text = row.date {
                stated = Timestamp.date(from: text)
                guard stated != nil else {
                    throw RecordingError(path: path, line: number, reason: "date: \(text) is not RFC 3339")
                }
            }
            // What bears no date arrived with the line before it.
            let date = stated ?? articles.last?.date ?? Date(timeIntervalSince1970: 0)
            let text = row.text ?? ""
            let article = Article(
                title: row.title ?? "",
                outlet: row.source ?? "",
                published: stated,
                language: "en",
                text: text.isEmpty ? row.title ?? "" : text
            )
            articles.append(RecordedArticle(id: row.id, article: article, date: date))
        } catch let error as RecordingError {
            throw error
        } catch {
            throw RecordingError(path: path, line: number, reason: "is not a JSON object with an id")
        }
    }

    private struct Row: Decodable {
        let id: String
        let source: String?
        let date: String?
        let title: String?
        let text: String?
    }
}

/// A recording that cannot be read, with the place.
public struct RecordingError: Error, Hashable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The line, from 1.
    public let line: Int?
    /// What is wrong.
    public let reason: String

    /// `file:line: reason`.
    public var description: String {
        (line.map { "\(path):\($0)" } ?? path) + ": \(reason)"
    }
}
