import FoundationEssentials
import TallyModel

/// Finds the quantities of a sentence that may be claims.
struct QuantityFinder: Sendable {
    private let parser = QuantityParser()
    private let filter = ClaimFilter()
    private let ages = AgeReader()
    private let ordinals = OrdinalReader()

    /// Returns the quantities of a sentence, in order.
    ///
    /// - Parameters:
    ///   - sentence: The sentence.
    ///   - year: The year in which the article was published; `nil` where it is not known.
    /// - Returns: The quantities that are no dates, names or other numbers that claim nothing.
    func quantities(in sentence: Sentence, year: Int?) -> [QuantityReading] {
        var readings: [QuantityReading] = []
        var index = 0
        while index < sentence.tokens.count {
            guard Self.mayBegin(sentence.tokens[index]) else {
                index += 1
                continue
            }
            if let reading = ages.age(in: sentence, at: index, year: year) {
                readings.append(reading)
                index = reading.tokens.upperBound
                continue
            }
            if let reading = ordinals.count(in: sentence, at: index) ?? another(in: sentence, at: index)
                ?? victim(in: sentence, at: index) ?? denial(in: sentence, at: index)
            {
                readings.append(reading)
                index = reading.tokens.upperBound
                continue
            }
            guard let reading = parser.quantity(in: sentence, at: index) else {
                index += 1
                continue
            }
            if isClaim(reading, in: sentence) {
                readings.append(reading)
                index = max(index + 1, reading.tokens.upperBound)
            } else if reading.isFalling || NumberWords.small[sentence.lower(reading.numberStart)] != nil {
                // The words of a year in words are no numbers of their own.
                index = max(index + 1, reading.tokens.upperBound)
            } else {
                index = max(index + 1, reading.numberStart + 1)
            }
        }
        UnitInheritance.complete(&readings, in: sentence)
        return readings
    }
}

private extension QuantityFinder {
    /// Whether a quantity may begin with a token; most words are turned away here, for speed.
    static func mayBegin(_ token: Token) -> Bool {
        switch token.kind {
        case .number: true
        case .symbol: token.text != ","
        case .quote: false
        case .word: openers.contains(token.lower)
        }
    }

    static let openers: Set<String> = {
        var words: Set<String> = [
            "a", "additional", "age", "aged", "ages", "an", "another", "any", "anybody", "anyone", "at",
            "between", "born", "extra",
            "from",
            "further", "in", "many", "minus", "negative", "no", "none", "not", "tens",
        ]
        words.formUnion(NumberWords.small.keys)
        words.formUnion(NumberWords.ordinals)
        words.formUnion(NumberWords.scales.keys)
        words.formUnion(NumberWords.vague.keys)
        words.formUnion(NumberWords.denominators.keys)
        words.formUnion(UnitTable.codes)
        words.formUnion(UnitTable.codes.flatMap { ["k" + $0, "m" + $0] })
        words.formUnion(UnitTable.dollars.keys)
        words.formUnion(UnitTable.prefixes.keys)
        words.formUnion(QualifierTable.before.firstWords)
        return words
    }()

    func isClaim(_ reading: QuantityReading, in sentence: Sentence) -> Bool {
        var index = reading.numberStart
        while let token = sentence.token(index), !token.isNumber, token.kind == .symbol { index += 1 }
        if reading.isFalling || isPer(sentence, at: reading.numberStart) { return false }
        if filter.isNonClaim(in: sentence, at: index, end: reading.tokens.upperBound) { return false }
        if reading.unit == nil, reading.low == 1, reading.qualifier == .exact,
            sentence.lower(reading.numberStart) == "one"
        {
            return isCountedOne(reading, in: sentence)
        }
        return true
    }

    /// "Another soldier was killed": one more.
    func another(in sentence: Sentence, at index: Int) -> QuantityReading? {
        let next = index + 1
        guard sentence.lower(index) == "another", PersonNouns.contains(sentence.lower(next)),
            !Words.isPlural(sentence.lower(next)),
            Words.auxiliaries.contains(sentence.lower(next + 1))
                || PredicateWords.className(of: sentence.lower(next + 1)) != nil
        else { return nil }
        var reading = QuantityReading(
            low: 1,
            high: 1,
            qualifier: .exact,
            tokens: index..<next,
            numberStart: index,
            nounStart: next
        )
        reading.isIncrement = true
        return reading
    }

    /// "denies that any soldier was captured", "denied any casualties": whoever denies it says that there was none.
    func denial(in sentence: Sentence, at index: Int) -> QuantityReading? {
        let word = sentence.lower(index)
        guard ["any", "anybody", "anyone"].contains(word) else { return nil }
        let isThat = sentence.lower(index - 1) == "that"
        guard ModalityReader.denials.contains(sentence.lower(index - (isThat ? 2 : 1))) else { return nil }
        let noun = Words.singular(sentence.lower(index + 1))
        guard
            word == "any"
                ? PersonNouns.perPerson.contains(noun) || isThat && PersonNouns.contains(noun) : isThat
        else { return nil }
        var reading = QuantityReading(
            low: 0,
            high: 0,
            qualifier: .exact,
            tokens: index..<index + 1,
            numberStart: index,
            nounStart: index + 1
        )
        reading.isDenial = true
        return reading
    }

    /// "A diver died", "killing a child", "two adults and a child were hurt": one person who came to harm.
    func victim(in sentence: Sentence, at index: Int) -> QuantityReading? {
        guard ["a", "an"].contains(sentence.lower(index)) else { return nil }
        var noun = index + 1
        while noun < index + 3, !PersonNouns.contains(sentence.lower(noun)),
            let token = sentence.token(noun), token.isWord
        {
            noun += 1
        }
        guard PersonNouns.contains(sentence.lower(noun)), !Words.isPlural(sentence.lower(noun)),
            sentence.lower(noun + 1) != "-",
            isHarmed(sentence, index, behind: noun)
        else { return nil }
        return QuantityReading(
            low: 1,
            high: 1,
            qualifier: .exact,
            tokens: index..<index + 1,
            numberStart: index,
            nounStart: index + 1
        )
    }

    func isHarmed(_ sentence: Sentence, _ index: Int, behind noun: Int) -> Bool {
        func isHarm(_ position: Int) -> Bool {
            PredicateWords.verbs[sentence.lower(position)].map(Self.harms.contains) ?? false
        }
        var next = noun + 1
        while Words.auxiliaries.contains(sentence.lower(next)), next < noun + 4 { next += 1 }
        return isHarm(index - 1) || isHarm(next) && (next > noun + 1 || !isDoing(sentence, at: next))
    }

    /// Whether a verb has an object behind it: "A gunman killed 12 people" tells who did it.
    func isDoing(_ sentence: Sentence, at verb: Int) -> Bool {
        guard let object = sentence.token(verb + 1), object.isWord || object.isNumber else { return false }
        if object.isNumber || Words.determiners.contains(object.lower)
            || NumberWords.vague[object.lower] != nil
            || QualifierTable.before.match(in: sentence, at: verb + 1) != nil
        {
            return true
        }
        return !Words.stops.contains(object.lower) && !object.lower.hasSuffix("ly")
            && Words.weekdays[object.lower] == nil
    }

    /// The classes of harm that single people are told to have come to.
    static let harms: Set<String> = ["kill", "missing", "wound"]

    /// "11.4 per 100,000", "one in every 37": the number is what the other one is a rate of.
    func isPer(_ sentence: Sentence, at index: Int) -> Bool {
        sentence.lower(index - 1) == "per" || sentence.lower(index - 1) == "every"
    }

    /// "one" counts only before a noun for persons, with nothing that makes it a pronoun.
    func isCountedOne(_ reading: QuantityReading, in sentence: Sentence) -> Bool {
        let next = sentence.lower(reading.nounStart)
        guard PersonNouns.contains(Words.singular(next)) else { return false }
        let behind = sentence.lower(reading.nounStart + 1)
        return Words.auxiliaries.contains(behind) || PredicateWords.className(of: behind) != nil
    }
}
