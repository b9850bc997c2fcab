import FoundationEssentials
import TallyModel

/// Reads ages that bear no unit: years of birth, "in his early fifties", ages behind a name or a noun.
struct AgeReader: Sendable {
    private let lexer = NumberLexer()

    /// Returns the age that begins at a token; `nil` where none begins.
    ///
    /// - Parameters:
    ///   - sentence: The sentence.
    ///   - index: The token.
    ///   - year: The year in which the article was published; a year of birth tells no age without it.
    /// - Returns: The age, with the unit year.
    func age(in sentence: Sentence, at index: Int, year: Int?) -> QuantityReading? {
        switch sentence.lower(index) {
        case "born": birthYear(in: sentence, at: index, year: year)
        case "in": decade(in: sentence, at: index)
        case "ages" where sentence.lower(index + 1) == "of": between(in: sentence, at: index + 2)
        case "aged" where sentence.lower(index + 1) == "between": between(in: sentence, at: index + 2)
        case "aged" where sentence.lower(index + 1) == "from": aged(in: sentence, at: index + 1)
        case "aged": aged(in: sentence, at: index)
        case "age" where sentence.lower(index + 1) == "of": aged(in: sentence, at: index + 1)
        case "age": aged(in: sentence, at: index)
        case "at": at(in: sentence, at: index)
        default: bare(in: sentence, at: index)
        }
    }
}

private extension AgeReader {
    func make(
        _ low: Decimal?,
        _ high: Decimal?,
        _ qualifier: Quantity.Qualifier,
        _ tokens: Range<Int>
    ) -> QuantityReading {
        var reading = QuantityReading(
            low: low,
            high: high,
            qualifier: qualifier,
            unit: "year",
            tokens: tokens,
            numberStart: tokens.lowerBound,
            nounStart: tokens.upperBound
        )
        reading.isAge = true
        return reading
    }

    /// "between the ages of 35 and 40".
    func between(in sentence: Sentence, at index: Int) -> QuantityReading? {
        guard let first = lexer.number(in: sentence, at: index, joinsAnd: false),
            sentence.lower(first.end) == "and",
            let second = lexer.number(in: sentence, at: first.end + 1), second.low > first.low,
            second.low <= 115
        else { return nil }
        return make(first.low, second.low, .range, index..<second.end)
    }

    /// "born in 2005", "born on 3 May 1981", "born 1999".
    func birthYear(in sentence: Sentence, at index: Int, year: Int?) -> QuantityReading? {
        guard let year else { return nil }
        var position = index + 1
        while position < index + 8, let token = sentence.token(position) {
            if token.isNumber, token.text.utf8.count == 4, let birth = Int(token.text), birth > 1880,
                birth <= year
            {
                let age = year - birth
                guard age > 0 else { return nil }
                return make(Decimal(age - 1), Decimal(age), .range, index..<(position + 1))
            }
            let isPart =
                token.isNumber || ["in", "on", "around", "about", ",", "the", "of"].contains(token.lower)
                || Words.months[token.lower] != nil
            guard isPart else { return nil }
            position += 1
        }
        return nil
    }

    /// "in his early fifties", "in her 30s".
    func decade(in sentence: Sentence, at index: Int) -> QuantityReading? {
        guard ["his", "her", "their", "my", "its"].contains(sentence.lower(index + 1)) else { return nil }
        var position = index + 2
        var part = ""
        if ["early", "mid", "late"].contains(sentence.lower(position)) {
            part = sentence.lower(position)
            position += 1
            if sentence.lower(position) == "-" { position += 1 }
        }
        var tens: Int
        var end = position + 1
        if let value = Self.decades[sentence.lower(position)] {
            tens = value
        } else if let token = sentence.token(position), token.isNumber, let value = Int(token.text),
            value % 10 == 0, value >= 20,
            value < 100, sentence.lower(position + 1) == "s" || sentence.lower(position + 1) == "'s"
        {
            tens = value
            end += 1
        } else {
            return nil
        }
        let bounds: (Int, Int) =
            switch part {
            case "early": (0, 3)
            case "mid": (4, 6)
            case "late": (7, 9)
            default: (0, 9)
            }
        return make(Decimal(tens + bounds.0), Decimal(tens + bounds.1), .range, index..<end)
    }

    /// "aged 41", "aged between 3 and 12" is left to the parser.
    func aged(in sentence: Sentence, at index: Int) -> QuantityReading? {
        guard let number = lexer.number(in: sentence, at: index + 1, joinsAnd: false), number.low <= 115,
            number.form != .vague
        else { return nil }
        let connector = sentence.lower(number.end)
        if connector == "to" || connector == "-" || connector == "\u{2013}",
            let second = lexer.number(in: sentence, at: number.end + 1),
            second.low > number.low
        {
            return make(number.low, second.high, .range, (index + 1)..<second.end)
        }
        let tokens = (index + 1)..<number.end
        if ["and", "or"].contains(connector) {
            switch sentence.lower(number.end + 1) {
            case "above", "older", "over", "up":
                return make(number.low, nil, .atLeast, (index + 1)..<(number.end + 2))
            case "under", "younger":
                return make(nil, number.high, .atMost, (index + 1)..<(number.end + 2))
            default: break
            }
        }
        return make(number.low, number.high, .exact, tokens)
    }

    /// "At 41, she …", "the youngest at 22,".
    func at(in sentence: Sentence, at index: Int) -> QuantityReading? {
        guard let number = lexer.number(in: sentence, at: index + 1), number.low >= 10, number.low <= 115,
            number.low == number.high, sentence.lower(number.end) == ",",
            Self.persons.contains(sentence.lower(number.end + 1))
                || (sentence.lower(number.end + 1) == "the"
                    && Self.persons.contains(sentence.lower(number.end + 2)))
        else { return nil }
        return make(number.low, number.high, .exact, (index + 1)..<number.end)
    }

    /// "Voss, 51, said", "a baby-faced gunman, 19, caught", "he was 19,", "Pell (46)".
    func bare(in sentence: Sentence, at index: Int) -> QuantityReading? {
        guard let token = sentence.token(index), token.isNumber || NumberWords.small[token.lower] != nil,
            let number = lexer.number(in: sentence, at: index), number.low >= 1, number.low <= 115,
            number.form != .fraction,
            number.form != .vague
        else { return nil }
        let after = sentence.lower(number.end)
        // "girls aged five and 10": the second of two ages.
        if sentence.lower(index - 1) == "and", sentence.lower(index - 3) == "aged",
            !(sentence.token(number.end)?.isWord ?? false) || Words.auxiliaries.contains(after)
        {
            return make(number.low, number.high, .exact, index..<number.end)
        }
        let isClosed =
            number.end >= sentence.tokens.count || [",", ".", ")", ";"].contains(after) || after == "and"
            || after == "when"
        guard isClosed else { return nil }
        let before = sentence.lower(index - 1)
        guard let bearer = sentence.token(index - 2), bearer.isWord else { return nil }
        if before == "(", after == ")", bearer.isCapitalised, !ClaimFilter.isVersion(sentence, at: index) {
            return make(number.low, number.high, .exact, index..<number.end)
        }
        if before == ",", after == "," || number.end >= sentence.tokens.count || after == "." {
            let isName =
                bearer.isCapitalised && (index - 2 > 0 || number.low >= 16)
                && Words.months[bearer.lower] == nil
                && Words.weekdays[bearer.lower] == nil
            let isSingularPerson = PersonNouns.contains(bearer.lower) && !Words.isPlural(bearer.lower)
            guard
                isName
                    ? (after == "," || isFullName(sentence, endingAt: index - 2))
                        && !isPlaceList(sentence, at: index, end: number.end)
                    : isSingularPerson
            else { return nil }
            return make(number.low, number.high, .exact, index..<number.end)
        }
        if ["was", "is", "be"].contains(before), token.isNumber || number.low > 12 {
            let isPerson =
                ["he", "she", "who"].contains(bearer.lower)
                || (bearer.lower == "to" && sentence.lower(index - 3) == "believed")
            return isPerson ? make(number.low, number.high, .exact, index..<number.end) : nil
        }
        return nil
    }

    /// "Jens Torp, 53.": two names with nothing but a role before them.
    func isFullName(_ sentence: Sentence, endingAt index: Int) -> Bool {
        guard let first = sentence.token(index - 1), first.isCapitalised, first.isWord else { return false }
        return PersonNouns.contains(sentence.lower(index - 2))
            || Self.said.contains(sentence.lower(index - 2))
    }

    static let said: Set<String> = ["according", "added", "recalled", "said", "says"]
    static let persons: Set<String> = ["eldest", "he", "oldest", "she", "younger", "youngest"]

    /// "Lines 4, 12 and 28": a list of numbers.
    func isPlaceList(_ sentence: Sentence, at index: Int, end: Int) -> Bool {
        (sentence.token(end + 1)?.isNumber ?? false) || (sentence.token(index - 2)?.isNumber ?? false)
    }

    static let decades: [String: Int] = [
        "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
        "eighties": 80, "nineties": 90,
    ]
}
