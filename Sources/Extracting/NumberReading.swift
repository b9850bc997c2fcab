import FoundationEssentials

/// A number as it stands in a sentence, without qualifier or unit.
struct NumberReading: Hashable, Sendable {
    enum Form: Hashable, Sendable {
        case digits, words
        /// A word for a range of numbers ("dozens").
        case vague
        /// A part of a whole ("half", "two thirds"), in percent.
        case fraction
    }

    /// The value; the lower bound of a vague word.
    var low: Decimal
    /// The value; the upper bound of a vague word.
    var high: Decimal
    /// The index behind its last token.
    var end: Int
    var form: Form
    /// Whether a word of scale ("million", "bn") belongs to it.
    var scale: Decimal?
    /// Whether it is written without group marks and decimals.
    var isPlainInteger = false
}
