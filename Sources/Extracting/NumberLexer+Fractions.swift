import FoundationEssentials

extension NumberLexer {
    /// Returns a part of one in percent, to one place: "two thirds" is 66.7.
    static func percent(_ part: Decimal) -> Decimal { rounded(part * 100, places: 1) }

    /// Returns a value to some places behind the point, halves away from zero.
    static func rounded(_ value: Decimal, places: Int) -> Decimal {
        let scaled = value * Decimal(sign: .plus, exponent: places, significand: 1)
        let half = Decimal(5) / Decimal(value < 0 ? -10 : 10)
        guard let whole = Int((scaled + half).description.prefix { $0 != "." }) else { return value }
        return Decimal(whole) * Decimal(sign: .plus, exponent: -places, significand: 1)
    }

    /// Reads "half", "a third", "two thirds", "half a million", "a quarter of a million".
    func fraction(in sentence: Sentence, at index: Int) -> NumberReading? {
        // "the second half of 2028", "the 1st quarter", "third-quarter revenue"
        let isHyphened = sentence.isGlued(index) && sentence.lower(index - 1) == "-"
        let before = sentence.lower(isHyphened ? index - 2 : index - 1)
        if NumberWords.ordinals.contains(before)
            || sentence.isGlued(isHyphened ? index - 2 : index - 1)
                && ["st", "nd", "rd", "th"].contains(before)
        {
            return nil
        }
        guard let part = part(in: sentence, at: index) else { return nil }
        var end = part.end
        // "half a million", "a quarter of a million", "half-dozen"
        var probe = end
        if sentence.lower(probe) == "of", sentence.lower(probe + 1) == "a" { probe += 1 }
        if sentence.lower(probe) == "-" { probe += 1 }
        if sentence.lower(probe) == "a" { probe += 1 }
        if sentence.lower(probe) == "-" { probe += 1 }
        if let scale = NumberWords.scales[sentence.lower(probe)] {
            end = probe + 1
            return .value(part.value * scale, end: end, form: .words, scale: scale)
        }
        guard !isOrdinal(sentence, at: index, end: end), !isPrefix(sentence, end: end) else { return nil }
        return .value(part.value, end: end, form: .fraction)
    }

    /// Reads a part of one: "half", "a half", "three-quarters", "five - eighths".
    func part(in sentence: Sentence, at index: Int) -> (value: Decimal, end: Int)? {
        var position = index
        var numerator = 1
        let word = sentence.lower(index)
        if word == "a" || word == "an" {
            position += 1
        } else if word == "half" || word == "quarter" {
            position = index
        } else if let value = NumberWords.small[word], value >= 1, value < 20 {
            numerator = value
            position += 1
        } else {
            return nil
        }
        if sentence.lower(position) == "-", position > index { position += 1 }
        guard let denominator = NumberWords.denominators[sentence.lower(position)],
            (numerator > 1) == sentence.lower(position).hasSuffix("s"),
            // "two quarters of growth" are half a year.
            denominator != 4 || numerator % 2 == 1
        else { return nil }
        return (Decimal(numerator) / Decimal(denominator), position + 1)
    }

    /// Reads "and a half", "-and-a-half", "and three quarters" behind a whole number.
    func andPart(in sentence: Sentence, at index: Int) -> (value: Decimal, end: Int)? {
        var position = index
        if sentence.lower(position) == "-", sentence.isGlued(position) { position += 1 }
        guard sentence.lower(position) == "and" else { return nil }
        position += 1
        if sentence.lower(position) == "-", sentence.isGlued(position) { position += 1 }
        if sentence.lower(position) == "a", sentence.lower(position + 1) == "-",
            let denominator = NumberWords.denominators[sentence.lower(position + 2)]
        {
            return (1 / Decimal(denominator), position + 3)
        }
        // "two men were killed and a third was wounded", "one and half the crew"
        guard let part = part(in: sentence, at: position),
            !Words.auxiliaries.contains(sentence.lower(part.end)),
            !["a", "of", "the"].contains(sentence.lower(part.end))
        else { return nil }
        return part
    }

    /// Reads "1/4" and "3/8" where a whole number or a unit tells them from dates and scores.
    func fractionInDigits(in sentence: Sentence, at index: Int) -> NumberReading? {
        guard sentence.lower(index + 1) == "/", sentence.isGlued(index + 1), sentence.isGlued(index + 2),
            let first = sentence.token(index), first.isNumber, let second = sentence.token(index + 2),
            second.isNumber, let numerator = Int(first.text), let denominator = Int(second.text),
            numerator > 0, numerator < denominator, Self.printedDenominators.contains(denominator)
        else { return nil }
        let isMixed = sentence.token(index - 1)?.isNumber ?? false
        var next = index + 3
        if sentence.lower(next) == "-" { next += 1 }
        let hasUnit = UnitTable.units.match(in: sentence, at: next) != nil
        guard isMixed || hasUnit || sentence.lower(next) == "of" else { return nil }
        return .value(Decimal(numerator) / Decimal(denominator), end: index + 3, form: .fraction)
    }
}

private extension NumberLexer {
    /// "a third man", "one and a third was wounded": a place in an order, not a part.
    func isOrdinal(_ sentence: Sentence, at index: Int, end: Int) -> Bool {
        let denominator = sentence.lower(end - 1)
        guard sentence.lower(index) == "a", NumberWords.ordinals.contains(denominator) else { return false }
        guard let next = sentence.token(end), next.isWord else {
            guard let before = sentence.token(index - 1), before.isWord else { return index > 0 }
            return !Self.beforeShares.contains(before.lower)
        }
        return next.lower != "of" && !Self.comparatives.contains(next.lower)
    }

    /// "half-hearted", "half past", "halfway", "quarter final".
    func isPrefix(_ sentence: Sentence, end: Int) -> Bool {
        let word = sentence.lower(end - 1)
        guard word == "half" || word == "quarter" else { return false }
        let next = sentence.lower(end)
        if next == "-", sentence.isGlued(end) {
            return UnitTable.units.match(in: sentence, at: end + 1) == nil
        }
        if word == "quarter", NumberWords.small[sentence.lower(end - 2)] == nil {
            // A bare quarter is mostly one of a year or of a town.
            return sentence.lower(end - 2) != "a" && sentence.lower(end - 2) != "-" && next != "of"
                || sentence.lower(end - 2) == "a" && sentence.token(end)?.isWord ?? false
                    && next != "of" && !Self.comparatives.contains(next)
        }
        return ["past", "time", "way", "brother", "sister"].contains(next)
    }

    static let printedDenominators: Set<Int> = [2, 3, 4, 5, 6, 8, 10, 12, 16, 32, 64]

    static let comparatives: Set<String> = [
        "as", "below", "above", "bigger", "cheaper", "down", "dearer", "faster", "fewer", "greater", "higher",
        "larger", "less", "longer", "lower", "more", "on", "shorter", "slower", "smaller", "than", "up",
    ]

    static let beforeShares: Set<String> = [
        "about", "almost", "around", "by", "just", "least", "most", "nearly", "over", "roughly", "than", "to",
        "under",
    ]
}
