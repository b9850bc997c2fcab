import Foundation
import Parsing
import TallyModel
import Testing

/// Feeds as they are found, one after the other in the files of `Corpus`, each with what is to be read out of it.
///
/// A feed begins with `# what it shows`. Lines that begin with `>` say how it comes (`type`, `url`, `encode CHARSET
/// [mark]`), lines that begin with `=` what is expected: `format`, `title`, `url`, `language`, `entries COUNT`,
/// `entry KEY=VALUE | …`, `diagnostic WORDS`, `truncated`, `fresh SECONDS`, `skips HOURS / DAYS`, `refused LOOKS`.
/// What an expectation does not name is not looked at; `¶` stands for the end of a paragraph.
@Suite("Corpus of feeds")
struct CorpusTests {
    struct Sample: CustomTestStringConvertible, Sendable {
        let shows: String
        var settings: [String: String] = [:]
        var document = ""
        var expectations: [String] = []
        var testDescription: String { shows }
    }

    static let samples: [Sample] = ["rss", "atom", "other", "broken", "encodings"].flatMap(read)

    @Test("there are more than 150 feeds, each with a name of its own")
    func size() {
        #expect(Self.samples.count > 150)
        #expect(Set(Self.samples.map(\.shows)).count == Self.samples.count)
        #expect(Self.samples.allSatisfy { !$0.expectations.isEmpty && !$0.document.isEmpty })
    }

    @Test("a feed is read as a person would read it", arguments: samples)
    func feed(_ sample: Sample) throws {
        let bytes = try encoded(sample)
        let url = sample.settings["url"] ?? "https://feed.example/feed"
        let feed: Feed
        do {
            feed = try FeedParser().feed(from: bytes, contentType: sample.settings["type"], url: url)
        } catch {
            #expect(sample.expectations == ["refused \(looks(of: error))"])
            return
        }
        let entries = sample.expectations.compactMap { $0.hasPrefix("entry ") ? $0.dropFirst(6) : nil }
        if !entries.isEmpty { #expect(feed.entries.count == entries.count) }
        for (entry, expected) in zip(feed.entries, entries) {
            for field in expected.components(separatedBy: " | ") { check(field, of: entry) }
        }
        for expectation in sample.expectations where !expectation.hasPrefix("entry ") {
            check(expectation, of: feed)
        }
    }

    private func check(_ field: String, of entry: FeedEntry) {
        let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init
        )
        let expected = parts.count == 2 ? parts[1].replacing("¶", with: "\n\n") : ""
        let actual: String? =
            switch parts[0] {
            case "id": entry.id
            case "url": entry.url
            case "title": entry.title
            case "text": entry.text
            case "full": "\(entry.hasFullContent)"
            case "published": entry.published.map(Timestamp.text(of:)) ?? ""
            case "updated": entry.updated.map(Timestamp.text(of:)) ?? ""
            case "authors": entry.authors.joined(separator: ", ")
            case "tags": entry.tags.joined(separator: ", ")
            default: nil
            }
        #expect(actual == expected, "\(parts[0])")
    }

    private func check(_ expectation: String, of feed: Feed) {
        let parts = expectation.split(separator: " ", maxSplits: 1).map(String.init)
        let value = parts.count == 2 ? parts[1] : ""
        switch parts[0] {
        case "format": #expect(feed.format.rawValue == value)
        case "title": #expect(feed.title == value)
        case "url": #expect(feed.url == value)
        case "language": #expect(feed.language == value)
        case "entries": #expect(feed.entries.count == Int(value))
        case "diagnostic": #expect(feed.diagnostics.contains { $0.contains(value) }, "\(feed.diagnostics)")
        case "truncated": #expect(feed.isTruncated)
        case "fresh": #expect(feed.hints.freshForSeconds == Double(value))
        case "skips":
            let hours = feed.hints.skipHours.sorted().map(String.init).joined(separator: " ")
            let days = feed.hints.skipDays.sorted().map(String.init).joined(separator: " ")
            #expect("\(hours) / \(days)" == value)
        default: Issue.record("no expectation: \(expectation)")
        }
    }

    private func looks(of error: ParsingError) -> String {
        guard case .notAFeed(let looks) = error else { return error.label }
        return looks
    }

    private func encoded(_ sample: Sample) throws -> [UInt8] {
        let bytes = Array(sample.document.utf8)
        guard let words = sample.settings["encode"]?.split(separator: " "), let charset = words.first else {
            return bytes
        }
        let mark = words.count > 1 ? Array("\u{FEFF}".utf8) : []
        return try Encoder.encode(mark + bytes, as: String(charset))
    }

    private static func read(_ name: String) -> [Sample] {
        let url = Bundle.module.url(forResource: "Corpus", withExtension: nil)?.appending(path: "\(name).txt")
        guard let url, let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
        var samples: [Sample] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("# ") {
                samples.append(Sample(shows: String(line.dropFirst(2))))
            } else if samples.isEmpty {
                continue
            } else if line.hasPrefix("> ") {
                let words = line.dropFirst(2).split(separator: " ", maxSplits: 1).map(String.init)
                samples[samples.count - 1].settings[words[0]] = words.count > 1 ? words[1] : ""
            } else if line.hasPrefix("= ") {
                samples[samples.count - 1].expectations.append(String(line.dropFirst(2)))
            } else if samples[samples.count - 1].expectations.isEmpty {
                let isFirst = samples[samples.count - 1].document.isEmpty
                samples[samples.count - 1].document += (isFirst ? "" : "\n") + line
            }
        }
        return samples
    }
}

/// Writes UTF-8 in another encoding, with the system's own converter.
private enum Encoder {
    static func encode(_ bytes: [UInt8], as charset: String) throws -> [UInt8] {
        let handle = try #require(iconv_open(charset, "UTF-8"))
        defer { iconv_close(handle) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
        var left = output.count
        input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var (next, place) = (source.baseAddress, target.baseAddress)
                var remaining = source.count
                let code = iconv(handle, &next, &remaining, &place, &left)
                #expect(code != -1 && remaining == 0, "\(charset) lacks a character")
                iconv(handle, nil, nil, &place, &left)
            }
        }
        return output.prefix(output.count - left).map { UInt8(bitPattern: $0) }
    }
}
