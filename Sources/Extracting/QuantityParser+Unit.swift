import FoundationEssentials
import TallyModel

extension QuantityParser {
    /// Reads the unit behind a number, where one stands.
    func readUnit(_ amount: inout Amount, in sentence: Sentence) {
        var position = amount.end
        if sentence.lower(position) == "-", sentence.isGlued(position) { position += 1 }
        if amount.number.form == .vague || amount.number.form == .words || amount.number.form == .fraction {
            // "tens of millions of dollars", "half a mile", "a quarter of a mile"
            let isPart = amount.number.form == .fraction
            var probe = position
            if sentence.lower(probe) == "of" { probe += 1 }
            if isPart, ["a", "an", "one"].contains(sentence.lower(probe)) { probe += 1 }
            if probe > position {
                if isPart, sentence.lower(probe) == "point", sentence.lower(probe - 1) != "of" {
                    // "raised interest rates by half a point"
                    amount.unit = "percentage_point"
                    amount.end = probe + 1
                    return
                }
                guard !isPart || sentence.lower(probe - 1) != "of", let match = unit(in: sentence, at: probe),
                    !isPart || !sentence.lower(match.end - 1).hasSuffix("s")
                else { return }
                amount.unit = match.unit
                amount.end = match.end
                return
            }
        }
        if sentence.lower(position) == "times", Self.multiplied.contains(sentence.lower(position + 1)) {
            amount.unit = "ratio"
            amount.end = position + 1
            return
        }
        if sentence.lower(position) == "magnitude" || isMagnitude(amount, in: sentence) {
            amount.unit = "magnitude"
            if sentence.lower(position) == "magnitude" { amount.end = position + 1 }
            return
        }
        guard let match = unit(in: sentence, at: position) else { return }
        let first = sentence.lower(position)
        // "the second man", "a third second"
        if match.unit == "second", first == "second", amount.number.low != 1, amount.number.form != .fraction
        {
            return
        }
        if match.factor != 1 { amount.number.multiply(by: match.factor) }
        amount.unit = match.unit
        amount.end = match.end
        // "75 USD million"
        if UnitTable.codes.contains(match.unit), amount.number.scale == nil,
            let scale = NumberWords.scales[sentence.lower(match.end)]
        {
            amount.number.multiply(by: scale)
            amount.end += 1
        }
        if first == "pounds" || first == "pound", isMoney(amount, in: sentence) { amount.unit = "gbp" }
        if match.unit == "celsius" || match.unit == "fahrenheit", isDifference(amount, in: sentence) {
            amount.unit = match.unit + "_difference"
        }
    }

    /// "an hour and a half": one of the unit, and a part of it.
    func unitAndPart(in sentence: Sentence, at index: Int) -> Amount? {
        guard ["a", "an"].contains(sentence.lower(index)), let match = unit(in: sentence, at: index + 1),
            let part = lexer.andPart(in: sentence, at: match.end)
        else { return nil }
        let number = NumberReading.value(1 + part.value, end: part.end, form: .words)
        return Amount(number: number, unit: match.unit, end: part.end)
    }

    func unit(in sentence: Sentence, at position: Int) -> (unit: String, factor: Decimal, end: Int)? {
        guard let token = sentence.token(position) else { return nil }
        if let match = UnitTable.units.match(in: sentence, at: position) {
            return (match.value, 1, match.end)
        }
        if let match = UnitTable.currencies.match(in: sentence, at: position) {
            return (match.value, 1, match.end)
        }
        if let code = UnitTable.signs[token.text] {
            // "5 \u{20AC}"; in "at 5 $6" the sign is the next number's.
            let isNext = sentence.token(position + 1)?.isNumber ?? false
            return token.isGlued || !isNext ? (code, 1, position + 1) : nil
        }
        if let code = code(token) { return (code.code, code.factor, position + 1) }
        if token.text == "m", !token.isGlued {
            return isLength(sentence, behind: position) ? ("metre", 1, position + 1) : nil
        }
        // "41.5 C (106.7 F)", "10 km (6.2 mi)"
        let isInBrackets = sentence.lower(position - 2) == "(" && sentence.lower(position + 1) == ")"
        guard token.isGlued || isInBrackets else { return nil }
        return UnitTable.gluedUnits[token.text].map { ($0, 1, position + 1) }
    }

    /// "magnitude 6.2", "magnitude-6.2", "a magnitude of 6.2", "4.4 in magnitude", "an earthquake measuring 7.1".
    func isMagnitude(_ amount: Amount, in sentence: Sentence) -> Bool {
        guard amount.number.form == .digits, amount.number.scale == nil, amount.number.low < 11 else {
            return false
        }
        if sentence.lower(amount.end) == "in", sentence.lower(amount.end + 1) == "magnitude" { return true }
        // "a 7.1 quake"
        if !amount.number.isPlainInteger, Self.quakes.contains(sentence.lower(amount.end)) { return true }
        var position = amount.end - 2
        if ["-", "at", "of"].contains(sentence.lower(position)) { position -= 1 }
        if sentence.lower(position) == "magnitude" { return true }
        guard ["measured", "measuring", "registered", "registering"].contains(sentence.lower(position)) else {
            return false
        }
        return (max(0, position - 8)..<position).contains { Self.quakes.contains(sentence.lower($0)) }
    }

    /// Nouns for what has a magnitude.
    static let quakes: Set<String> = ["aftershock", "earthquake", "quake", "temblor", "tremor"]

    /// "USD", "MEUR" (millions of euros).
    func code(_ token: Token) -> (code: String, factor: Decimal)? {
        if token.isAcronym, UnitTable.codes.contains(token.lower) { return (token.lower, 1) }
        guard token.end - token.start == 4, token.isWord,
            token.text.hasSuffix(token.text.dropFirst().uppercased())
        else { return nil }
        let code = String(token.lower.dropFirst())
        guard UnitTable.codes.contains(code) else { return nil }
        switch token.lower.utf8.first {
        case UInt8(ascii: "k"): return (code, 1000)
        case UInt8(ascii: "m"): return (code, 1_000_000)
        default: return nil
        }
    }

    /// Whether a free "m" is a metre: what is counted in millions follows it with its noun.
    func isLength(_ sentence: Sentence, behind index: Int) -> Bool {
        guard let next = sentence.token(index + 1), next.isWord else { return true }
        return NumberLexer.metreNeighbours.contains(next.lower) || Words.stops.contains(next.lower)
    }

    /// Pounds are money where there are thousands of them, or where words of paying stand near.
    func isMoney(_ amount: Amount, in sentence: Sentence) -> Bool {
        if sentence.lower(amount.end) == "sterling" { return true }
        let isLarge =
            (amount.number.scale ?? 0) >= 1000 || amount.number.form == .vague && amount.number.low >= 1000
        if isLarge, sentence.lower(amount.end) != "of" { return true }
        return (max(0, amount.end - 9)..<amount.end).contains { position in
            UnitTable.paying.contains(sentence.lower(position))
        }
    }

    /// "5.2 degrees above the mean", "rose by 3 degrees": a difference has no zero to convert from.
    func isDifference(_ amount: Amount, in sentence: Sentence) -> Bool {
        if UnitTable.differences.contains(sentence.lower(amount.end)) { return true }
        var position = amount.end
        while position > 0,
            !(sentence.tokens[position - 1].isNumber
                || NumberWords.small[sentence.lower(position - 1)] != nil)
        {
            position -= 1
        }
        return sentence.lower(position - 2) == "by"
    }

    /// "5 ft 2 in", "two hours and 30 minutes", "10 dollars 30 cents": the smaller unit counts in the larger one.
    func addMinor(_ amount: inout Amount, in sentence: Sentence) {
        guard let unit = amount.unit else { return }
        if let part = lexer.andPart(in: sentence, at: amount.end),
            amount.number.form == .digits || amount.number.form == .words, amount.number.scale == nil,
            UnitOfMeasure.named(unit) != nil
        {
            // "two hours and a half"
            amount.number.low += part.value
            amount.number.high = amount.number.low
            amount.end = part.end
            return
        }
        guard let minors = UnitTable.minors[unit],
            amount.number.form == .digits || amount.number.form == .words, amount.number.scale == nil
        else { return }
        let isJoined = sentence.lower(amount.end) == "and"
        let begin = isJoined ? amount.end + 1 : amount.end
        guard let number = lexer.number(in: sentence, at: begin), number.low > 0, number.scale == nil,
            number.form == amount.number.form
        else { return }
        // "a 5-hour and 27-minute match"
        let isHyphenated = sentence.lower(number.end) == "-" && sentence.isGlued(number.end)
        for minor in minors where number.low < minor.parts {
            let match = self.unit(in: sentence, at: isHyphenated ? number.end + 1 : number.end)
            let isInch = minor.unit == "inch" && isInch(sentence, at: number.end)
            guard match?.unit == minor.unit || isInch else { continue }
            amount.number.low += number.low / minor.parts
            amount.number.high = amount.number.low
            amount.end = match?.end ?? number.end + 1
            return
        }
        // "15 dollars 50"
        let isLast = ["", ".", ",", ";", "!", "?"].contains(sentence.lower(number.end))
        guard isLast, UnitTable.codes.contains(unit), number.low < 100, number.low >= 10,
            number.form == .words ? !isJoined : number.isPlainInteger
        else { return }
        amount.number.low += number.low / 100
        amount.number.high = amount.number.low
        amount.end = number.end
    }
}

private extension QuantityParser {
    /// Words behind "times" that multiply: "nine times the limit", "three times as many".
    static let multiplied: Set<String> = [
        "a", "as", "bigger", "faster", "greater", "higher", "its", "larger", "more", "that", "the", "their",
        "what",
    ]

    /// "6ft 4in": "in" is an inch only glued to the digits or at the end of the phrase.
    func isInch(_ sentence: Sentence, at index: Int) -> Bool {
        guard let token = sentence.token(index), token.lower == "in" else { return false }
        return token.isGlued || !(sentence.token(index + 1)?.isWord ?? false)
    }
}
