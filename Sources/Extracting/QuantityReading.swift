import FoundationEssentials
import TallyModel

/// A quantity as it stands in a sentence: its bounds, its unit where the words name one, and its tokens.
struct QuantityReading: Sendable {
    var low: Decimal?
    var high: Decimal?
    var qualifier: Quantity.Qualifier
    /// The unit that the words name; `nil` where things are counted.
    var unit: String?
    /// The word of scale of the number ("million"); `nil` where none stands.
    var scale: Decimal?
    /// The tokens of the surface, with the qualifier.
    var tokens: Range<Int>
    /// The index of the first token of the number itself.
    var numberStart: Int
    /// The index from which the noun is read.
    var nounStart: Int
    /// Whether it modifies a noun ("20-year-old", "one-week").
    var isAdjective = false
    /// Whether it came on top of an earlier total.
    var isIncrement = false
    /// Whether its number was written in plain digits.
    var isPlainInteger = false
    var isFraction = false
    /// Whether a pair of numbers falls, as only scores do ("3-1").
    var isFalling = false
    /// Whether two numbers stand on either side of a hyphen.
    var isHyphenated = false
    /// Whether it is an age ("20-year-old", "aged 41", "born in 2005").
    var isAge = false

    /// Whether it is the none of a denial: "denied that any soldier …".
    var isDenial = false

    /// The tokens of the number itself, without its qualifier.
    var number: Range<Int> { numberStart..<max(numberStart + 1, tokens.upperBound) }
}
