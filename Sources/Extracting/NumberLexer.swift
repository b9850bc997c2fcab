import FoundationEssentials

/// Reads numbers in digits and in words.
struct NumberLexer: Sendable {
    /// Returns the number that begins at a token; `nil` where none begins.
    ///
    /// - Parameters:
    ///   - sentence: The sentence.
    ///   - index: The token.
    ///   - joinsAnd: Whether "and" may stand within the number; not where it parts two numbers ("between").
    ///   - isMoney: Whether a sign of currency stands before the number: then "m" is a million and no metre.
    /// - Returns: The number; the longest where several begin.
    func number(
        in sentence: Sentence,
        at index: Int,
        joinsAnd: Bool = true,
        isMoney: Bool = false
    ) -> NumberReading? {
        guard let token = sentence.token(index) else { return nil }
        switch token.kind {
        case .number:
            return fractionInDigits(in: sentence, at: index)
                ?? digits(in: sentence, at: index, joinsAnd: joinsAnd, isMoney: isMoney)
        case .word:
            return fraction(in: sentence, at: index) ?? vague(in: sentence, at: index)
                ?? words(in: sentence, at: index, joinsAnd: joinsAnd)
        case .symbol:
            if let part = NumberWords.signs[token.text] {
                return .value(part, end: index + 1, form: .fraction)
            }
            return bareDecimal(in: sentence, at: index)
        case .quote: return nil
        }
    }
}

extension NumberLexer {
    /// Returns the value of digits with marks between groups and before decimals; `nil` beyond 18 digits.
    ///
    /// A mark that stands once and alone parts the decimals where it is a full stop, and groups where it is a comma;
    /// of two different marks the last one parts the decimals.
    static func decimal(_ text: String) -> Decimal? {
        var mantissa: Int64 = 0
        var digits = 0
        var behindMark = 0
        var lastMark: UInt8 = 0
        var isMixed = false
        var marks = 0
        for byte in text.utf8 {
            if byte >= 48 && byte <= 57 {
                digits += 1
                guard digits <= 18 else { return nil }
                mantissa = mantissa * 10 + Int64(byte - 48)
                behindMark += 1
            } else if behindMark > 0 || digits == 0 {
                // A mark beyond ASCII has several bytes: only its first one follows a digit.
                isMixed = marks > 0 && byte != lastMark
                lastMark = byte
                behindMark = 0
                marks += 1
            }
        }
        guard digits > 0 else { return nil }
        let isDecimal =
            lastMark == UInt8(ascii: ".") && (marks == 1 || isMixed)
            || lastMark == UInt8(ascii: ",") && isMixed && behindMark < 3
        return Decimal(sign: .plus, exponent: isDecimal ? -behindMark : 0, significand: Decimal(mantissa))
    }

    /// Words behind "m" that make a metre of it.
    static let metreNeighbours: Set<String> = [
        "above", "across", "apart", "away", "beam", "below", "beneath", "deep", "freestyle", "from", "high",
        "hurdles", "long", "race",
        "sprint", "tall", "thick", "under", "wide", "x",
    ]
}

private extension NumberLexer {
    func digits(in sentence: Sentence, at index: Int, joinsAnd: Bool, isMoney: Bool) -> NumberReading? {
        let token = sentence.tokens[index]
        guard var value = Self.decimal(token.text) else { return nil }
        var end = index + 1
        var isPlain = token.text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
        // "2½", "2 1/4"
        if let next = sentence.token(end), let part = NumberWords.signs[next.text] {
            value += part
            end += 1
            isPlain = false
        } else if let part = fractionInDigits(in: sentence, at: end), isPlain {
            value += part.low
            end = part.end
            isPlain = false
        }
        var scale: Decimal?
        if let match = self.scale(in: sentence, at: end, of: value, isMoney: isMoney) {
            scale = match.factor
            end = match.end
        } else if joinsAnd, let part = andPart(in: sentence, at: end) {
            // "3 and a half million"
            value += part.value
            end = part.end
            isPlain = false
            if let factor = NumberWords.scales[sentence.lower(end)] {
                scale = factor
                end += 1
            }
        }
        guard var factor = scale else {
            var reading = NumberReading.value(value, end: end, form: .digits)
            reading.isPlainInteger = isPlain
            return reading
        }
        value *= factor
        // "200 thousand million", "3 lakh crore"
        while let more = NumberWords.scales[sentence.lower(end)] {
            value *= more
            factor *= more
            end += 1
        }
        if let rest = rest(in: sentence, at: end, below: factor, joinsAnd: joinsAnd) {
            value += rest.value
            end = rest.end
        }
        return .value(value, end: end, form: .digits, scale: factor)
    }

    /// "million", "-million", "bn", "k"; "m" only where it is no metre.
    func scale(
        in sentence: Sentence,
        at index: Int,
        of value: Decimal,
        isMoney: Bool
    ) -> (factor: Decimal, end: Int)? {
        guard let next = sentence.token(index) else { return nil }
        if next.text == "-", next.isGlued, sentence.isGlued(index + 1),
            let word = NumberWords.scales[sentence.lower(index + 1)]
        {
            return (word, index + 2)
        }
        guard next.isWord else { return nil }
        if let word = NumberWords.scales[next.lower] { return (word, index + 1) }
        guard let mark = NumberWords.marks[next.lower] else { return nil }
        switch next.lower {
        case "t": return isMoney && next.isGlued ? (mark, index + 1) : nil
        case "m":
            if next.isGlued {
                // "1,245m" is a height: nobody writes thousands of millions so, but for money.
                return isMoney || value < 1000 && !isMetre(sentence, at: index) ? (mark, index + 1) : nil
            }
            return isMoney || next.text == "M" ? (mark, index + 1) : nil
        case "mm": return next.text == "MM" ? (mark, index + 1) : nil
        case "b": return next.isGlued ? (mark, index + 1) : nil
        case "k": return next.isGlued || !isMoney ? (mark, index + 1) : nil
        default: return (mark, index + 1)
        }
    }

    /// "a 10m (33ft) wave", "3m high", "100m race".
    func isMetre(_ sentence: Sentence, at index: Int) -> Bool {
        var next = index + 1
        if sentence.lower(next) == "-" { next += 1 }
        if sentence.lower(next) == "(" { return UnitTable.isLength(sentence.lower(next + 2)) }
        return Self.metreNeighbours.contains(sentence.lower(next))
    }

    /// "6 crore and two hundred", "3 crore 12 lakh", "3 million and a half".
    func rest(
        in sentence: Sentence,
        at index: Int,
        below scale: Decimal,
        joinsAnd: Bool
    ) -> (value: Decimal, end: Int)? {
        if sentence.lower(index) == "and" {
            guard joinsAnd else { return nil }
            if scale == 100 {
                // "3 hundred and one"
                guard let rest = words(in: sentence, at: index + 1, joinsAnd: false), rest.low < 100,
                    rest.scale == nil
                else { return nil }
                return (rest.low, rest.end)
            }
            if let part = andPart(in: sentence, at: index) { return (part.value * scale, part.end) }
            guard let rest = words(in: sentence, at: index + 1, joinsAnd: true), rest.low * 10 < scale,
                rest.scale == 100
            else { return nil }
            return (rest.low, rest.end)
        }
        guard let next = sentence.token(index), next.isNumber, let value = Self.decimal(next.text),
            value < 1000,
            let factor = NumberWords.scales[sentence.lower(index + 1)], factor * value < scale
        else { return nil }
        return (value * factor, index + 2)
    }

    /// ".08": a decimal part without its zero.
    func bareDecimal(in sentence: Sentence, at index: Int) -> NumberReading? {
        guard let token = sentence.token(index), token.text == ".", !token.isGlued,
            let next = sentence.token(index + 1), next.isNumber, next.isGlued,
            let value = Self.decimal("0." + next.text)
        else { return nil }
        return .value(value, end: index + 2, form: .digits)
    }
}
