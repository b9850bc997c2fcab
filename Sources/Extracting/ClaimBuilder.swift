import FoundationEssentials
import TallyModel

/// Makes claims of quantities: what is counted, what happened, where, when, and who says so.
struct ClaimBuilder {
    let sentences: [Sentence]
    private var context: ContextReader
    private let nouns = NounPhraseReader()
    private let predicates = PredicateReader()
    private let measures = MeasureReader()
    private let subjects = SubjectReader()
    private let persons: PersonReader
    /// What was counted last, for what is left out later ("dozens wounded", "two of them").
    private var lastPeople: NounPhrase?
    private var lastThing: (phrase: NounPhrase, unit: String, sentence: Int)?
    private var lastCurrency: String?
    private var lastMeasure: [String: (phrase: NounPhrase, sentence: Int)] = [:]

    init(sentences: [Sentence], published: Date?) {
        self.sentences = sentences
        context = ContextReader(sentences: sentences, published: published)
        persons = PersonReader(sentences: sentences)
    }

    /// Returns the claim of a quantity; `nil` where the quantity turns out to count nothing.
    mutating func claim(of reading: QuantityReading, sentenceAt index: Int) -> Claim? {
        let sentence = sentences[index]
        guard let counting = counting(of: reading, in: sentence, at: index) else { return nil }
        let start = sentence.tokens[reading.tokens.lowerBound].start
        let end = sentence.tokens[reading.tokens.upperBound - 1].end
        let scalars = sentence.text.unicodeScalars.dropFirst(start - sentence.start).prefix(end - start)
        var claim = Claim(
            surface: String(String.UnicodeScalarView(scalars)),
            sentence: sentence.text,
            start: start,
            end: end,
            quantity: Quantity(
                low: reading.low,
                high: reading.high,
                qualifier: reading.qualifier,
                unit: counting.unit
            )
        )
        claim.counted = counting.phrase?.text
        claim.head = counting.phrase?.head
        claim.predicate = PredicateRefinement.name(
            counting.predicate.name,
            head: counting.phrase?.head,
            unit: counting.unit
        )
        if reading.isAge {
            claim.predicate = "age"
            claim.subject = persons.description(ofAge: reading, sentenceAt: index)
        } else if counting.isMeasure {
            claim.subject = context.subject(of: reading, in: sentence)
        }
        context.complete(&claim, of: reading, predicateAt: counting.predicate.index, sentenceAt: index)
        if counting.isElliptic { claim.confidence -= 0.15 }
        return claim
    }
}

private extension ClaimBuilder {
    struct Counting {
        var unit: String
        var phrase: NounPhrase?
        var predicate: Predicate
        var isMeasure = false
        var isElliptic = false
    }

    mutating func counting(of reading: QuantityReading, in sentence: Sentence, at index: Int) -> Counting? {
        if reading.isAge {
            let phrase = persons.noun(ofAge: reading, in: sentence)
            return Counting(
                unit: reading.unit ?? "year",
                phrase: phrase,
                predicate: Predicate(name: "age", index: nil)
            )
        }
        if let unit = reading.unit {
            if UnitTable.codes.contains(unit) { lastCurrency = unit }
            let predicate = predicates.predicate(in: sentence, of: reading, phrase: nil)
            var phrase = measures.measured(in: sentence, of: reading, unit: unit, predicate: predicate.name)
            if let found = phrase {
                lastMeasure[unit] = (found, index)
            } else if let last = lastMeasure[unit], index - last.sentence <= 1 {
                phrase = last.phrase
            } else if unit == "percent", let thing = lastThing, thing.sentence == index {
                phrase = thing.phrase
            }
            return Counting(
                unit: unit,
                phrase: phrase.map(CountedNames.usual),
                predicate: predicate,
                isMeasure: true
            )
        }
        if isPronoun(sentence, at: reading.nounStart) { return elliptic(reading, in: sentence, at: index) }
        guard var phrase = nouns.phrase(in: sentence, at: reading.nounStart) else {
            return bare(reading, in: sentence, at: index)
        }
        if PersonNouns.adjectives.contains(sentence.lower(reading.nounStart)),
            phrase.end <= reading.nounStart + 1
        {
            return elliptic(reading, in: sentence, at: index)
        }
        if phrase.head == "time" {
            guard ["the", "as", "more", "higher", "that", "its", "a"].contains(sentence.lower(phrase.end))
            else { return nil }
            let measured = measures.measured(in: sentence, of: reading, unit: "ratio", predicate: nil)
            return Counting(
                unit: "ratio",
                phrase: measured,
                predicate: predicates.predicate(in: sentence, of: reading, phrase: phrase),
                isMeasure: true
            )
        }
        if phrase.head == "point" {
            let measured = subjects.subject(in: sentence, before: reading.tokens.lowerBound)
            return Counting(
                unit: "percentage_point",
                phrase: measured,
                predicate: predicates.predicate(in: sentence, of: reading, phrase: phrase),
                isMeasure: true
            )
        }
        var unit: String
        if reading.isAdjective {
            // "the 150-seat chamber": seats are counted.
            let noun = sentence.lower(reading.nounStart)
            unit = Words.singular(noun)
            phrase = NounPhrase(
                text: Words.isPlural(noun) ? noun : noun + "s",
                head: unit,
                start: reading.nounStart,
                end: phrase.end
            )
        } else {
            unit = phrase.head
        }
        let predicate = predicates.predicate(in: sentence, of: reading, phrase: phrase)
        if PersonNouns.counts(phrase) {
            unit = "people"
        }
        unit = CountedNames.units[unit] ?? unit
        phrase = CountedNames.usual(phrase)
        remember(phrase, unit: unit, at: index)
        return Counting(unit: unit, phrase: phrase, predicate: predicate)
    }

    mutating func remember(_ phrase: NounPhrase, unit: String, at index: Int) {
        if unit == "people" { lastPeople = phrase }
        lastThing = (phrase, unit, index)
    }

    func isPronoun(_ sentence: Sentence, at index: Int) -> Bool {
        sentence.lower(index) == "of"
            && ["them", "us", "these", "those", "whom", "which"].contains(sentence.lower(index + 1))
            && !(sentence.token(index + 2)?.isWord ?? false
                && ["these", "those"].contains(sentence.lower(index + 1)))
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
            let people = lastPeople ?? NounPhrase(text: "people", head: "people", start: end, end: end)
            return Counting(unit: "people", phrase: people, predicate: predicate, isElliptic: true)
        }
        guard let thing = lastThing else { return nil }
        return Counting(unit: thing.unit, phrase: thing.phrase, predicate: predicate, isElliptic: true)
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
        if followsVerb { return elliptic(reading, in: sentence, at: index) }
        guard
            let subject = numbered(in: sentence, before: reading.tokens.lowerBound)
                ?? subjects.subject(in: sentence, before: reading.tokens.lowerBound)
        else {
            return sentence.tokens.count <= reading.tokens.upperBound + 1 || reading.qualifier != .exact
                ? elliptic(reading, in: sentence, at: index) : nil
        }
        let predicate = predicates.predicate(in: sentence, of: reading, phrase: nil)
        let words = sentence.words(subject.start..<subject.end).lowercased()
        if subject.head == "magnitude" || words.contains("magnitude") {
            return Counting(
                unit: "magnitude",
                phrase: subject,
                predicate: Predicate(name: "measure", index: nil),
                isMeasure: true
            )
        }
        if MoneyNouns.contains(subject.head), let currency = lastCurrency,
            (reading.low ?? reading.high ?? 0) >= 1000
        {
            return Counting(unit: currency, phrase: subject, predicate: predicate, isMeasure: true)
        }
        if let people = BareNouns.people(head: subject.head, words: words) {
            var phrase = CountedNames.usual(subject)
            if people { phrase = lastPeopleOr(phrase) }
            return Counting(unit: "people", phrase: phrase, predicate: predicate)
        }
        guard Words.isPlural(sentence.lower(subject.end - 1)) || BareNouns.measures.contains(subject.head)
        else {
            if let thing = lastThing, thing.sentence == index, reading.low ?? 0 > 1 || reading.low == nil {
                return Counting(
                    unit: thing.unit,
                    phrase: thing.phrase,
                    predicate: predicate,
                    isElliptic: true
                )
            }
            return reading.qualifier != .exact || predicate.isOfPeople
                ? elliptic(reading, in: sentence, at: index) : nil
        }
        if PersonNouns.counts(subject) {
            remember(CountedNames.usual(subject), unit: "people", at: index)
            return Counting(unit: "people", phrase: CountedNames.usual(subject), predicate: predicate)
        }
        let unit = CountedNames.units[subject.head] ?? subject.head
        return Counting(unit: unit, phrase: CountedNames.usual(subject), predicate: predicate)
    }

    /// Returns the noun of "the number of servicemen who … stands at fourteen".
    func numbered(in sentence: Sentence, before index: Int) -> NounPhrase? {
        for position in stride(from: index - 3, through: 0, by: -1)
        where sentence.lower(position) == "number" && sentence.lower(position + 1) == "of" {
            return nouns.phrase(in: sentence, at: position + 1, takesOf: false)
        }
        return nil
    }

    /// "The toll" and "the dead" count the people of whom was spoken.
    func lastPeopleOr(_ phrase: NounPhrase) -> NounPhrase {
        var people = phrase
        people.text = "people"
        people.head = "people"
        return people
    }
}
