import FoundationEssentials
import Syntax
import TallyModel

/// Finds what a quantity counts or measures, and what happened to it.
///
/// The tree of the sentence comes first; where it shows nothing, the shape of the words does. What is left out ("two of
/// them", "dozens wounded", "it was 68 per cent") is what was counted or measured last.
struct CountedReader: Sendable {
    struct Counting {
        var unit: String
        var phrase: NounPhrase?
        var predicate: Predicate
        var isMeasure = false
        var rule = ClaimExplanation.Rule.noun
        /// Whether it counts some of those counted before, and tells nothing else of them.
        var isPart = false

        var isElliptic: Bool { rule == .ellipsis }
    }

    let sentences: [Sentence]
    private let nouns = NounPhraseReader()
    private let predicates = PredicateReader()
    private let measures = MeasureReader()
    private let measureds = MeasuredReader()
    private let phrases = TreePhraseReader()
    private let subjects = SubjectReader()
    private let persons: PersonReader
    private var lastPeople: NounPhrase?
    private var lastThing: (phrase: NounPhrase, unit: String, sentence: Int)?
    private var lastPredicate: String?
    private var lastMoney: (phrase: NounPhrase?, sentence: Int, end: Int)?
    private var lastCurrency: String?
    private var lastMeasure: [String: (phrase: NounPhrase, sentence: Int)] = [:]

    init(sentences: [Sentence]) {
        self.sentences = sentences
        persons = PersonReader(sentences: sentences)
    }

    /// Returns what a quantity is of; `nil` where it turns out to count nothing.
    mutating func counting(of reading: QuantityReading, in sentence: Sentence, at index: Int) -> Counting? {
        if reading.isAge {
            return Counting(
                unit: reading.unit ?? "year",
                phrase: persons.noun(ofAge: reading, in: sentence),
                predicate: Predicate(name: "age", index: nil),
                rule: .age
            )
        }
        if let unit = reading.unit { return measure(reading, unit: unit, in: sentence, at: index) }
        if isPronoun(sentence, at: reading.nounStart) { return elliptic(reading, in: sentence, at: index) }
        if let label = labelled(reading, in: sentence, at: index) { return label }
        guard
            let phrase = thing(reading, in: sentence)
                ?? nouns.phrase(in: sentence, at: reading.nounStart)
        else { return bare(reading, in: sentence, at: index) }
        if PersonNouns.adjectives.contains(sentence.lower(reading.nounStart)),
            phrase.end <= reading.nounStart + 1
        {
            return elliptic(reading, in: sentence, at: index)
        }
        if phrase.head == "time" { return ratio(reading, times: phrase, in: sentence) }
        if phrase.head == "point" { return points(reading, phrase: phrase, in: sentence) }
        return things(reading, phrase: phrase, in: sentence, at: index)
    }
}

// MARK: - Measures

private extension CountedReader {
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
        if phrase == nil, isMoney, let found = converted(reading, in: sentence, at: index) {
            phrase = found
            rule = .converted
        }
        if phrase == nil {
            rule = .measured
            phrase =
                measured(reading, unit: unit, in: sentence, at: index)
                ?? measures.measured(in: sentence, of: reading, unit: unit, predicate: predicate.name)
        }
        if let found = phrase, Self.stand.contains(found.head), let last = lastMeasure[unit] {
            phrase = last.phrase
            rule = .ellipsis
        }
        if isMoney { lastMoney = (phrase, index, reading.tokens.upperBound) }
        if let found = phrase {
            lastMeasure[unit] = (found, index)
        } else if let last = lastMeasure[unit], index - last.sentence <= 2 {
            phrase = last.phrase
            rule = .ellipsis
        } else if unit == "percent", let thing = lastThing, thing.sentence == index {
            phrase = thing.phrase
            rule = .ellipsis
        }
        // "a fine of $28m": what is measured may be a happening itself.
        if let head = phrase?.head, PredicateClass.named(predicate.name ?? "") == nil,
            let name = PredicateWords.nouns[head]
        {
            predicate = Predicate(name: name, index: nil)
        }
        return Counting(
            unit: unit,
            phrase: phrase.map(CountedNames.usual),
            predicate: predicate,
            isMeasure: true,
            rule: rule
        )
    }

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
        if UnitTable.codes.contains(unit), let verb = measureds.verb(in: sentence, over: reading.tokens),
            let noun = MeasureReader.objects[VerbForms.base(sentence.lower(verb))]
                ?? MeasureReader.objects[sentence.lower(verb)]
        {
            let source = phrases.source(in: sentence, of: verb, without: reading.tokens)
            return NounPhrase(text: noun + source, head: noun, start: verb, end: verb + 1)
        }
        guard let noun = measureds.measured(in: sentence, by: reading.tokens) else { return nil }
        guard MeasuredReader.pronouns.contains(sentence.lower(noun)) else {
            return phrases.phrase(in: sentence, around: noun, without: reading.tokens, isWide: true)
        }
        if let last = lastMeasure[unit], index - last.sentence <= 2 { return last.phrase }
        return subject(before: index)
    }

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
        Counting(
            unit: "percentage_point",
            phrase: subjects.subject(in: sentence, before: reading.tokens.lowerBound),
            predicate: predicates.predicate(in: sentence, of: reading, phrase: phrase),
            isMeasure: true,
            rule: .measured
        )
    }
}

// MARK: - Things and people

private extension CountedReader {
    mutating func things(
        _ reading: QuantityReading,
        phrase: NounPhrase,
        in sentence: Sentence,
        at index: Int
    ) -> Counting {
        if reading.isAdjective { return attributed(reading, phrase: phrase, in: sentence) }
        let predicate = predicates.predicate(in: sentence, of: reading, phrase: phrase)
        let isPeople = PersonNouns.counts(phrase)
        let unit = isPeople ? "people" : NounKinds.unit(of: phrase.head)
        var counting = Counting(unit: unit, phrase: CountedNames.usual(phrase), predicate: predicate)
        // "Some 1,400 of the positions": a part is not the whole that was told before.
        if sentence.lower(reading.nounStart) == "of",
            ["the", "these", "those"].contains(sentence.lower(reading.nounStart + 1)),
            let last = lastThing, last.phrase.head == counting.phrase?.head,
            PredicateClass.named(predicate.name ?? "") == nil || predicate.name == lastPredicate
        {
            counting.isPart = true
            return playing(counting)
        }
        remember(counting, reading, in: sentence, at: index)
        return playing(counting)
    }

    /// "the 150-seat chamber", "a 927-page disclosure": seats of the chamber are counted.
    func attributed(_ reading: QuantityReading, phrase: NounPhrase, in sentence: Sentence) -> Counting {
        let noun = sentence.lower(reading.nounStart)
        let unit = Words.singular(noun)
        let plural = Words.isPlural(noun) ? noun : noun + "s"
        let whole =
            phrase.end > reading.nounStart + 1
            ? " of \(sentence.words(reading.nounStart + 1..<phrase.end))" : ""
        return Counting(
            unit: PersonNouns.contains(unit) ? "people" : NounKinds.unit(of: unit),
            phrase: NounPhrase(text: plural + whole, head: unit, start: reading.nounStart, end: phrase.end),
            predicate: predicates.predicate(in: sentence, of: reading, phrase: phrase)
        )
    }

    /// The noun that the tree hangs the number on.
    func thing(_ reading: QuantityReading, in sentence: Sentence) -> NounPhrase? {
        guard !reading.isAdjective, let noun = phrases.counted(in: sentence, by: reading.number),
            noun < reading.nounStart + 8
        else { return nil }
        return phrases.phrase(in: sentence, around: noun, without: reading.number)
    }

    /// "Missing: 64", "Aftershocks: 211 have been registered".
    mutating func labelled(_ reading: QuantityReading, in sentence: Sentence, at index: Int) -> Counting? {
        let colon = reading.tokens.lowerBound - 1
        if colon < 0 { return headed(reading, in: sentence, at: index) }
        guard sentence.lower(colon) == ":", colon <= 10 else { return nil }
        let behind = reading.nounStart
        let hasNoun =
            thing(reading, in: sentence) != nil
            || nouns.phrase(in: sentence, at: behind) != nil
                && !PersonNouns.adjectives.contains(sentence.lower(behind))
        guard !hasNoun else { return nil }
        var predicate = predicates.predicate(in: sentence, of: reading, phrase: nil)
        // "Injured persons treated in hospitals: 1,870" counts the injured.
        if let first = (0..<colon).first(where: { PersonNouns.adjectives.contains(sentence.lower($0)) }),
            let name = PredicateWords.className(of: sentence.lower(first))
        {
            predicate = Predicate(name: name, index: first)
        }
        guard let label = subjects.label(in: sentence, endingAt: colon),
            !PersonNouns.adjectives.contains(label.head)
        else {
            guard predicate.isOfPeople else { return nil }
            return playing(
                Counting(unit: "people", phrase: Self.people(at: colon), predicate: predicate, rule: .label)
            )
        }
        let isPeople = PersonNouns.counts(label)
        let unit = isPeople ? "people" : NounKinds.unit(of: label.head)
        guard isPeople || Words.isPlural(sentence.lower(label.end - 1)) else { return nil }
        let counting = Counting(
            unit: unit,
            phrase: CountedNames.usual(label),
            predicate: predicate,
            rule: .label
        )
        remember(counting, reading, in: sentence, at: index)
        return playing(counting)
    }

    /// Reads a heading of a word or two that tells what is counted: "Deaths" before "Thirty-four, including …".
    mutating func headed(_ reading: QuantityReading, in sentence: Sentence, at index: Int) -> Counting? {
        guard index > 0, thing(reading, in: sentence) == nil,
            !(sentence.token(reading.nounStart)?.isWord ?? false)
        else { return nil }
        let heading = sentences[index - 1]
        guard heading.paragraph == sentence.paragraph, heading.tokens.count <= 4,
            heading.lower(heading.tokens.count - 1) == ".",
            let noun = heading.tokens.last(where: \.isWord)
        else { return nil }
        let head = Words.singular(noun.lower)
        let predicate = Predicate(name: PredicateWords.className(of: noun.lower), index: nil)
        guard PersonNouns.perPerson.contains(head) || PersonNouns.contains(head) || predicate.isOfPeople
        else { return nil }
        return playing(
            Counting(unit: "people", phrase: Self.people(at: 0), predicate: predicate, rule: .label)
        )
    }

    /// No noun follows: it stands to the left ("the death toll rose to 14") or is left out ("12 are missing").
    mutating func bare(_ reading: QuantityReading, in sentence: Sentence, at index: Int) -> Counting? {
        let next = sentence.lower(reading.nounStart)
        let before = reading.tokens.lowerBound - 1
        if ["which", "whom"].contains(sentence.lower(before)), sentence.lower(before - 1) == "of" {
            return elliptic(reading, in: sentence, at: index)
        }
        let followsVerb =
            Words.auxiliaries.contains(next) || VerbForms.isClearVerb(next) || next == "others"
            || next == "more"
            || (PredicateWords.verbs[next] != nil)
        if followsVerb || isObjectOfHarm(reading, in: sentence) {
            return elliptic(reading, in: sentence, at: index)
        }
        guard let subject = subject(of: reading, in: sentence) else {
            guard lastPeople != nil || lastThing != nil else { return nil }
            return sentence.tokens.count <= reading.tokens.upperBound + 1 || reading.qualifier != .exact
                ? elliptic(reading, in: sentence, at: index) : nil
        }
        let predicate = predicates.predicate(in: sentence, of: reading, phrase: nil)
        let words = sentence.words(subject.start..<subject.end).lowercased()
        if subject.head == "magnitude" || words.contains("magnitude") {
            return Counting(
                unit: "magnitude",
                phrase: NounPhrase(
                    text: "earthquake magnitude",
                    head: "magnitude",
                    start: subject.start,
                    end: subject.end
                ),
                predicate: Predicate(name: "measure", index: nil),
                isMeasure: true,
                rule: .subject
            )
        }
        if MoneyNouns.contains(subject.head), let currency = lastCurrency,
            (reading.low ?? reading.high ?? 0) >= 1000
        {
            return Counting(
                unit: currency,
                phrase: subject,
                predicate: predicate,
                isMeasure: true,
                rule: .subject
            )
        }
        if Self.stand.contains(subject.head), let thing = lastThing {
            return playing(
                Counting(unit: thing.unit, phrase: thing.phrase, predicate: predicate, rule: .ellipsis)
            )
        }
        if let people = BareNouns.people(head: subject.head, words: words) {
            let phrase = people ? Self.people(at: subject.start) : CountedNames.usual(subject)
            return playing(Counting(unit: "people", phrase: phrase, predicate: predicate, rule: .subject))
        }
        if sentence.lower(before) == "of", subject.end == before, !PersonNouns.counts(subject) {
            return Counting(
                unit: subject.head,
                phrase: subject,
                predicate: predicate,
                isMeasure: true,
                rule: .subject
            )
        }
        guard Words.isPlural(sentence.lower(subject.end - 1)) || BareNouns.measures.contains(subject.head)
        else {
            if let thing = lastThing, thing.sentence == index, reading.low ?? 0 > 1 || reading.low == nil {
                return Counting(
                    unit: thing.unit,
                    phrase: thing.phrase,
                    predicate: predicate,
                    rule: .ellipsis
                )
            }
            return reading.qualifier != .exact || predicate.isOfPeople
                ? elliptic(reading, in: sentence, at: index) : nil
        }
        let isPeople = PersonNouns.counts(subject)
        let unit = isPeople ? "people" : NounKinds.unit(of: subject.head)
        let counting = Counting(
            unit: unit,
            phrase: CountedNames.usual(subject),
            predicate: predicate,
            rule: .subject
        )
        if isPeople { remember(counting, reading, in: sentence, at: index) }
        return playing(counting)
    }

    /// "killing more than 800": the verb happens only to people.
    func isObjectOfHarm(_ reading: QuantityReading, in sentence: Sentence) -> Bool {
        let predicate = predicates.predicate(in: sentence, of: reading, phrase: nil)
        guard predicate.isOfPeople, let word = predicate.index, let tree = sentence.tree,
            tree.tags[word].isVerb, let top = tree.top(of: reading.tokens)
        else { return false }
        return tree.heads[top] == word && [.dobj, .nsubj, .nsubjpass].contains(tree.labels[top])
            || word == reading.tokens.lowerBound - 1
    }

    /// The noun before a bare number that the number is said of.
    func subject(of reading: QuantityReading, in sentence: Sentence) -> NounPhrase? {
        if let found = numbered(in: sentence, before: reading.tokens.lowerBound) { return found }
        if let noun = measureds.measured(in: sentence, by: reading.tokens), noun < reading.tokens.lowerBound,
            let found = phrases.phrase(in: sentence, around: noun, without: reading.tokens),
            !MeasuredReader.pronouns.contains(sentence.lower(noun)),
            // A headline's "rises" is taken for a noun at times.
            PredicateWords.verbs[sentence.lower(noun)] == nil
        {
            return found
        }
        return subjects.subject(in: sentence, before: reading.tokens.lowerBound)
    }

    /// The noun is left out: "dozens wounded", "two of them", "14 dead".
    mutating func elliptic(_ reading: QuantityReading, in sentence: Sentence, at index: Int) -> Counting? {
        var end = reading.nounStart
        let isPronoun = sentence.lower(end) == "of"
        if isPronoun { end += 2 }
        // "five of them children"
        if isPronoun, let phrase = nouns.phrase(in: sentence, at: end), PersonNouns.contains(phrase.head) {
            let predicate = predicates.predicate(in: sentence, of: reading, phrase: phrase)
            return Counting(unit: "people", phrase: CountedNames.usual(phrase), predicate: predicate)
        }
        let holder = NounPhrase(text: "", head: "", start: end, end: end)
        let predicate = predicates.predicate(in: sentence, of: reading, phrase: holder)
        if predicate.isOfPeople || lastThing == nil || lastThing?.unit == "people" {
            let people = lastPeople ?? Self.people(at: end)
            var counting = Counting(unit: "people", phrase: people, predicate: predicate, rule: .ellipsis)
            counting.isPart =
                isPronoun
                && (PredicateClass.named(predicate.name ?? "") == nil || predicate.name == lastPredicate)
            return playing(counting)
        }
        guard let thing = lastThing else { return nil }
        return Counting(unit: thing.unit, phrase: thing.phrase, predicate: predicate, rule: .ellipsis)
    }

    /// Returns the noun of "the number of servicemen who … stands at fourteen".
    func numbered(in sentence: Sentence, before index: Int) -> NounPhrase? {
        for position in stride(from: index - 3, through: 0, by: -1)
        where sentence.lower(position) == "number" && sentence.lower(position + 1) == "of" {
            return nouns.phrase(in: sentence, at: position + 1, takesOf: false)
        }
        return nil
    }

    func isPronoun(_ sentence: Sentence, at index: Int) -> Bool {
        sentence.lower(index) == "of"
            && ["them", "us", "these", "those", "whom", "which"].contains(sentence.lower(index + 1))
            && !(sentence.token(index + 2)?.isWord ?? false
                && ["these", "those"].contains(sentence.lower(index + 1)))
    }

    /// Keeps what was counted for what is left out later; a part of it ("including 137 children") is not the whole.
    mutating func remember(
        _ counting: Counting,
        _ reading: QuantityReading,
        in sentence: Sentence,
        at index: Int
    ) {
        guard let phrase = counting.phrase else { return }
        for position in max(0, reading.tokens.lowerBound - 3)..<reading.tokens.lowerBound
        where Self.parts.contains(sentence.lower(position)) {
            return
        }
        if counting.unit == "people", phrase.head != "other" { lastPeople = phrase }
        lastThing = (phrase, counting.unit, index)
        lastPredicate = counting.predicate.name
    }

    /// Gives people of whom nothing is said but what they did the noun of that: those who march are protesters.
    func playing(_ counting: Counting) -> Counting {
        guard counting.unit == "people", let phrase = counting.phrase, phrase.text.lowercased() == "people",
            let name = counting.predicate.name, let role = CountedNames.roles[name]
        else { return counting }
        var result = counting
        result.phrase?.text = role
        result.phrase?.head = Words.singular(role)
        return result
    }

    static func people(at index: Int) -> NounPhrase {
        NounPhrase(text: "people", head: "people", start: index, end: index)
    }

    /// Nouns that stand for what was counted before.
    static let stand: Set<String> = ["count", "estimate", "figure", "number", "tally", "total"]
    /// Words before a part of what was counted.
    static let parts: Set<String> = ["including", "included", "whom", "which", "them", "among"]
}
