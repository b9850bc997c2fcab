import FoundationEssentials
import TallyModel

/// Reads quantities: qualifier, sign, number or range, unit.
struct QuantityParser: Sendable {
    let lexer = NumberLexer()

    /// Returns the quantity whose first word stands at a token; `nil` where none begins.
    func quantity(in sentence: Sentence, at index: Int) -> QuantityReading? {
        guard let prefix = prefix(in: sentence, at: index) else { return nil }
        if let end = none(in: sentence, at: prefix.end) {
            return QuantityReading(
                low: 0,
                high: 0,
                qualifier: .exact,
                unit: nil,
                tokens: prefix.end..<end,
                numberStart: prefix.end,
                nounStart: end
            )
        }
        guard let first = amount(in: sentence, at: prefix.end, joinsAnd: !prefix.isBetween) else {
            return nil
        }
        var reading = QuantityReading(
            low: first.number.low,
            high: first.number.high,
            qualifier: first.number.form == .vague ? .vague : .exact,
            unit: first.unit,
            tokens: prefix.surfaceStart..<first.end,
            numberStart: prefix.end,
            nounStart: first.end
        )
        reading.scale = first.number.scale
        reading.isIncrement = prefix.isIncrement
        reading.isPlainInteger = first.number.isPlainInteger && first.unit == nil
        reading.isFraction = first.number.form == .fraction && first.unit == nil
        if let ratio = ratio(first, in: sentence) {
            reading.low = ratio.share
            reading.high = ratio.share
            reading.unit = "percent"
            reading.isFraction = true
            reading.tokens = prefix.surfaceStart..<ratio.end
            reading.nounStart = ratio.end
        } else if reading.isFraction {
            reading.low = NumberLexer.percent(first.number.low)
            reading.high = reading.low
            reading.unit = "percent"
        } else {
            extendRange(&reading, first: first, in: sentence, prefix: prefix)
            addMargin(&reading, in: sentence)
        }
        if prefix.isBetween, reading.qualifier != .range { return nil }
        if reading.unit == nil, reading.qualifier == .exact, sentence.lower(first.end) == "and",
            !prefix.isBetween, let second = amount(in: sentence, at: first.end + 1), second.unit == "year",
            sentence.lower(second.end) == "old"
        {
            // "20 and 26 years old" are two ages.
            reading.unit = "year"
            reading.isAge = true
        }
        apply(prefix.qualifier, to: &reading)
        readSuffix(&reading, in: sentence)
        closeBounds(&reading, in: sentence)
        // "40 more injured": the injured are counted.
        if sentence.lower(reading.nounStart) == "more",
            PredicateWords.className(of: sentence.lower(reading.nounStart + 1)) != nil
        {
            reading.nounStart += 1
        }
        return reading
    }
}

extension QuantityParser {
    /// What stands before a number and bears on it.
    struct Prefix {
        var qualifier: Quantity.Qualifier?
        var isIncrement = false
        var isBetween = false
        /// Whether "to" leads to another figure and not to the end of a range.
        var isChange = false
        var surfaceStart: Int
        /// The index of the number.
        var end: Int
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
}

private extension QuantityParser {
    func prefix(in sentence: Sentence, at index: Int) -> Prefix? {
        var prefix = Prefix(surfaceStart: index, end: index)
        switch sentence.lower(index) {
        case "between":
            prefix.isBetween = true
            prefix.end += 1
        case "from":
            prefix.isChange =
                !Self.ranging.contains(sentence.lower(index - 1))
                && !Self.ranging.contains(sentence.lower(index - 2))
            prefix.end += 1
            prefix.surfaceStart = prefix.end
        default: prefix.isChange = Self.changes.contains(sentence.lower(index - 1))
        }
        takeIncrement(&prefix, in: sentence)
        while let match = QualifierTable.before.match(in: sentence, at: prefix.end),
            !isParticle(prefix.end, in: sentence)
        {
            // "more than about 50": the bound tells more than the approximation.
            if prefix.qualifier == nil || prefix.qualifier == .approx { prefix.qualifier = match.value }
            prefix.end = match.end
            takeIncrement(&prefix, in: sentence)
        }
        return prefix.end < sentence.tokens.count ? prefix : nil
    }

    /// Whether "over" belongs to the verb before it: "handed over 79 soldiers".
    func isParticle(_ index: Int, in sentence: Sentence) -> Bool {
        sentence.lower(index) == "over"
            && ["hand", "turn"].contains(VerbForms.base(sentence.lower(index - 1)))
    }

    func takeIncrement(_ prefix: inout Prefix, in sentence: Sentence) {
        var position = prefix.end
        // "an additional 14", "a further 14"
        if ["a", "an"].contains(sentence.lower(position)) { position += 1 }
        guard Self.increments.contains(sentence.lower(position)) else { return }
        prefix.isIncrement = true
        prefix.end = position + 1
    }

    /// "or more", "or so", "-odd", "-strong", "-year-old".
    func readSuffix(_ reading: inout QuantityReading, in sentence: Sentence) {
        var end = reading.nounStart
        if reading.qualifier == .exact || reading.qualifier == .approx,
            let match = QualifierTable.after.match(in: sentence, at: end),
            // "5,000 or less than 6,000"
            sentence.lower(match.end) != "than",
            // "killing 12 and more were wounded"
            !Words.auxiliaries.contains(sentence.lower(match.end))
        {
            apply(match.value, to: &reading)
            end = match.end
            reading.tokens = reading.tokens.lowerBound..<end
            reading.nounStart = end
        }
        guard sentence.lower(end) == "-", sentence.isGlued(end) else {
            if let width = ageSuffix(in: sentence, at: end, unit: reading.unit) {
                reading.isAge = true
                reading.unit = reading.unit ?? "year"
                reading.tokens = reading.tokens.lowerBound..<(end + width)
                reading.nounStart = end + width
            }
            let last = sentence.lower(end - 1)
            if reading.unit != nil, sentence.lower(end - 2) == "-", !last.hasSuffix("s"),
                reading.low != 1 || last == "week"
            {
                reading.isAdjective = true
            }
            return
        }
        if Self.ageUnits.contains(reading.unit ?? ""), sentence.lower(end + 1) == "old" {
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

    /// Returns how many tokens "old", "of age" and "yo" have behind a number; `nil` where none follows.
    func ageSuffix(in sentence: Sentence, at index: Int, unit: String?) -> Int? {
        guard let unit else { return ["yo", "y.o."].contains(sentence.lower(index)) ? 1 : nil }
        guard Self.ageUnits.contains(unit) else { return nil }
        if sentence.lower(index) == "old" { return 1 }
        return sentence.lower(index) == "of" && sentence.lower(index + 1) == "age" ? 2 : nil
    }

    static let ageUnits: Set<String> = ["day", "month", "week", "year"]
    static let increments: Set<String> = ["additional", "another", "extra", "further"]
    /// Words before "from" that make a range of what follows.
    static let ranging: Set<String> = [
        "aged", "ages", "anything", "anywhere", "go", "goes", "range", "ranged", "ranges", "ranging", "run",
        "runs", "varied", "varies",
        "vary", "varying",
    ]
    /// Words before a number that tell by how much a figure changed: "rose 12 to 87".
    static let changes: Set<String> = [
        "added", "by", "climbed", "declined", "dipped", "down", "dropped", "eased", "fell", "gained", "grew",
        "increased", "jumped", "lost", "plunged", "rose", "shed", "slid", "slipped", "soared", "surged",
        "tumbled", "up",
    ]
}
