import FoundationEssentials
import Syntax
import TallyModel

extension CountedReader {
    mutating func things(
        _ reading: QuantityReading,
        phrase: NounPhrase,
        in sentence: Sentence,
        at index: Int
    ) -> Counting {
        if reading.isAdjective { return attributed(reading, phrase: phrase, in: sentence) }
        let predicate = predicates.predicate(in: sentence, of: reading, phrase: phrase)
        // "a 141 billion deficit", the currency told before
        if let currency = currency(of: reading, for: phrase),
            !Words.isPlural(sentence.lower(phrase.headIndex))
        {
            return Counting(
                unit: currency,
                phrase: phrase,
                predicate: predicate,
                isMeasure: true,
                rule: .noun
            )
        }
        if let told = nominal(reading, phrase: phrase, predicate: predicate, in: sentence) {
            remember(told, reading, in: sentence, at: index)
            return playing(told)
        }
        let isOf = sentence.lower(reading.nounStart) == "of"
        // "12 of one family": a group is counted by its members.
        let isOfGroup =
            isOf && PersonNouns.groups.contains(phrase.head)
            && !Words.isPlural(sentence.lower(phrase.headIndex))
        let isPeople = isOfGroup || PersonNouns.counts(phrase)
        let usual = CountedNames.usual(phrase)
        let unit = isPeople ? "people" : NounKinds.unit(of: usual.head == "drone" ? usual.head : phrase.head)
        var counting = Counting(
            unit: unit,
            phrase: usual.withoutNumber(in: sentence, behind: reading.tokens.upperBound),
            predicate: predicate
        )
        // "a list of 143 names": of people, where what is told befalls people
        if phrase.head == "name" {
            let state = sentence.tokens.indices.first { PersonNouns.adjectives.contains(sentence.lower($0)) }
            let name =
                predicate.isOfPeople
                ? predicate.name : state.flatMap { PredicateWords.className(of: sentence.lower($0)) }
            if let name {
                let told = Predicate(name: name, index: predicate.isOfPeople ? predicate.index : state)
                return playing(
                    Counting(unit: "people", phrase: Self.people(at: phrase.start), predicate: told)
                )
            }
        }
        // "740,000 people marched. In the capital the prefecture counted 86,000 persons."
        if predicate.name == nil, isPeople, counting.phrase?.text.lowercased() == "people",
            let last = lastThing, !isSomewhere(phrase, in: sentence),
            last.unit == "people", index - last.sentence <= 1
        {
            counting.predicate.name = lastPredicate.flatMap(PredicateClass.named)?.name
        }
        if isOfGroup { counting.phrase?.text = "members of \(phrase.text)" }
        // One soldier is counted in soldiers, as two are.
        if isPeople, reading.low == 1, reading.high == 1 {
            counting.phrase = counting.phrase.map(CountedNames.plural)
        }
        // "Some 1,400 of the positions": a part is not the whole that was told before.
        if isOf, ["the", "these", "those"].contains(sentence.lower(reading.nounStart + 1)),
            let last = lastThing,
            last.phrase.head == counting.phrase?.head || isPeople && isTold(counting.phrase, predicate),
            PredicateClass.named(predicate.name ?? "") == nil || predicate.name == lastPredicate
        {
            counting.isPart = true
            lastThing?.sentence = index
            return playing(counting)
        }
        remember(counting, reading, in: sentence, at: index)
        return playing(counting)
    }

    /// Whether the same people were counted before, of whom the same was told: "38 civilians … 24 of the civilians".
    func isTold(_ phrase: NounPhrase?, _ predicate: Predicate) -> Bool {
        guard let phrase, let name = predicate.name, name == lastPredicate else { return false }
        return toldHeads.contains(phrase.head)
    }

    /// Whether people are told to be somewhere: "21,000 people were still in the town".
    func isSomewhere(_ phrase: NounPhrase, in sentence: Sentence) -> Bool {
        guard let tree = sentence.tree, phrase.headIndex < tree.heads.count else { return false }
        let verb = tree.heads[phrase.headIndex]
        return tree.labels[phrase.headIndex] == .nsubj && VerbForms.base(sentence.lower(verb)) == "be"
    }

    /// A noun that tells what happened, with those whom it happened to beside it: "the army suffered 300 casualties",
    /// "200 deaths among the refugees", "6,000 job cuts".
    func nominal(
        _ reading: QuantityReading,
        phrase: NounPhrase,
        predicate: Predicate,
        in sentence: Sentence
    ) -> Counting? {
        guard let tree = sentence.tree, let noun = phrase.anchor, noun < tree.heads.count else { return nil }
        let head = phrase.head
        if Self.reductions.contains(head), noun > phrase.start,
            PredicateRefinement.jobs.contains(Words.singular(sentence.lower(noun - 1)))
        {
            let text = sentence.words(phrase.start..<(noun - 1))
            return Counting(
                unit: "people",
                phrase: NounPhrase(
                    text: text.isEmpty ? "jobs" : text + " jobs",
                    head: "job",
                    start: phrase.start,
                    end: phrase.end
                ),
                predicate: Predicate(name: "layoff", index: noun)
            )
        }
        guard Self.harms.contains(head) else { return nil }
        let verb = tree.heads[noun]
        let sufferer =
            tree.labels[noun] == .dobj && Self.suffering.contains(VerbForms.base(sentence.lower(verb)))
            ? measureds.subject(of: verb, in: sentence) : nil
        let those = sufferer ?? phrases.object(of: "among", behind: noun, in: sentence, from: noun)
        guard let those, let found = phrases.phrase(in: sentence, around: those, without: reading.number),
            PersonNouns.contains(found.head)
        else { return nil }
        return Counting(unit: "people", phrase: CountedNames.usual(found), predicate: predicate)
    }

    private static let reductions: Set<String> = ["cut", "loss", "reduction"]
    private static let harms: Set<String> = ["casualty", "death", "fatality", "injury", "loss"]
    private static let suffering: Set<String> = ["incur", "suffer", "sustain", "take"]

    /// "the 150-seat chamber", "a 927-page disclosure": seats of the chamber are counted.
    func attributed(_ reading: QuantityReading, phrase: NounPhrase, in sentence: Sentence) -> Counting {
        let noun = sentence.lower(reading.nounStart)
        let unit = Words.singular(noun)
        let plural = Words.isPlural(noun) ? noun : Words.plural(noun)
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
            noun < reading.nounStart + 8, !isHurt(reading, in: sentence), !isToll(reading, in: sentence),
            !isTime(noun, in: sentence)
        else { return nil }
        // "twenty more lie under the snow"
        if VerbForms.isClearVerb(sentence.lower(noun)), !sentence.tokens[noun].isCapitalised,
            !PersonNouns.adjectives.contains(sentence.lower(noun)),
            ["in", "on", "under"].contains(sentence.lower(noun + 1))
        {
            return nil
        }
        // "9,150 stay in public shelters": more than one of a noun in the singular is none.
        if let tree = sentence.tree, tree.tags[noun] == .noun, noun == reading.nounStart,
            reading.low ?? 0 > 1,
            VerbForms.isBase(sentence.lower(noun)), !PersonNouns.contains(sentence.lower(noun)),
            !Words.isPlural(sentence.lower(noun)), Self.behindVerbs.contains(sentence.lower(noun + 1))
        {
            return nil
        }
        return phrases.phrase(in: sentence, around: noun, without: reading.number)
    }

    /// Whether a number is the subject of a harm: in "8 sustained gunshot wounds" who sustains them is counted.
    func isHurt(_ reading: QuantityReading, in sentence: Sentence) -> Bool {
        ["suffered", "sustained"].contains(sentence.lower(reading.nounStart))
    }

    /// Whether a noun only tells when: "The count stood at 29 last night".
    func isTime(_ noun: Int, in sentence: Sentence) -> Bool {
        ["last", "next", "this"].contains(sentence.lower(noun - 1))
            && Self.times.contains(sentence.lower(noun))
    }

    /// Times that a count is told at; "13 last minutes" are a span.
    private static let times: Set<String> = [
        "afternoon", "autumn", "evening", "month", "morning", "night", "spring", "summer", "week", "winter",
        "year",
    ]
    private static let behindVerbs: Set<String> = [
        "at", "for", "from", "in", "on", "to", "under", "with", "without",
    ]

    /// Whether the number is a toll's beside a number of something else: "bringing the death toll to 2,352 and 29,474 cases".
    func isToll(_ reading: QuantityReading, in sentence: Sentence) -> Bool {
        guard sentence.lower(reading.nounStart) == "and",
            sentence.token(reading.nounStart + 1)?.isNumber ?? false,
            let subject = subjects.subject(in: sentence, before: reading.tokens.lowerBound)
        else { return false }
        return sentence.words(subject.start..<subject.end).lowercased().hasSuffix("toll")
    }

    /// The noun behind the number by the shape of its words, where the tree shows none that hangs together with it.
    func following(_ reading: QuantityReading, in sentence: Sentence) -> NounPhrase? {
        let start = reading.nounStart
        if isTime(start + 1, in: sentence) || isHurt(reading, in: sentence) { return nil }
        // "3.1 million the following year"
        if !reading.isFraction, Words.determiners.contains(sentence.lower(start)) { return nil }
        guard let phrase = nouns.phrase(in: sentence, at: start) else { return nil }
        guard let tree = sentence.tree, phrase.start == start else { return phrase }
        // "three abroad"
        if phrase.end == start + 1, tree.tags[start] == .adverb { return nil }
        // "8 sustained wounds": the number is the subject of the verb.
        guard let top = tree.top(of: reading.number), tree.labels[top] == .nsubj,
            tree.heads[top] == start, tree.tags[start].isVerb
        else { return phrase }
        return nil
    }

    /// Reads what a clause before a colon asks for: "have said how many people were on board: 168".
    func asked(in sentence: Sentence, before colon: Int) -> Counting? {
        guard let many = (0..<colon).last(where: { sentence.matches(["how", "many"], at: $0) }),
            let phrase = nouns.phrase(in: sentence, at: many + 2), phrase.end < colon
        else { return nil }
        let isPeople = PersonNouns.counts(phrase)
        return playing(
            Counting(
                unit: isPeople ? "people" : NounKinds.unit(of: phrase.head),
                phrase: CountedNames.usual(phrase),
                predicate: predicates.behind(sentence, from: phrase.end, isNear: true)
                    ?? Predicate(name: nil, index: nil),
                rule: .label
            )
        )
    }

    /// "Missing: 64", "Aftershocks: 211 have been registered".
    mutating func labelled(_ reading: QuantityReading, in sentence: Sentence, at index: Int) -> Counting? {
        let colon = reading.tokens.lowerBound - 1
        if colon < 0 { return headed(reading, in: sentence, at: index) }
        guard sentence.lower(colon) == ":" else { return nil }
        if let asked = asked(in: sentence, before: colon) { return asked }
        guard colon <= 10 else { return nil }
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
        // "Live updates: 188 dead" tells of people, and no label of updates.
        let isOfPeople = PersonNouns.adjectives.contains(sentence.lower(behind))
        guard isPeople || Words.isPlural(sentence.lower(label.end - 1)) && !isOfPeople else { return nil }
        let counting = Counting(
            unit: unit,
            phrase: CountedNames.usual(label),
            predicate: predicate,
            rule: .label
        )
        remember(counting, reading, in: sentence, at: index)
        return playing(counting)
    }
}
