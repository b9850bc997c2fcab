import FoundationEssentials

extension NumberLexer {
    /// Reads "thirty-seven", "three hundred and fifty", "five point four million", "a dozen", "one and a half".
    ///
    /// - Parameters:
    ///   - sentence: The sentence.
    ///   - index: The token.
    ///   - joinsAnd: Whether "and" may stand within the number.
    ///   - isOrdinal: Whether the last word is an ordinal ("three hundred and second").
    /// - Returns: The number; `nil` where no number word stands.
    func words(
        in sentence: Sentence,
        at index: Int,
        joinsAnd: Bool,
        isOrdinal: Bool = false
    ) -> NumberReading? {
        guard var number = SpelledNumber(in: sentence, at: index) else { return nil }
        while !number.isComplete {
            let word = sentence.lower(number.end)
            if let value = NumberWords.small[word] {
                guard number.take(value, in: sentence) else { break }
            } else if let scale = NumberWords.wordScales[word] ?? NumberWords.scales[word]
                ?? NumberWords.wordMarks[word]
            {
                guard number.multiply(by: scale) else { break }
            } else if word == "point" {
                guard number.takeDecimals(in: sentence) else { break }
            } else if joinsAnd, let part = andPart(in: sentence, at: number.end), number.hasAny {
                number.take(part: part.value, end: part.end, in: sentence)
            } else if word == "and" {
                guard joinsAnd, number.takeAnd(in: sentence) else { break }
            } else if word == "-", sentence.isGlued(number.end), number.hasAny,
                NumberWords.scales[sentence.lower(number.end + 1)] != nil
            {
                number.end += 1
            } else {
                break
            }
        }
        if isOrdinal { return number.ordinal(in: sentence) }
        return number.reading(in: sentence)
    }

    /// Returns the place in an order that a word or digits with an ending name ("third", "42nd", "twenty-first").
    func ordinal(in sentence: Sentence, at index: Int) -> NumberReading? {
        guard let token = sentence.token(index) else { return nil }
        if token.isNumber {
            guard let ending = sentence.token(index + 1), ending.isGlued,
                ["st", "nd", "rd", "th"].contains(ending.lower), let value = Self.decimal(token.text)
            else { return nil }
            return .value(value, end: index + 2, form: .digits)
        }
        if let value = NumberWords.ordinalValues[token.lower] {
            return .value(value, end: index + 1, form: .words)
        }
        return words(in: sentence, at: index, joinsAnd: true, isOrdinal: true)
    }
}
