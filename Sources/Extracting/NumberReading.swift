import FoundationEssentials

/// A number as it stands in a sentence, without qualifier or unit.
struct NumberReading: Hashable, Sendable {
    enum Form: Hashable, Sendable {
        case digits, words
        /// A word for a range of numbers ("dozens").
        case vague
        /// A part of one ("half", "two thirds", "1/4").
        case fraction
    }

    /// The value; the lower bound of a vague word.
    var low: Decimal
    /// The value; the upper bound of a vague word.
    var high: Decimal
    /// The index behind its last token.
    var end: Int
    var form: Form
    /// The word of scale that belongs to it ("million", "bn"); `nil` where none does.
    var scale: Decimal?
    /// Whether it is written without group marks and decimals.
    var isPlainInteger = false

    /// Makes the reading of one value.
    static func value(_ value: Decimal, end: Int, form: Form, scale: Decimal? = nil) -> NumberReading {
        NumberReading(low: value, high: value, end: end, form: form, scale: scale)
    }
}

extension NumberReading {
    /// Cuts periods off: "5 ft 2 in" are 5.166667 feet.
    mutating func round() {
        guard form != .fraction else { return }
        if low.exponent < -9 { low = NumberLexer.rounded(low, places: 6) }
        if high.exponent < -9 { high = NumberLexer.rounded(high, places: 6) }
    }

    /// Multiplies both bounds, and keeps the factor as a scale.
    mutating func multiply(by factor: Decimal) {
        low *= factor
        high *= factor
        scale = (scale ?? 1) * factor
    }
}
