import FoundationEssentials
import TallyModel

/// Gives a number without a unit the unit of the figure with which its sentence compares it.
///
/// "rose from 6.1 to 7.3 per cent", "115 billion francs from last year's figure of 129 billion": where one figure is
/// held against another of the same kind, the unit is written once.
enum UnitInheritance {
    /// Completes the quantities of a sentence, in their order.
    static func complete(_ readings: inout [QuantityReading], in sentence: Sentence) {
        guard readings.count > 1 else { return }
        for index in readings.indices where isBare(readings[index], in: sentence) {
            if index + 1 < readings.count, isFrom(readings[index], to: readings[index + 1], in: sentence) {
                inherit(&readings[index], from: readings[index + 1], in: sentence)
            } else if index > 0, isCompared(readings[index], in: sentence) {
                inherit(&readings[index], from: readings[index - 1], in: sentence)
            }
        }
    }
}

private extension UnitInheritance {
    /// Whether neither a unit nor a noun follows.
    static func isBare(_ reading: QuantityReading, in sentence: Sentence) -> Bool {
        guard reading.unit == nil, !reading.isAdjective, reading.qualifier != .vague else { return false }
        guard let next = sentence.token(reading.nounStart), next.isWord else { return true }
        return Words.stops.contains(next.lower) || Words.auxiliaries.contains(next.lower)
    }

    /// "from 6.1 to 7.3 per cent": one unit for both.
    static func isFrom(_ reading: QuantityReading, to next: QuantityReading, in sentence: Sentence) -> Bool {
        sentence.lower(reading.tokens.lowerBound - 1) == "from"
            && sentence.lower(reading.tokens.upperBound) == "to"
            && next.tokens.lowerBound == reading.tokens.upperBound + 1
    }

    /// Whether another figure stands before: "from 38", "rather than the 7.9", "against a revised 329 million", "from last year's figure of 129 billion".
    static func isCompared(_ reading: QuantityReading, in sentence: Sentence) -> Bool {
        var position = reading.tokens.lowerBound - 1
        if sentence.lower(position) == "of", levels.contains(sentence.lower(position - 1)) {
            position -= 2
            while position >= 0, !comparing.contains(sentence.lower(position)),
                reading.numberStart - position < 8
            {
                position -= 1
            }
        }
        while fillers.contains(sentence.lower(position)) { position -= 1 }
        return comparing.contains(sentence.lower(position))
    }

    static func inherit(_ reading: inout QuantityReading, from other: QuantityReading, in sentence: Sentence)
    {
        guard let unit = other.unit, !other.isAge, !UnitTable.times.contains(unit),
            let value = reading.low ?? reading.high, let level = other.low ?? other.high, value > 0, level > 0
        else { return }
        // "from 3 to 5 million"
        if let scale = other.scale, scale >= 1000, reading.scale == nil, value < 1000, value * 1000 < level {
            reading.low = reading.low.map { $0 * scale }
            reading.high = reading.high.map { $0 * scale }
            reading.scale = scale
        }
        // What is compared is of one size: "up 3% from 12,000" compares no shares.
        let size = (reading.low ?? reading.high ?? 0) / level
        guard size > Decimal(1) / 20, size < 20 else { return }
        reading.unit = unit
    }

    static let comparing: Set<String> = ["against", "from", "than", "versus", "vs"]
    static let fillers: Set<String> = ["a", "an", "just", "only", "revised", "the", "to"]
    static let levels: Set<String> = [
        "average", "estimate", "figure", "forecast", "high", "level", "low", "peak", "record", "target",
        "total",
    ]
}
