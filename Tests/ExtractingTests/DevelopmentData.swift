import Foundation
import TallyModel
import Testing

@testable import Extracting

/// The data for development beside the repository.
enum DevelopmentData {
    /// A short text with the numbers that are expected in it.
    struct NumberText: Decodable {
        var subset: String
        var text: String
        var expected: [ExpectedNumber]
        var reference: String?

        /// The day on which the text was written; any day where it bears none.
        var day: Date? { Timestamp.date(from: (reference ?? "2026-02-13T09:00:00") + "Z") }
    }

    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "shared/data")

    static var isThere: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "numbers_gold.jsonl").path)
    }

    static func lines(_ name: String) throws -> [String] {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    static func numberTexts() throws -> [NumberText] {
        try lines("numbers_gold.jsonl").map { try JSONDecoder().decode(NumberText.self, from: Data($0.utf8)) }
    }
}

/// A number that is expected in a text, with its span in Unicode scalars.
struct ExpectedNumber: Decodable {
    struct Resolution: Decodable {
        var value: String?
    }

    var surface: String
    var start: Int
    var end: Int
    var type: String
    var value: Double?
    var low: Double?
    var high: Double?
    var values: [Resolution]?

    private enum CodingKeys: String, CodingKey {
        case surface, start, end, type, value, values
        case low = "lo"
        case high = "hi"
    }

    /// Whether the product takes it for a figure: all but ordinals and the calendar.
    func isFigure(in subset: String) -> Bool {
        switch subset {
        case "datetime": type == "duration"
        case "ordinal": false
        default: type != "ordinal"
        }
    }
}

/// What the parser read at a place, with the span in Unicode scalars.
struct Reading {
    var low: Double?
    var high: Double?
    var unit: String?
    var tokens: Range<Int>
    /// The span with the qualifier, and that of number and unit alone.
    var spans: [Range<Int>] = []
    var words: String { "\(low.map { "\($0)" } ?? "-")...\(high.map { "\($0)" } ?? "-") \(unit ?? "")" }

    init?(_ number: NumberReading?) {
        guard let number else { return nil }
        low = Double(number.low.description)
        high = Double(number.high.description)
        tokens = 0..<number.end
    }

    init?(_ quantity: QuantityReading?) {
        guard let quantity else { return nil }
        low = quantity.low.flatMap { Double($0.description) }
        high = quantity.high.flatMap { Double($0.description) }
        unit = quantity.unit
        tokens = quantity.tokens
    }

    init(_ quantity: QuantityReading, in sentence: Sentence) {
        self.init(quantity: quantity)
        let end = sentence.tokens[quantity.tokens.upperBound - 1].end
        spans = [quantity.tokens.lowerBound, min(quantity.numberStart, quantity.tokens.upperBound - 1)]
            .map { sentence.tokens[$0].start..<end }
    }

    private init(quantity: QuantityReading) {
        low = quantity.low.flatMap { Double($0.description) }
        high = quantity.high.flatMap { Double($0.description) }
        unit = quantity.unit
        tokens = quantity.tokens
    }

    /// Whether a bound is the value, or, of a share, the value in percent to one place.
    func has(_ value: Double) -> Bool {
        [low, high].compactMap { $0 }.contains { bound in
            Self.isEqual(bound, value) || (unit == "percent" && abs(bound - value * 100) <= 0.0501)
        }
    }

    static func isEqual(_ left: Double?, _ right: Double?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return abs(left - right) <= 1e-6 * max(1, abs(left), abs(right))
    }
}

/// How many of the expected numbers were read.
struct NumberScore: CustomStringConvertible {
    var expected = 0
    /// Read with the right value, the spans overlapping.
    var overlapping = 0
    /// Read with the right value and the very span.
    var exact = 0
    var notes: [String] = []

    var description: String {
        "\(expected) expected, \(overlapping) overlapping, \(exact) with the exact span"
    }

    func share(_ count: Int) -> Double { Double(count) / Double(max(1, expected)) }

    mutating func add(_ other: NumberScore) {
        expected += other.expected
        overlapping += other.overlapping
        exact += other.exact
        notes += other.notes
    }

    mutating func add(_ wanted: ExpectedNumber, of text: DevelopmentData.NumberText) {
        expected += 1
        let year = text.day.map { CalendarDay($0).year }
        let near = SentenceSplitter().sentences(of: text.text)
            .flatMap { sentence in Self.readings(in: sentence, year: year) }
            .filter { reading in reading.spans.contains { $0.overlaps(wanted.start..<wanted.end) } }
        let right = near.filter { Self.isRight($0, wanted) }
        if right.isEmpty {
            notes.append(
                "\(text.subset): \(wanted.surface): \(near.map(\.words)) in \(text.text.prefix(120))"
            )
            return
        }
        overlapping += 1
        if right.contains(where: { $0.spans.contains(wanted.start..<wanted.end) }) {
            exact += 1
        } else {
            notes.append("\(text.subset): span of \(wanted.surface): \(right.map(\.spans)) \(wanted.start)")
        }
    }

    /// Reads a sentence from the left as the extractor does, without its filter of what is no claim.
    static func readings(in sentence: Sentence, year: Int?) -> [Reading] {
        var readings: [Reading] = []
        var index = 0
        while index < sentence.tokens.count {
            let quantity =
                AgeReader().age(in: sentence, at: index, year: year)
                ?? QuantityParser().quantity(in: sentence, at: index)
            if let quantity {
                readings.append(Reading(quantity, in: sentence))
                index = max(index + 1, quantity.tokens.upperBound)
            } else {
                index += 1
            }
        }
        return readings
    }

    /// A range is right with both bounds; a duration with its span in seconds, else in its own unit.
    static func isRight(_ reading: Reading, _ wanted: ExpectedNumber) -> Bool {
        if wanted.type == "numberrange" {
            let scaled = [reading.low, reading.high].map { bound in
                reading.unit == "percent" ? bound.map { $0 / 100 } : bound
            }
            return Reading.isEqual(reading.low, wanted.low) && Reading.isEqual(reading.high, wanted.high)
                || Reading.isEqual(scaled[0], wanted.low) && Reading.isEqual(scaled[1], wanted.high)
        }
        if let value = wanted.value { return reading.has(value) }
        guard let seconds = wanted.values?.compactMap(\.value).compactMap(Double.init).first,
            let unit = reading.unit.flatMap(UnitOfMeasure.named), unit.dimension == "time",
            let factor = Double(unit.factor.description)
        else { return false }
        // The data counts 30 days a month and 365 a year.
        let tolerance = ["month", "year", "decade"].contains(unit.name) ? 0.02 : 1e-6
        return [reading.low, reading.high].compactMap { $0 }
            .contains { abs($0 * factor - seconds) <= tolerance * seconds }
    }
}
