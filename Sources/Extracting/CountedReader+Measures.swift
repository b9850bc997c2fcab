import FoundationEssentials
import Syntax
import TallyModel

extension CountedReader {
    mutating func measure(
        _ reading: QuantityReading,
        unit: String,
        in sentence: Sentence,
        at index: Int
    ) -> Counting {
        let isMoney = UnitTable.codes.contains(unit)
        if isMoney { lastCurrency = unit }
        var predicate = predicates.predicate(in: sentence, of: reading, phrase: nil)
        var phrase = measures.fixed(in: sentence, of: reading, unit: unit)
        var rule = ClaimExplanation.Rule.unit
        var bearer: String?
        if phrase == nil, isMoney, let found = converted(reading, in: sentence, at: index) {
            phrase = found
            rule = .converted
        }
        if phrase == nil, let (found, happening) = leftOut(reading, unit: unit, in: sentence, at: index) {
            phrase = found
            rule = .ellipsis
            if let happening { predicate = Predicate(name: happening, index: nil) }
        }
        if phrase == nil {
            rule = .measured
            phrase =
                measured(reading, unit: unit, in: sentence, at: index)
                ?? measures.measured(in: sentence, of: reading, unit: unit, predicate: predicate.name)
        }
        if let found = phrase,
            let other = replacement(of: found, reading, unit: unit, in: sentence, at: index)
        {
            phrase = other.phrase
            bearer = other.bearer
            if other.isEllipsis { rule = .ellipsis }
        }
        if let found = phrase { lastAny = (found, index) }
        if isMoney { lastMoney = (phrase, index, reading.tokens.upperBound) }
        if let found = phrase {
            lastMeasure[unit] = (found, predicate.name, index)
        } else if let last = lastMeasure[unit], index - last.sentence <= 2 {
            phrase = last.phrase
            rule = .ellipsis
        } else if unit == "percent", let thing = lastThing, thing.sentence == index {
            phrase = thing.phrase
            rule = .ellipsis
        }
        // "Burnt area: 5,610 hectares according to satellite mapping"
        if sentence.lower(reading.tokens.lowerBound - 1) == ":",
            let told = label(in: sentence, before: reading.tokens.lowerBound - 1)
        {
            predicate = told
        }
        // "has 36 per cent of the votes and the other 34": who has votes has won them.
        if unit == "percent", let head = phrase?.head, ["ballot", "vote"].contains(head) {
            let verb = measureds.verb(in: sentence, over: reading.tokens)
            let isHeld = verb.map { Self.holding.contains(VerbForms.base(sentence.lower($0))) } ?? false
            if isHeld || bearer != nil { predicate = Predicate(name: "win", index: verb) }
        }
        // "Assets frozen since March amount to $41m": the verb tells only how much.
        if let found = phrase, rule == .measured,
            PredicateClass.named(predicate.name ?? "").map({ PredicateReader.changes.contains($0.name) })
                ?? true,
            let state = predicates.state(of: found, in: sentence)
        {
            predicate = state
        }
        // Damages in law are no damage.
        if isMoney, predicate.name == "damage" || PredicateClass.named(predicate.name ?? "") == nil,
            let found = phrase, found.text.lowercased().hasSuffix("damages")
        {
            predicate = Predicate(name: "award", index: nil)
        }
        // "a fine of $28m": what is measured may be a happening itself.
        if let head = phrase?.head, PredicateClass.named(predicate.name ?? "") == nil,
            let name = PredicateWords.nouns[head]
        {
            predicate = Predicate(name: name, index: nil)
        }
        return Counting(
            unit: unit,
            phrase: dimensioned(phrase.map(CountedNames.usual), reading, unit: unit, in: sentence),
            predicate: predicate,
            isMeasure: true,
            rule: rule,
            bearer: bearer
        )
    }

    /// Names which measure of a thing is told: "9 metres across", "a hole 1.5 metres wide", "up to eight metres deep".
    private func dimensioned(
        _ phrase: NounPhrase?,
        _ reading: QuantityReading,
        unit: String,
        in sentence: Sentence
    ) -> NounPhrase? {
        guard UnitTable.lengths.contains(unit), var result = phrase else { return phrase }
        let before = (1...3).map { sentence.lower(reading.tokens.lowerBound - $0) }
        guard
            let name = Self.dimensions[sentence.lower(reading.nounStart)]
                ?? before.lazy.compactMap({ Self.dimensions[$0] }).first, result.head != name
        else { return phrase }
        result.text = "\(name) of \(result.text)"
        return result
    }

    // Source: WordNet's attributes of the adjectives of size.
    private static let dimensions = [
        "across": "width", "broad": "width", "deep": "depth", "deeper": "depth", "down": "depth",
        "high": "height",
        "higher": "height", "long": "length", "longer": "length", "tall": "height", "thick": "thickness",
        "wide": "width", "wider": "width",
    ]

    /// What the tree says a measure is of; a pronoun gives way to the last thing measured so, or to the last subject.
    func measured(
        _ reading: QuantityReading,
        unit: String,
        in sentence: Sentence,
        at index: Int
    ) -> NounPhrase? {
        if let noun = measureds.part(in: sentence, by: reading.tokens) {
            return phrases.phrase(in: sentence, around: noun, without: reading.tokens, isWide: true)
        }
        // "raised its provision to €140 million"
        if UnitTable.codes.contains(unit), sentence.lower(reading.tokens.lowerBound - 1) == "to",
            let verb = measureds.verb(in: sentence, over: reading.tokens),
            let object = sentence.tree?.child(of: verb, .dobj), object < reading.tokens.lowerBound,
            sentence.tree?.tags[object].isNoun ?? false
        {
            return phrases.phrase(in: sentence, around: object, without: reading.tokens, isWide: true)
        }
        if UnitTable.codes.contains(unit), let verb = measureds.verb(in: sentence, over: reading.tokens),
            let noun = MeasureReader.objects[VerbForms.base(sentence.lower(verb))]
                ?? MeasureReader.objects[sentence.lower(verb)]
        {
            let source = phrases.source(in: sentence, of: verb, without: reading.tokens)
            return NounPhrase(text: noun + source, head: noun, start: verb, end: verb + 1)
        }
        // What burns or is sold by the hectare is land, whoever burns it.
        if UnitTable.areas.contains(unit), let verb = measureds.verb(in: sentence, over: reading.tokens),
            !Self.spanning.contains(VerbForms.base(sentence.lower(verb)))
        {
            return NounPhrase(text: "land", head: "land", start: verb, end: verb)
        }
        if UnitTable.codes.contains(unit), let source = measureds.source(in: sentence, of: reading.tokens) {
            return phrases.phrase(in: sentence, around: source, without: reading.tokens, isWide: true)
        }
        guard let nearest = measureds.measured(in: sentence, by: reading.tokens) else { return nil }
        let noun = measureds.named(by: nearest, in: sentence) ?? nearest
        // "The watchdog has fined the company €9m": the money is no measure of who pays it.
        if noun < reading.tokens.lowerBound,
            !MeasureReader.measures.contains(Words.singular(sentence.lower(noun))),
            let told = measures.nominalisation(sentence, before: reading.tokens.lowerBound, unit: unit),
            !Self.prices.contains(told)
        {
            return NounPhrase(text: told, head: told, start: noun, end: noun)
        }
        guard MeasuredReader.pronouns.contains(sentence.lower(noun)) else {
            return phrases.phrase(in: sentence, around: noun, without: reading.tokens, isWide: true)
        }
        if let last = lastMeasure[unit], index - last.sentence <= 2 { return last.phrase }
        return subject(before: index)
    }

    /// What a measure is of where its noun only stands for that, or where a name stands in its place.
    private func replacement(
        of found: NounPhrase,
        _ reading: QuantityReading,
        unit: String,
        in sentence: Sentence,
        at index: Int
    ) -> (phrase: NounPhrase, bearer: String?, isEllipsis: Bool)? {
        // "Revenue came to €3bn, a decline of 12 %", "sales: growth of 0.8 %"
        if Self.moves.contains(found.head), sentence.lower(reading.tokens.lowerBound - 1) == "of" {
            let colon = (0..<found.start).last { sentence.lower($0) == ":" }
            if let label = colon.flatMap({ subjects.label(in: sentence, endingAt: $0) }) {
                return (label, nil, false)
            }
            if let last = lastAny, last.sentence == index { return (last.phrase, nil, true) }
        }
        let isStanding = Self.stand.contains(found.head)
        // "its estimate of the turnout" is of the turnout.
        if isStanding, let inner = found.inner { return (inner, nil, false) }
        if let last = lastMeasure[unit] {
            if isStanding { return (last.phrase, nil, true) }
            if last.sentence == index {
                if isLevel(found, in: sentence) { return (last.phrase, nil, true) }
                if unit == "percent", isGapped(found, behind: last.phrase, in: sentence) {
                    let end = reading.tokens.lowerBound
                    return (last.phrase, name(in: sentence, before: end, after: last.phrase.end), true)
                }
            }
        }
        guard found.text == "record", UnitTable.areas.contains(unit) else { return nil }
        return (NounPhrase(text: "land", head: "land", start: found.start, end: found.end), nil, false)
    }

    /// What a measure is of that leaves its noun out, and what happened to it where the verb is left out too.
    func leftOut(
        _ reading: QuantityReading,
        unit: String,
        in sentence: Sentence,
        at index: Int
    ) -> (phrase: NounPhrase, predicate: String?)? {
        // "The ministry says 22 per cent did, and that …"
        if Self.proverbs.contains(sentence.lower(reading.nounStart)),
            !(sentence.token(reading.nounStart + 1)?.isWord ?? false), let last = lastMeasure[unit],
            index - last.sentence <= 1
        {
            return (last.phrase, last.predicate)
        }
        guard unit == "percent", sentence.lower(reading.nounStart) != "of", let thing = lastThing else {
            return nil
        }
        let before = reading.tokens.lowerBound - 1
        // "962 of the cases, or 69 per cent"
        let isApposed = sentence.lower(before) == "or" && thing.sentence == index
        // "Of these, 19.2% had …"
        let isOfThese =
            before == 2 && sentence.lower(0) == "of" && sentence.lower(before) == ","
            && MeasuredReader.pronouns.contains(sentence.lower(1)) && index - thing.sentence <= 2
        return isApposed || isOfThese ? (thing.phrase, nil) : nil
    }

    /// Whether a noun says how far a number goes and not what it is of: "the record of 121 tonnes", "a target of 2.8 %".
    private func isLevel(_ phrase: NounPhrase, in sentence: Sentence) -> Bool {
        guard Self.levels.contains(phrase.head), let tree = sentence.tree,
            let word = phrase.anchor ?? (phrase.end > phrase.start ? phrase.end - 1 : nil),
            word < tree.heads.count
        else { return false }
        return tree.child(of: word, .compound) == nil
    }

    /// Whether a name stands where the noun is left out: "one has 36 % of the votes and the other 34 %".
    private func isGapped(_ phrase: NounPhrase, behind last: NounPhrase, in sentence: Sentence) -> Bool {
        guard let tree = sentence.tree, phrase.start < phrase.end, last.start < last.end,
            phrase.end <= tree.tags.count, last.end <= tree.tags.count
        else { return false }
        return tree.tags[phrase.end - 1].isProperNoun && !tree.tags[last.end - 1].isProperNoun
    }

    private static let holding: Set<String> = [
        "claim", "gain", "get", "have", "hold", "poll", "receive", "score", "secure", "take", "win",
    ]
    /// Verbs that stand for a whole predicate.
    private static let proverbs: Set<String> = ["did", "do", "does"]
    /// Nouns for how far a number went up or down.
    static let moves: Set<String> = [
        "decline", "decrease", "drop", "fall", "gain", "growth", "increase", "jump", "reduction", "rise",
    ]
    private static let levels: Set<String> = [
        "average", "ceiling", "forecast", "high", "limit", "low", "peak", "record", "target",
    ]

    /// The currency told last, where a large number without one is of a noun for money.
    func currency(of reading: QuantityReading, for phrase: NounPhrase) -> String? {
        MoneyNouns.contains(phrase.head) && (reading.low ?? reading.high ?? 0) >= 1000 ? lastCurrency : nil
    }

    /// What the words of a short label before a colon tell to have happened.
    private func label(in sentence: Sentence, before colon: Int) -> Predicate? {
        guard colon > 0, colon <= 5 else { return nil }
        for index in 0..<colon {
            if let name = PredicateWords.className(of: sentence.lower(index)) {
                return Predicate(name: name, index: index)
            }
        }
        return nil
    }

    /// Money that a thing itself is told by: "the console sells for 19,800 yen".
    private static let prices: Set<String> = ["cost", "sale", "value"]

    /// Verbs that tell how large their subject is.
    private static let spanning: Set<String> = [
        "comprise", "cover", "exceed", "include", "measure", "occupy", "reach", "span", "total",
    ]

    /// The subject of the last sentence before one that has a noun for its subject.
    func subject(before index: Int) -> NounPhrase? {
        for sentence in sentences[max(0, index - 2)..<index].reversed() {
            guard let tree = sentence.tree,
                let root = tree.heads.indices.first(where: { tree.heads[$0] == $0 }),
                let subject = measureds.subject(of: root, in: sentence), tree.tags[subject].isNoun
            else { continue }
            return phrases.phrase(in: sentence, around: subject, without: 0..<0)
        }
        return nil
    }

    /// The same money in another currency: "£546m ($1.04bn)".
    func converted(_ reading: QuantityReading, in sentence: Sentence, at index: Int) -> NounPhrase? {
        guard let last = lastMoney, last.sentence == index, last.end + 1 == reading.tokens.lowerBound,
            ["(", ";", "/"].contains(sentence.lower(last.end))
        else { return nil }
        return last.phrase
    }

    /// Words beside points that are no percentage points: those of games and of stock indices.
    static let scored = TableReader.words(
        """
        assist average basketball championship composite cup dax dow football ftse game halftime hockey index league
        nasdaq nikkei overtime playoff quarterback rebound rugby score season team tennis touchdown tournament
        """
    )

    func ratio(_ reading: QuantityReading, times phrase: NounPhrase, in sentence: Sentence) -> Counting? {
        guard ["the", "as", "more", "higher", "that", "its", "a"].contains(sentence.lower(phrase.end))
        else { return nil }
        return Counting(
            unit: "ratio",
            phrase: measureds.measured(in: sentence, by: reading.tokens.lowerBound..<phrase.end)
                .flatMap { phrases.phrase(in: sentence, around: $0, without: reading.tokens, isWide: true) }
                ?? measures.measured(in: sentence, of: reading, unit: "ratio", predicate: nil),
            predicate: predicates.predicate(in: sentence, of: reading, phrase: phrase),
            isMeasure: true,
            rule: .measured
        )
    }

    func points(_ reading: QuantityReading, phrase: NounPhrase, in sentence: Sentence) -> Counting {
        // "2.6 points apart"
        if let idiom = PredicateIdioms.match(in: sentence, at: reading.nounStart) {
            return Counting(
                unit: "percentage_point",
                phrase: NounPhrase(text: "lead", head: "lead", start: reading.nounStart, end: idiom.last + 1),
                predicate: Predicate(name: idiom.name, index: idiom.last),
                isMeasure: true,
                rule: .measured
            )
        }
        let isScored = sentence.tokens.contains { Self.scored.contains(Words.singular($0.lower)) }
        return Counting(
            unit: isScored ? "point" : "percentage_point",
            phrase: measureds.measured(in: sentence, by: reading.tokens.lowerBound..<phrase.end)
                .flatMap { phrases.phrase(in: sentence, around: $0, without: reading.tokens, isWide: true) }
                ?? subjects.subject(in: sentence, before: reading.tokens.lowerBound),
            predicate: predicates.predicate(in: sentence, of: reading, phrase: phrase),
            isMeasure: true,
            rule: .measured
        )
    }
}
