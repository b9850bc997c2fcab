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

    /// "not a single", "not one", "none of", "no casualties".
    func none(in sentence: Sentence, at index: Int) -> Int? {
        switch sentence.lower(index) {
        case "not":
            if sentence.lower(index + 1) == "a", sentence.lower(index + 2) == "single" { return index + 3 }
            return sentence.lower(index + 1) == "one" ? index + 2 : nil
        case "none":
            let isState =
                ["are", "is", "remain", "was", "were"].contains(sentence.lower(index + 1))
                && (index + 2..<index + 4).contains { PersonNouns.adjectives.contains(sentence.lower($0)) }
            return sentence.lower(index + 1) == "of" || isState ? index + 1 : nil
        case "no":
            let isCount = Self.tolls.contains(sentence.lower(index + 1)) && sentence.lower(index - 1) != "or"
            return isCount ? index + 1 : nil
        default: return nil
        }
    }

    /// What "no" denies as a count: "no casualties" are none.
    private static let tolls: Set<String> = [
        "arrests", "casualties", "deaths", "fatalities", "injuries", "survivors", "victims",
    ]

    /// A number with its sign of currency before it or its unit behind it.
    func amount(in sentence: Sentence, at index: Int, joinsAnd: Bool = true) -> Amount? {
        var position = index
        var currency: (code: String, factor: Decimal)?
        let isNegative = takeMinus(&position, in: sentence)
        if let match = sign(in: sentence, at: position) {
            currency = (match.code, match.factor)
            position = match.end
        }
        // "$-5m"
        let isInner = currency != nil && takeMinus(&position, in: sentence)
        guard
            var number = lexer.number(
                in: sentence,
                at: position,
                joinsAnd: joinsAnd,
                isMoney: currency != nil
            )
        else { return index == position ? unitAndPart(in: sentence, at: index) : nil }
        if let factor = currency?.factor, factor != 1 { number.multiply(by: factor) }
        if isNegative || isInner {
            guard number.form != .vague else { return nil }
            number.low = -number.low
            number.high = number.low
        }
        var amount = Amount(number: number, unit: currency?.code, end: number.end)
        if currency != nil {
            amount.hasSign = true
            // "$10 dollars"
            if let match = UnitTable.currencies.match(in: sentence, at: amount.end),
                match.value == amount.unit
            {
                amount.end = match.end
            }
            return amount
        }
        readUnit(&amount, in: sentence)
        addMinor(&amount, in: sentence)
        amount.number.round()
        return amount
    }
}

private extension QuantityParser {
    /// "\u{2212}5", "-5", "minus five", "negative one".
    func takeMinus(_ position: inout Int, in sentence: Sentence) -> Bool {
        guard let token = sentence.token(position) else { return false }
        let isSign =
            (token.text == "\u{2212}" || token.text == "-" || token.text == "\u{2013}")
            && (!token.isGlued
                || !(sentence.token(position - 1)?.isWord ?? true)
                    && !(sentence.token(position - 1)?.isNumber ?? true))
            // "- 12 deaths" is an entry of a list.
            && (sentence.isGlued(position + 1) || position == 0 && !(sentence.token(2)?.isWord ?? false))
        let isWord =
            (token.lower == "minus" || token.lower == "negative") && sentence.lower(position - 1) != "or"
        guard isSign || isWord else { return false }
        position += 1
        return true
    }

    func sign(in sentence: Sentence, at index: Int) -> (code: String, factor: Decimal, end: Int)? {
        guard let token = sentence.token(index) else { return nil }
        if let code = UnitTable.signs[token.text] { return (code, 1, index + 1) }
        guard token.isWord, let next = sentence.token(index + 1) else { return nil }
        if next.text == "$" {
            let code =
                UnitTable.dollars[token.lower] ?? (UnitTable.codes.contains(token.lower) ? token.lower : nil)
            if let code, next.isGlued || token.isAcronym || token.lower == "us" {
                return (code, 1, index + 2)
            }
        }
        guard next.isNumber || UnitTable.signs[next.text] != nil || next.lower == "." else { return nil }
        if let code = UnitTable.prefixes[token.lower] {
            let end = next.lower == "." ? index + 2 : index + 1
            return sentence.token(end)?.isNumber ?? false ? (code, 1, end) : nil
        }
        guard next.isNumber else { return nil }
        return code(token).map { ($0.code, $0.factor, index + 1) }
    }
}
