import FoundationEssentials
import TallyModel

extension QuantityParser {
    /// A number with its unit.
    struct Amount {
        var number: NumberReading
        var unit: String?
        var end: Int
        var hasSign = false
    }

    /// "not a single", "not one", "none of".
    func none(in sentence: Sentence, at index: Int) -> Int? {
        switch sentence.lower(index) {
        case "not":
            if sentence.lower(index + 1) == "a", sentence.lower(index + 2) == "single" { return index + 3 }
            return sentence.lower(index + 1) == "one" ? index + 2 : nil
        case "none": return sentence.lower(index + 1) == "of" ? index + 1 : nil
        default: return nil
        }
    }

    /// A number with its sign of currency before it or its unit behind it.
    func amount(in sentence: Sentence, at index: Int) -> Amount? {
        var position = index
        var currency: String?
        var isNegative = false
        if let sign = sentence.token(position), sign.text == "\u{2212}" || sign.text == "-", !sign.isGlued,
            sentence.isGlued(position + 1)
        {
            isNegative = true
            position += 1
        } else if sentence.lower(position) == "minus" {
            isNegative = true
            position += 1
        }
        if let match = sign(in: sentence, at: position) {
            currency = match.code
            position = match.end
        }
        guard var number = lexer.number(in: sentence, at: position) else { return nil }
        if isNegative {
            let low = number.low
            number.low = -number.high
            number.high = -low
        }
        var amount = Amount(number: number, unit: currency, end: number.end)
        if currency != nil {
            amount.hasSign = true
            // "$5 million", "$5-million" are read by the lexer; a code may follow the sign: "$5m USD".
            return amount
        }
        readUnit(&amount, in: sentence)
        return amount
    }

    func sign(in sentence: Sentence, at index: Int) -> (code: String, end: Int)? {
        guard let token = sentence.token(index) else { return nil }
        if let code = UnitTable.signs[token.text] { return (code, index + 1) }
        guard token.isWord, let next = sentence.token(index + 1) else { return nil }
        if next.text == "$", next.isGlued, let code = UnitTable.dollars[token.lower] {
            return (code, index + 2)
        }
        guard next.isNumber || UnitTable.signs[next.text] != nil else { return nil }
        if token.isAcronym, UnitTable.codes.contains(token.lower) { return (token.lower, index + 1) }
        if token.text == "Rs" {
            return ("inr", sentence.lower(index + 1) == "." ? index + 2 : index + 1)
        }
        return nil
    }

    func readUnit(_ amount: inout Amount, in sentence: Sentence) {
        var position = amount.end
        if sentence.lower(position) == "-", sentence.isGlued(position) { position += 1 }
        if amount.number.form == .vague || amount.number.form == .words, sentence.lower(position) == "of" {
            // "tens of millions of dollars"
            guard
                let match = UnitTable.currencies.match(in: sentence, at: position + 1)
                    ?? UnitTable.units.match(in: sentence, at: position + 1)
            else { return }
            amount.unit = match.value
            amount.end = match.end
            return
        }
        if let match = UnitTable.units.match(in: sentence, at: position) {
            let unitToken = sentence.tokens[position]
            // "in" and the like never stand glued to the number.
            guard !(match.value == "second" && unitToken.lower == "second" && amount.number.low != 1) else {
                return
            }
            amount.unit = match.value
            amount.end = match.end
            return
        }
        guard let token = sentence.token(position) else { return }
        if token.text == "m", token.isGlued || Self.isLength(sentence, behind: position) {
            amount.unit = "metre"
            amount.end = position + 1
            return
        }
        if token.isGlued, token.text == "C" || token.text == "F" {
            amount.unit = token.text == "C" ? "celsius" : "fahrenheit"
            amount.end = position + 1
            return
        }
        if let match = UnitTable.currencies.match(in: sentence, at: position) {
            amount.unit = match.value
            amount.end = match.end
        } else if token.isAcronym, UnitTable.codes.contains(token.lower) {
            amount.unit = token.lower
            amount.end = position + 1
        } else if token.lower == "pounds" || token.lower == "pound" {
            let isMoney = (amount.number.scale ?? 0) >= 1000 || sentence.lower(position + 1) == "sterling"
            amount.unit = isMoney ? "gbp" : "pound"
            amount.end = position + 1
        }
    }

    /// Whether an "m" is a metre: what is counted in millions follows it with its noun.
    private static func isLength(_ sentence: Sentence, behind index: Int) -> Bool {
        guard let next = sentence.token(index + 1), next.isWord else { return true }
        return dimensions.contains(next.lower) || Words.stops.contains(next.lower)
    }

    private static let dimensions: Set<String> = [
        "across", "apart", "away", "beam", "deep", "high", "long", "tall", "thick", "wide",
    ]
}
