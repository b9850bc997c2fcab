/// Finds what a measure is the measure of: money, shares, lengths, areas, temperatures, spans of time.
struct MeasureReader: Sendable {
    // verb | what money is its object. Source: PRODUCT.md's predicates.
    static let objects = TableReader.pairs(
        """
        award|damages
        bail|bail
        borrow|loan
        cost|cost
        donate|donations
        earn|earnings
        fine|fine
        fined|fine
        give|aid
        grant|grant
        invest|investment
        lend|loan
        loan|loan
        lose|loss
        lost|loss
        offer|offer
        owe|debt
        pay|payment
        paid|payment
        pledge|aid
        promise|aid
        raise|funds
        save|savings
        sell|sale
        seize|assets
        spend|spending
        spent|spending
        steal|loot
        worth|value
        """
    )

    /// Nouns that name a measure themselves.
    static let measures: Set<String> = [
        "area", "profit", "revenue", "turnover", "turnout", "loss", "rate", "margin", "price", "cost",
        "depth", "height", "length", "width", "weight", "speed",
        "inflation", "unemployment", "growth", "income", "debt", "deficit", "surplus", "fine", "share",
        "stake", "budget", "salary", "wage", "pay", "rent", "damage",
        "perimeter", "concentration", "level", "flow", "sale", "saving", "lead", "toll", "bill", "value",
        "bail", "bond", "tax", "fee", "magnitude", "rainfall",
    ]

    private let nouns = NounPhraseReader()
    private let subjects = SubjectReader()

    /// Returns what the unit alone tells.
    func fixed(in sentence: Sentence, of reading: QuantityReading, unit: String) -> NounPhrase? {
        func phrase(_ text: String, _ head: String) -> NounPhrase {
            NounPhrase(text: text, head: head, start: reading.nounStart, end: reading.nounStart)
        }
        if unit.hasPrefix("celsius") || unit.hasPrefix("fahrenheit") {
            let isPlural = hasWord(sentence, ["temperatures"])
            return phrase(isPlural ? "temperatures" : "temperature", "temperature")
        }
        if unit == "magnitude" { return phrase(Self.magnitude(in: sentence), "magnitude") }
        return nil
    }

    /// Returns what a magnitude is of, in the sentence's own word.
    static func magnitude(in sentence: Sentence) -> String {
        let noun = sentence.tokens.first { QuantityParser.quakes.contains($0.lower) }?.lower
        return "\(noun ?? "earthquake") magnitude"
    }

    /// Returns what is measured.
    func measured(
        in sentence: Sentence,
        of reading: QuantityReading,
        unit: String,
        predicate: String?
    ) -> NounPhrase? {
        let end = reading.nounStart
        func fixed(_ text: String, _ head: String) -> NounPhrase {
            NounPhrase(text: text, head: head, start: end, end: end)
        }
        if reading.isAdjective, let phrase = nouns.phrase(in: sentence, at: end) { return phrase }
        if let phrase = behind(sentence, from: end, unit: unit) {
            if let inner = UnitTable.units.match(in: sentence, at: phrase.start),
                UnitTable.areas.contains(inner.value)
            {
                return fixed("land", "land")
            }
            return phrase
        }
        if UnitTable.speeds.contains(unit), hasWord(sentence, ["wind", "winds", "gust", "gusts", "gusting"]) {
            return fixed("wind", "wind")
        }
        let subject = subjects.subject(in: sentence, before: reading.tokens.lowerBound)
        if let subject, Self.measures.contains(subject.head) { return subject }
        if UnitTable.areas.contains(unit) { return fixed("land", "land") }
        if let noun = nominalisation(sentence, before: reading.tokens.lowerBound, unit: unit) {
            return fixed(noun, noun)
        }
        guard let subject, !Words.weekdays.keys.contains(subject.head), Words.months[subject.head] == nil
        else { return nil }
        return subject
    }
}

extension MeasureReader {
    /// Returns the noun for money that a verb before it tells of: "pledged €5m" tells of aid; `nil` where none does.
    func nominalisation(_ sentence: Sentence, before index: Int, unit: String) -> String? {
        guard UnitTable.codes.contains(unit) else { return nil }
        var position = index - 1
        var steps = 0
        while let token = sentence.token(position), steps < 7, token.isWord {
            if let noun = Self.objects[VerbForms.base(token.lower)] ?? Self.objects[token.lower]
                ?? PredicateWords.verbs[token.lower].flatMap({ Self.objects[$0] })
            {
                return noun
            }
            position -= 1
            steps += 1
        }
        return nil
    }
}

private extension MeasureReader {
    /// "40% of the territory", "$5m in damages", "a 3% rise", "20 tonnes of cocaine", "€5m fine".
    func behind(_ sentence: Sentence, from end: Int, unit: String) -> NounPhrase? {
        let word = sentence.lower(end)
        if word == "of" { return nouns.phrase(in: sentence, at: end) }
        let isMoney = UnitTable.codes.contains(unit)
        if isMoney, word == "in" || word == "for",
            let token = sentence.token(end + 1), token.isWord, !token.isCapitalised,
            !Words.determiners.contains(token.lower)
        {
            if word == "in" { return nouns.phrase(in: sentence, at: end + 1, takesOf: false) }
            return nil
        }
        if word == "worth", sentence.lower(end + 1) == "of" { return nouns.phrase(in: sentence, at: end + 1) }
        guard let token = sentence.token(end), token.isWord, !Words.stops.contains(word),
            !Words.determiners.contains(word),
            !Words.auxiliaries.contains(word), !Self.trailers.contains(word), !VerbForms.isClearVerb(word),
            !token.isCapitalised,
            PredicateWords.verbs[word] == nil || isMoney || unit == "percent", !word.hasSuffix("ly"),
            !word.hasSuffix("er"),
            Words.weekdays[word] == nil
        else { return nil }
        return nouns.phrase(in: sentence, at: end)
    }

    func hasWord(_ sentence: Sentence, _ words: Set<String>) -> Bool {
        sentence.tokens.contains { words.contains($0.lower) }
    }

    static let trailers: Set<String> = [
        "ago", "apiece", "last", "next", "late", "early", "each", "earlier", "high", "long", "wide", "deep",
        "tall", "old", "today", "north", "south", "east",
        "west", "annually", "yearly", "daily", "monthly", "away", "higher", "lower", "more", "less", "apart",
        "contained", "later", "straight", "pure",
        "northeast", "northwest", "southeast", "southwest", "full", "complete", "yesterday", "again",
        "respectively",
    ]
}
