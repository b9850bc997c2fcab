import FoundationEssentials
import TallyModel

/// Reads quantities: qualifier, sign, number or range, unit.
struct QuantityParser: Sendable {
    let lexer = NumberLexer()

    /// Returns the quantity whose first word stands at a token; `nil` where none begins.
    func quantity(in sentence: Sentence, at index: Int) -> QuantityReading? {
        var position = index
        var qualifier: Quantity.Qualifier?
        var isIncrement = false
        var isBetween = false
        var isFrom = false
        var surfaceStart = index
        if sentence.lower(position) == "between" {
            isBetween = true
            position += 1
        } else if sentence.lower(position) == "from" {
            isFrom = !Self.ranging.contains(sentence.lower(position - 1))
            position += 1
            surfaceStart = position
        }
        if Self.increments.contains(sentence.lower(position)) {
            isIncrement = true
            position += 1
        }
        if let match = QualifierTable.before.match(in: sentence, at: position) {
            qualifier = match.value
            if Self.increments.contains(sentence.lower(match.end)) { isIncrement = true }
            position =
                match.end
                + (isIncrement && match.end < sentence.tokens.count
                    && Self.increments.contains(sentence.lower(match.end)) ? 1 : 0)
            if position < sentence.tokens.count,
                let second = QualifierTable.before.match(in: sentence, at: position)
            {
                position = second.end
                if qualifier == .approx { qualifier = second.value }
            }
        }
        let numberStart = position
        if let end = none(in: sentence, at: position) {
            return QuantityReading(
                low: 0,
                high: 0,
                qualifier: .exact,
                unit: nil,
                tokens: position..<end,
                numberStart: position,
                nounStart: end
            )
        }
        guard let first = amount(in: sentence, at: position) else { return nil }
        var reading = QuantityReading(
            low: first.number.low,
            high: first.number.high,
            qualifier: first.number.form == .vague ? .vague : .exact,
            unit: first.unit,
            tokens: surfaceStart..<first.end,
            numberStart: numberStart,
            nounStart: first.end
        )
        reading.isIncrement = isIncrement
        reading.isPlainInteger = first.number.isPlainInteger && first.unit == nil
        reading.isFraction = first.number.form == .fraction
        if let ratio = ratio(first, in: sentence) {
            reading.low = ratio.share
            reading.high = ratio.share
            reading.isFraction = true
            reading.tokens = surfaceStart..<ratio.end
            reading.nounStart = ratio.end
        } else {
            extendRange(
                &reading,
                first: first,
                in: sentence,
                isBetween: isBetween,
                isFrom: isFrom || sentence.lower(index - 1) == "by"
            )
        }
        if isBetween, reading.qualifier != .range { return nil }
        if reading.unit == nil, reading.qualifier == .exact, sentence.lower(first.end) == "and", !isBetween,
            let second = amount(in: sentence, at: first.end + 1), second.unit == "year",
            sentence.lower(second.end) == "old"
        {
            // "20 and 26 years old" are two ages.
            reading.unit = "year"
            reading.isAge = true
        }
        apply(qualifier, to: &reading)
        readSuffix(&reading, in: sentence)
        scaleFraction(&reading)
        return reading
    }
}

private extension QuantityParser {
    static let increments: Set<String> = ["additional", "another", "further"]
    static let ranging: Set<String> = [
        "anywhere", "go", "goes", "range", "ranged", "ranges", "ranging", "run", "runs", "varied", "varies",
        "vary",
    ]

    /// "10,000 to 12,000", "between 5 and 7", "5-7", "1.2 to 1.4 billion", "four or five".
    func extendRange(
        _ reading: inout QuantityReading,
        first: Amount,
        in sentence: Sentence,
        isBetween: Bool,
        isFrom: Bool
    ) {
        let connector = sentence.lower(first.end)
        let isGlued = sentence.isGlued(first.end) && sentence.isGlued(first.end + 1)
        let isDash =
            connector == "-" || connector == "\u{2013}" || connector == "\u{2014}" || connector == "\u{2012}"
        let isRange =
            isBetween
            ? connector == "and" : (connector == "to" && !isFrom) || connector == "or" || (isDash && isGlued)
        guard isRange, let second = amount(in: sentence, at: first.end + 1) else { return }
        guard isDash || connector != "or" || second.number.form == first.number.form else { return }
        var low = first.number.low
        let high = second.number.high
        guard first.number.form != .fraction, second.number.form != .fraction else { return }
        // "slipped $23 to $2,911": by the first to the second.
        if connector == "to", high > low * 5,
            let change = PredicateWords.verbs[sentence.lower(reading.tokens.lowerBound - 1)],
            ["rise", "fall", "cut", "raise"].contains(change)
        {
            return
        }
        if first.number.scale == nil, let scale = second.number.scale, low < 1000, low * scale <= high {
            low *= scale
        }
        if first.unit != nil, first.unit != second.unit, !(first.hasSign && second.unit == nil) { return }
        guard low < high else {
            if isDash {
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
        reading.unit = second.unit ?? first.unit
        reading.tokens = reading.tokens.lowerBound..<second.end
        reading.nounStart = second.end
        reading.isHyphenated = isDash
    }

    func apply(_ qualifier: Quantity.Qualifier?, to reading: inout QuantityReading) {
        guard let qualifier, reading.qualifier != .range else { return }
        switch qualifier {
        case .atLeast, .moreThan:
            reading.qualifier = qualifier
            reading.high = nil
        case .atMost, .lessThan:
            reading.qualifier = qualifier
            reading.low = nil
        case .approx, .exact, .range, .vague:
            if reading.qualifier == .exact { reading.qualifier = .approx }
        }
    }

    /// "or more", "or so", "-odd", "-strong", "-year-old".
    func readSuffix(_ reading: inout QuantityReading, in sentence: Sentence) {
        var end = reading.nounStart
        if let match = QualifierTable.after.match(in: sentence, at: end), reading.qualifier == .exact {
            apply(match.value, to: &reading)
            end = match.end
            reading.tokens = reading.tokens.lowerBound..<end
            reading.nounStart = end
        }
        guard sentence.lower(end) == "-", sentence.isGlued(end) else {
            if reading.unit == "year", sentence.lower(end) == "old" {
                reading.isAge = true
                reading.tokens = reading.tokens.lowerBound..<(end + 1)
                reading.nounStart = end + 1
            }
            let last = sentence.lower(end - 1)
            if reading.unit != nil, sentence.lower(end - 2) == "-", !last.hasSuffix("s"),
                reading.low != 1 || last == "week"
            {
                reading.isAdjective = true
            }
            return
        }
        if reading.unit == "year" || reading.unit == "month", sentence.lower(end + 1) == "old" {
            reading.isAge = true
            reading.isAdjective = true
            reading.tokens = reading.tokens.lowerBound..<(end + 2)
            reading.nounStart = end + 2
        } else if sentence.lower(end + 1) == "strong" {
            reading.tokens = reading.tokens.lowerBound..<(end + 2)
            reading.nounStart = end + 2
        } else if reading.unit != nil {
            reading.isAdjective = true
            reading.nounStart = end + 2
        } else {
            reading.isAdjective = true
            reading.nounStart = end + 1
        }
    }

    /// A bare fraction is a share in percent.
    func scaleFraction(_ reading: inout QuantityReading) {
        guard reading.isFraction else { return }
        if reading.unit == nil { reading.unit = "percent" }
    }

    /// "four in ten", "one in 37", "two out of three": a share in percent.
    func ratio(_ first: Amount, in sentence: Sentence) -> (share: Decimal, end: Int)? {
        guard first.unit == nil, first.number.form != .vague, first.number.form != .fraction else {
            return nil
        }
        var position = first.end
        if sentence.lower(position) == "out", sentence.lower(position + 1) == "of" {
            position += 2
        } else if Words.isPlural(sentence.lower(position)), sentence.lower(position + 1) == "in",
            let whole = lexer.number(in: sentence, at: position + 2), whole.low <= 10 || whole.low == 100,
            !isNoun(sentence, at: whole.end)
        {
            // "two adults in five"
            position += 2
        } else if sentence.lower(position) == "in" {
            position += 1
        } else {
            return nil
        }
        if sentence.lower(position) == "every" { position += 1 }
        if sentence.lower(position) == "hundred", let part = Int(first.number.low.description), part < 100 {
            return (Decimal(part), position + 1)
        }
        guard let second = lexer.number(in: sentence, at: position), second.low > first.number.low,
            second.low <= 1000,
            first.number.low <= 20 || second.low == 100, second.form != .fraction, second.form != .vague,
            Words.months[sentence.lower(second.end)] == nil, !UnitTable.isTime(sentence.lower(second.end))
        else { return nil }
        guard let part = Int(first.number.low.description), let whole = Int(second.low.description) else {
            return nil
        }
        return (NumberLexer.percent(part, of: whole), second.end)
    }

    /// Whether a word stands at an index that may be a noun.
    func isNoun(_ sentence: Sentence, at index: Int) -> Bool {
        guard let token = sentence.token(index), token.isWord else { return false }
        return !Words.stops.contains(token.lower) && !Words.auxiliaries.contains(token.lower)
            && !VerbForms.isClearVerb(token.lower)
    }
}
