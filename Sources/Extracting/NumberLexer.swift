import FoundationEssentials

/// Reads numbers in digits and in words.
struct NumberLexer: Sendable {
    /// Returns the number that begins at a token; `nil` where none begins.
    func number(in sentence: Sentence, at index: Int) -> NumberReading? {
        guard let token = sentence.token(index) else { return nil }
        if token.isNumber { return digits(in: sentence, at: index) }
        guard token.isWord else { return nil }
        return fraction(in: sentence, at: index) ?? vague(in: sentence, at: index)
            ?? words(in: sentence, at: index)
    }
}

extension NumberLexer {
    /// Returns a share in percent, to one place: "two thirds" is 66.7.
    static func percent(_ part: Int, of whole: Int) -> Decimal {
        let tenths = (part * 2_000 + whole) / (2 * whole)
        return Decimal(sign: .plus, exponent: -1, significand: Decimal(tenths))
    }
}

private extension NumberLexer {
    func digits(in sentence: Sentence, at index: Int) -> NumberReading? {
        let token = sentence.tokens[index]
        guard var value = Self.decimal(token.text) else { return nil }
        var end = index + 1
        var scale: Decimal?
        var isPlain = token.text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
        // "2½"
        if let next = sentence.token(end), next.isGlued, let part = Self.vulgar[next.text] {
            value += part
            end += 1
            isPlain = false
        }
        if let next = sentence.token(end), next.isWord {
            if next.isGlued {
                // "1,245m" is a height: nobody writes thousands of millions so, but for money.
                let isLength = next.text == "m" && value >= 1000 && !isMoney(sentence, at: index)
                if let mark = NumberWords.marks[next.lower], next.text != "T", !isLength {
                    scale = mark
                    end += 1
                }
            } else if let word = NumberWords.scales[next.lower], next.lower != "score" {
                scale = word
                end += 1
            } else if next.lower == "bn" || next.lower == "tn" || next.lower == "mln" || next.lower == "mn" {
                scale = NumberWords.marks[next.lower]
                end += 1
            } else if next.lower == "and", sentence.lower(end + 1) == "a", sentence.lower(end + 2) == "half" {
                value += Decimal(5) / Decimal(10)
                end += 3
            }
        } else if sentence.lower(end) == "-", sentence.isGlued(end), sentence.isGlued(end + 1),
            let word = NumberWords.scales[sentence.lower(end + 1)]
        {
            scale = word
            end += 2
        }
        if let factor = scale {
            value *= factor
            // "200 thousand million", "3 lakh crore"
            while let more = NumberWords.scales[sentence.lower(end)], sentence.lower(end) != "score" {
                value *= more
                scale = factor * more
                end += 1
            }
        }
        return NumberReading(
            low: value,
            high: value,
            end: end,
            form: .digits,
            scale: scale,
            isPlainInteger: isPlain && scale == nil
        )
    }

    /// "half", "a third", "two thirds", "half a million", "a quarter of a million".
    func fraction(in sentence: Sentence, at index: Int) -> NumberReading? {
        // "the second half of 2028"
        if NumberWords.ordinals.contains(sentence.lower(index - 1)) { return nil }
        var position = index
        var numerator = 1
        let word = sentence.lower(index)
        if word == "a" || word == "an" || word == "one" {
            position += 1
        } else if word == "half" {
            if sentence.isGlued(index + 1), sentence.lower(index + 1) == "-" { return nil }
        } else if let value = NumberWords.small[word], value > 1, value < 10 {
            numerator = value
            position += 1
        } else {
            return nil
        }
        if sentence.lower(position) == "-", sentence.isGlued(position) { position += 1 }
        guard let denominator = NumberWords.denominators[sentence.lower(position)] else { return nil }
        // "half a metre"
        if word == "half", ["a", "an"].contains(sentence.lower(index + 1)),
            UnitTable.units.match(in: sentence, at: index + 2) != nil
        {
            let half = Decimal(5) / Decimal(10)
            return NumberReading(low: half, high: half, end: index + 2, form: .words)
        }
        let isPlural = sentence.lower(position).hasSuffix("s")
        guard (numerator > 1) == isPlural else { return nil }
        var end = position + 1
        // "half a million", "a quarter of a million", "half a dozen"
        var probe = end
        if sentence.lower(probe) == "of", sentence.lower(probe + 1) == "a" { probe += 1 }
        if sentence.lower(probe) == "a" || sentence.lower(probe) == "-" { probe += 1 }
        if let scale = NumberWords.scales[sentence.lower(probe)], sentence.lower(probe) != "score" {
            end = probe + 1
            let value = Decimal(numerator) * scale / Decimal(denominator)
            return NumberReading(low: value, high: value, end: end, form: .words, scale: scale)
        }
        if numerator == 1, denominator != 2, denominator != 4, sentence.lower(end) != "of",
            sentence.lower(index - 1) != "by"
        {
            return nil
        }
        if word == "half", sentence.lower(end) == "past" || sentence.lower(end) == "way" { return nil }
        let percent = Self.percent(numerator, of: denominator)
        return NumberReading(low: percent, high: percent, end: end, form: .fraction)
    }

    /// "several", "dozens", "a few hundred", "tens of thousands".
    func vague(in sentence: Sentence, at index: Int) -> NumberReading? {
        var position = index
        let first = sentence.lower(index)
        if first == "a" {
            guard
                sentence.lower(index + 1) == "few" || sentence.lower(index + 1) == "handful"
                    || sentence.lower(index + 1) == "couple" || sentence.lower(index + 1) == "score"
            else { return nil }
            position += 1
            if sentence.lower(position) == "couple" {
                guard sentence.lower(position + 1) == "of" else { return nil }
                return NumberReading(low: 2, high: 2, end: position + 2, form: .words)
            }
            if sentence.lower(position) == "score" {
                guard sentence.lower(position + 1) == "of" || !isEndOfPhrase(sentence, position + 1) else {
                    return nil
                }
                return NumberReading(low: 20, high: 20, end: position + 1, form: .words)
            }
        } else if first == "few" {
            return nil
        }
        let word = sentence.lower(position)
        if word == "tens" || word == "hundreds", sentence.lower(position + 1) == "of",
            let bounds = NumberWords.vague[sentence.lower(position + 2)], bounds.low >= 2000
        {
            let factor: Decimal = word == "tens" ? 10 : 100
            // The upper bound stays the last whole number below the next word: 99,999 and not 99,990.
            let high = (bounds.high + 1) * factor - 1
            return NumberReading(low: bounds.low * factor, high: high, end: position + 3, form: .vague)
        }
        guard let bounds = NumberWords.vague[word] else { return nil }
        var end = position + 1
        if bounds.high < 10 {
            if sentence.lower(end) == "dozen" {
                let isFew = word == "few"
                return NumberReading(low: isFew ? 24 : 36, high: isFew ? 60 : 99, end: end + 1, form: .vague)
            }
            if let scale = NumberWords.scales[sentence.lower(end)] {
                end += 1
                return NumberReading(
                    low: bounds.low * scale,
                    high: bounds.high * scale,
                    end: end,
                    form: .vague,
                    scale: scale
                )
            }
        }
        return NumberReading(low: bounds.low, high: bounds.high, end: end, form: .vague)
    }

    func isEndOfPhrase(_ sentence: Sentence, _ index: Int) -> Bool {
        guard let token = sentence.token(index) else { return true }
        return !token.isWord
    }

    /// "thirty-seven", "three hundred and fifty", "five point four million", "a dozen", "one and a half".
    func words(in sentence: Sentence, at index: Int) -> NumberReading? {
        var position = index
        var total: Decimal = 0
        var group: Decimal = 0
        var lastScale: Decimal?
        var hasAny = false
        if sentence.lower(index) == "a" || sentence.lower(index) == "an" {
            guard NumberWords.scales[sentence.lower(index + 1)] != nil, sentence.lower(index + 1) != "score"
            else {
                return nil
            }
            group = 1
            position += 1
            hasAny = true
        } else if NumberWords.scales[sentence.lower(index)] != nil {
            // "dozen" and "score" alone: "the dozen men".
            guard sentence.lower(index) == "dozen" else { return nil }
            return NumberReading(low: 12, high: 12, end: index + 1, form: .words)
        }
        var canTakeSmall = !hasAny
        while let token = sentence.token(position) {
            if let value = NumberWords.small[token.lower] {
                guard canTakeSmall || (value < 10 && group.isTens && sentence.lower(position - 1) == "-")
                else { break }
                if hasAny, sentence.lower(position - 1) != "-", sentence.lower(position - 1) != "and",
                    group.isTens == false, lastScale == nil
                {
                    break
                }
                group += Decimal(value)
                hasAny = true
                canTakeSmall = false
                position += 1
                if value >= 20, sentence.lower(position) == "-",
                    let next = NumberWords.small[sentence.lower(position + 1)],
                    next < 10, next > 0
                {
                    group += Decimal(next)
                    position += 2
                } else if value >= 20, let next = NumberWords.small[sentence.lower(position)], next < 10,
                    next > 0
                {
                    group += Decimal(next)
                    position += 1
                }
            } else if let scale = NumberWords.scales[token.lower], hasAny, token.lower != "score" {
                if scale == 12 {
                    group *= scale
                    position += 1
                    lastScale = nil
                    break
                }
                if scale == 100 {
                    group *= scale
                } else {
                    total += (group == 0 ? 1 : group) * scale
                    group = 0
                }
                lastScale = scale
                canTakeSmall = true
                position += 1
            } else if token.lower == "and", hasAny {
                if sentence.lower(position + 1) == "a", sentence.lower(position + 2) == "half" {
                    let half = Decimal(5) / Decimal(10)
                    if group == 0, let lastScale { total += lastScale * half } else { group += half }
                    position += 3
                    canTakeSmall = false
                    continue
                }
                guard lastScale != nil, canTakeSmall, lastScale == 100 || lastScale == 1000,
                    NumberWords.small[sentence.lower(position + 1)] != nil
                else { break }
                position += 1
            } else if hasAny, lastScale == nil,
                sentence.matches(["-", "and", "-", "a", "-", "half"], at: position)
            {
                group += Decimal(5) / Decimal(10)
                position += 6
                break
            } else if token.lower == "point", hasAny,
                let digit = NumberWords.small[sentence.lower(position + 1)], digit < 10
            {
                group += Decimal(digit) / 10
                position += 2
                canTakeSmall = false
            } else if token.lower == "-", token.isGlued, hasAny,
                NumberWords.scales[sentence.lower(position + 1)] != nil
            {
                position += 1
            } else {
                break
            }
        }
        guard hasAny else { return nil }
        let value = total + group
        return NumberReading(low: value, high: value, end: position, form: .words, scale: lastScale)
    }

    func isMoney(_ sentence: Sentence, at index: Int) -> Bool {
        sentence.token(index - 1).map {
            UnitTable.signs[$0.text] != nil || UnitTable.codes.contains($0.lower)
        } ?? false
    }

    static let vulgar: [String: Decimal] = [
        "\u{BD}": Decimal(5) / 10, "\u{BC}": Decimal(25) / 100, "\u{BE}": Decimal(75) / 100,
    ]

    static func decimal(_ text: String) -> Decimal? {
        var mantissa: Int64 = 0
        var exponent = 0
        var isFraction = false
        var digits = 0
        for byte in text.utf8 {
            if byte >= 48 && byte <= 57 {
                digits += 1
                guard digits <= 18 else { return nil }
                mantissa = mantissa * 10 + Int64(byte - 48)
                if isFraction { exponent -= 1 }
            } else if byte == UInt8(ascii: ".") {
                isFraction = true
            }
        }
        guard digits > 0 else { return nil }
        return Decimal(sign: .plus, exponent: exponent, significand: Decimal(mantissa))
    }
}

private extension Decimal {
    /// Whether it is a multiple of ten from 20 to 90.
    var isTens: Bool { [20, 30, 40, 50, 60, 70, 80, 90].contains(self) }
}
