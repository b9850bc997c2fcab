import FoundationEssentials
import TallyModel

/// Reads ordinals that count: "the third victim of the blaze" tells of three victims, "the third floor" of none.
struct OrdinalReader: Sendable {
    private let lexer = NumberLexer()

    /// Returns the count that begins at a token; `nil` where no ordinal stands or where it only orders.
    func count(in sentence: Sentence, at index: Int) -> QuantityReading? {
        guard let token = sentence.token(index), token.isNumber || NumberWords.ordinals.contains(token.lower),
            ["a", "its", "the", "their"].contains(sentence.lower(index - 1)),
            let ordinal = lexer.ordinal(in: sentence, at: index), ordinal.low >= 2,
            let next = sentence.token(ordinal.end), next.isWord, !next.isCapitalised,
            !Self.ordering.contains(next.lower),
            countsVictims(in: sentence, at: ordinal.end)
                || countsWithinSpan(in: sentence, at: ordinal.end)
        else { return nil }
        return QuantityReading(
            low: ordinal.low,
            high: ordinal.high,
            qualifier: .exact,
            unit: nil,
            tokens: index..<ordinal.end,
            numberStart: index,
            nounStart: ordinal.end
        )
    }
}

private extension OrdinalReader {
    /// "the third victim of the blaze", "the 14th confirmed death in the district".
    func countsVictims(in sentence: Sentence, at index: Int) -> Bool {
        for position in index..<min(index + 3, sentence.tokens.count)
        where Self.tolls.contains(sentence.lower(position)) {
            return ["of", "from", "in", "linked", "since", "this"].contains(sentence.lower(position + 1))
        }
        return false
    }

    /// "the third fatal accident in national waters this year", "the fourth such attack since May".
    func countsWithinSpan(in sentence: Sentence, at index: Int) -> Bool {
        for position in index + 1..<max(index + 1, min(index + 9, sentence.tokens.count)) {
            let token = sentence.tokens[position]
            guard token.isWord, !Words.auxiliaries.contains(token.lower), !VerbForms.isClearVerb(token.lower)
            else { return false }
            if sentence.lower(position) == "this", UnitTable.isTime(sentence.lower(position + 1)) {
                return true
            }
            if sentence.lower(position) == "since" { return true }
        }
        return false
    }

    static let tolls: Set<String> = ["casualty", "death", "fatality", "victim"]

    /// Words behind an ordinal that make a rank or a stretch of time of it.
    static let ordering: Set<String> = [
        "best", "biggest", "busiest", "consecutive", "day", "deadliest", "floor", "half", "highest",
        "hottest",
        "largest", "longest", "lowest", "month", "most", "of", "place", "quarter", "round", "season",
        "straight",
        "successive", "term", "time", "week", "wettest", "world", "worst", "year",
    ]
}
