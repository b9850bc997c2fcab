import FoundationEssentials
import TallyModel

extension QuantityParser {
    /// Reads "10,000 to 12,000", "between 5 and 7", "5-7", "1.2 to 1.4 billion", "four or five".
    func extendRange(
        _ reading: inout QuantityReading,
        first: Amount,
        in sentence: Sentence,
        prefix: Prefix
    ) {
        var first = first
        // "a 3- to 5-year term"
        if sentence.lower(first.end) == "-", sentence.isGlued(first.end), !sentence.isGlued(first.end + 1),
            ["or", "to"].contains(sentence.lower(first.end + 1))
        {
            first.end += 1
        }
        let connector = sentence.lower(first.end)
        let isGlued = sentence.isGlued(first.end) && sentence.isGlued(first.end + 1)
        let isSpaced = !sentence.isGlued(first.end) && !sentence.isGlued(first.end + 1)
        let isHyphen = connector == "-"
        let isDash = isHyphen || Self.dashes.contains(connector)
        let isRange =
            switch connector {
            case "and": prefix.isBetween
            case "to": !prefix.isChange && !prefix.isBetween
            case "through", "or": !prefix.isBetween
            case "~": isGlued
            default: isDash && (isGlued || (!isHyphen && isSpaced && first.unit == nil))
            }
        guard isRange, let second = amount(in: sentence, at: first.end + 1) else { return }
        guard first.number.form != .fraction, second.number.form != .fraction, first.number.form != .vague,
            connector != "or" || second.number.form == first.number.form
        else { return }
        var low = first.number.low
        let high = second.number.high
        // "slipped $23 to $2,911": by the first to the second.
        if connector == "to", high > low * 5,
            let change = PredicateWords.verbs[sentence.lower(reading.tokens.lowerBound - 1)],
            ["cut", "fall", "raise", "rise"].contains(change)
        {
            return
        }
        if first.number.scale == nil, let scale = second.number.scale, low < 1000, low * scale <= high,
            scale >= 1000
        {
            low *= scale
        }
        if first.unit != nil, first.unit != second.unit, !(first.hasSign && second.unit == nil) { return }
        guard low < high else {
            if isDash && isGlued {
                reading.isFalling = true
                reading.tokens = reading.tokens.lowerBound..<second.end
                reading.nounStart = second.end
            }
            return
        }
        if connector == "or" {
            guard second.number.form == .words || first.unit != nil || second.unit != nil || high <= low * 2
            else { return }
        }
        reading.low = low
        reading.high = high
        reading.qualifier = .range
        // "five-thirty" is a time of day, "12-2015" a month.
        let isClock = first.number.form == .words && low <= 12 && high >= 15
        let isMonth =
            low <= 31 && second.number.isPlainInteger && second.unit == nil && (1900...2100).contains(high)
        reading.isFalling = isHyphen && (isClock || isMonth)
        reading.unit = second.unit ?? first.unit
        reading.tokens = reading.tokens.lowerBound..<second.end
        reading.nounStart = second.end
        reading.isHyphenated = isDash
    }

    /// Reads "34,000, plus or minus ten per cent" and "50 give or take 5": a range around the number.
    func addMargin(_ reading: inout QuantityReading, in sentence: Sentence) {
        guard reading.qualifier == .exact, let value = reading.low else { return }
        let begin = sentence.lower(reading.nounStart) == "," ? reading.nounStart + 1 : reading.nounStart
        guard let phrase = Self.margins.first(where: { sentence.matches($0, at: begin) }),
            let margin = amount(in: sentence, at: begin + phrase.count), margin.number.form != .vague,
            margin.unit == nil || margin.unit == reading.unit || margin.unit == "percent"
        else { return }
        let isShare = margin.unit == "percent" && reading.unit != "percent"
        let width = isShare ? value * margin.number.low / 100 : margin.number.low
        guard width > 0, width < value else { return }
        reading.low = value - width
        reading.high = value + width
        reading.qualifier = .range
        reading.unit = reading.unit ?? (isShare ? nil : margin.unit)
        reading.tokens = reading.tokens.lowerBound..<margin.end
        reading.nounStart = margin.end
    }

    /// Reads "more than 40 and fewer than 60", "at least 20 but at most 100": two bounds of one number.
    func closeBounds(_ reading: inout QuantityReading, in sentence: Sentence) {
        let isOpen = reading.high == nil
        guard (reading.low == nil) != isOpen,
            [",", "and", "but"].contains(sentence.lower(reading.nounStart)),
            let match = QualifierTable.before.match(in: sentence, at: reading.nounStart + 1),
            (isOpen ? [.atMost, .lessThan] : [.atLeast, .moreThan]).contains(match.value),
            let other = amount(in: sentence, at: match.end), other.number.form != .fraction,
            reading.unit == nil || reading.unit == other.unit
        else { return }
        let low = reading.low ?? other.number.low
        let high = reading.high ?? other.number.high
        guard low < high else { return }
        reading.low = low
        reading.high = high
        reading.qualifier = .range
        reading.unit = other.unit
        reading.tokens = reading.tokens.lowerBound..<other.end
        reading.nounStart = other.end
    }

    /// Reads "four in ten", "one in 37", "two out of three": a share in percent.
    func ratio(_ first: Amount, in sentence: Sentence) -> (share: Decimal, end: Int)? {
        guard first.unit == nil, first.number.form == .digits || first.number.form == .words else {
            return nil
        }
        var position = first.end
        let isOut = sentence.lower(position) == "out" && sentence.lower(position + 1) == "of"
        if isOut {
            position += 2
        } else if sentence.lower(position) == "in" {
            position += 1
        } else if Words.isPlural(sentence.lower(position)), sentence.lower(position + 1) == "in",
            let whole = lexer.number(in: sentence, at: position + 2), whole.low <= 10 || whole.low == 100,
            !isNoun(sentence, at: whole.end)
        {
            // "two adults in five"
            position += 2
        } else {
            return nil
        }
        if sentence.lower(position) == "every" { position += 1 }
        if sentence.lower(position) == "hundred", first.number.low > 0, first.number.low < 100 {
            return (first.number.low, position + 1)
        }
        guard let second = lexer.number(in: sentence, at: position), second.low > first.number.low,
            second.low <= 1000, first.number.low <= 20 || second.low == 100, first.number.low > 0,
            second.form != .fraction,
            second.form != .vague, Words.months[sentence.lower(second.end)] == nil,
            !UnitTable.isTime(sentence.lower(second.end)),
            // "three in 20 minutes", "12 in six boxes" are no shares; "one in five children" is.
            isOut || first.number.form == second.form || first.number.low == 1
        else { return nil }
        return (NumberLexer.percent(first.number.low / second.low), second.end)
    }
}

private extension QuantityParser {
    /// Whether a word stands at an index that may be a noun.
    func isNoun(_ sentence: Sentence, at index: Int) -> Bool {
        guard let token = sentence.token(index), token.isWord else { return false }
        return !Words.stops.contains(token.lower) && !Words.auxiliaries.contains(token.lower)
            && !VerbForms.isClearVerb(token.lower)
    }

    static let dashes: Set<String> = ["\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}"]

    static let margins = [
        ["plus", "or", "minus"], ["plus", "/", "minus"], ["+", "/", "-"], ["give", "or", "take"], ["\u{B1}"],
    ]
}
