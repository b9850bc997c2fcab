import Foundation
import TallyModel
import Testing

@testable import Extracting

/// Measures against data that is not in the repository: it lies beside it where the extractor is developed.
@Suite(.enabled(if: DevelopmentData.isThere, "the development data is not beside the repository"))
struct DevelopmentDataTests {
    /// Rows of the spelled-out numbers that news does not mean so, each with the reason.
    static let wrongRows: [String: String] = [
        "few": "\"few\" without an article says \"not many\" and states no number",
        "single": "\"single\" is a word for unmarried, for a record, and for a way to hit a ball",
    ]

    @Test("every spelled-out number is read with its value")
    func spelledOut() throws {
        var wrong: [String] = []
        for line in try DevelopmentData.lines("spellout_en.tsv") {
            let cells = line.split(separator: "\t").map(String.init)
            guard Self.wrongRows[cells[0]] == nil else { continue }
            let sentence = try #require(SentenceSplitter().sentences(of: cells[0]).first)
            let value = try #require(Double(cells[1]))
            let reading =
                cells[2] == "ordinal"
                ? Reading(NumberLexer().ordinal(in: sentence, at: 0))
                : Reading(QuantityParser().quantity(in: sentence, at: 0))
            // "a dozen of": the preposition is the noun's.
            let count = sentence.tokens.count - (sentence.tokens.last?.lower == "of" ? 1 : 0)
            let isWhole =
                reading.map { $0.tokens == 0..<count || $0.tokens == 0..<sentence.tokens.count } ?? false
            if reading?.has(value) != true || !isWhole {
                wrong.append("\(line): \(reading?.words ?? "nothing")")
            }
        }
        #expect(wrong.isEmpty, Comment(rawValue: wrong.joined(separator: "\n")))
    }

    @Test("the numbers of short texts are read with their values and spans")
    func numbers() throws {
        var scores: [String: NumberScore] = [:]
        for text in try DevelopmentData.numberTexts() {
            for expected in text.expected where expected.isFigure(in: text.subset) {
                scores[text.subset, default: NumberScore()].add(expected, of: text)
            }
        }
        let total = scores.values.reduce(into: NumberScore()) { $0.add($1) }
        let notes = Comment(
            rawValue: scores.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(
                separator: "\n"
            )
                + "\nall: \(total)\n" + total.notes.joined(separator: "\n")
        )
        if ProcessInfo.processInfo.environment["TALLYWATCH_SHOW"] != nil {
            FileHandle.standardError.write(Data((notes.rawValue + "\n").utf8))
        }
        #expect(total.share(total.overlapping) >= 0.95, notes)
        #expect(total.share(total.exact) >= 0.88, notes)
    }

    @Test("calendar dates and times of day are no claims")
    func dates() throws {
        var wrong: [String] = []
        var count = 0
        for text in try DevelopmentData.numberTexts() where text.subset == "datetime" {
            let claims = ClaimExtractor().claims(
                in: Article(published: text.day, text: text.text),
                readAt: nil
            )
            for expected in text.expected where expected.type != "duration" {
                count += 1
                for claim in claims where claim.start < expected.end && expected.start < claim.end {
                    // "5 days before new year" states five days, "three minutes from now" three minutes.
                    let isSpan = UnitOfMeasure.named(claim.quantity.unit)?.dimension == "time"
                    if !isSpan { wrong.append("\(text.text): \(claim.surface) [\(claim.quantity.unit)]") }
                }
            }
        }
        let notes = Comment(rawValue: wrong.joined(separator: "\n"))
        if ProcessInfo.processInfo.environment["TALLYWATCH_SHOW"] != nil {
            FileHandle.standardError.write(
                Data("dates: \(wrong.count) of \(count)\n\(notes.rawValue)\n".utf8)
            )
        }
        #expect(Double(wrong.count) <= 0.03 * Double(count), notes)
    }
}
