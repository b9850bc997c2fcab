import FoundationEssentials
import Syntax
import TallyModel

extension CountedReader {
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
        if let told = retold(reading, in: sentence, at: index) { return told }
        if let age = aged(reading, in: sentence) { return age }
        if let measure = measuredAgain(reading, in: sentence, at: index) { return measure }
        // "Two million, says the union": a number is all that the voice tells.
        if isVoiced(reading, in: sentence), lastThing != nil || lastPeople != nil {
            return elliptic(reading, in: sentence, at: index)
        }
        if let result = result(reading, in: sentence, at: index) { return result }
        // "Of the guillemots that nest there, 310 were picked up dead"
        if sentence.lower(0) == "of", sentence.lower(before) == ",",
            let whole = nouns.phrase(in: sentence, at: 0, takesOf: false), whole.end <= before,
            Words.isPlural(sentence.lower(whole.headIndex)), !PersonNouns.adjectives.contains(whole.head)
        {
            let isPeople = PersonNouns.counts(whole)
            let holder = NounPhrase(text: "", head: "", start: reading.nounStart, end: reading.nounStart)
            return playing(
                Counting(
                    unit: isPeople ? "people" : NounKinds.unit(of: whole.head),
                    phrase: CountedNames.usual(whole),
                    predicate: predicates.predicate(in: sentence, of: reading, phrase: holder),
                    rule: .ellipsis,
                    isPart: true
                )
            )
        }
        // "2.1 million of us marched, 350,000 in the capital alone"
        if next == "in",
            sentence.token(reading.nounStart + 1)?.isCapitalised ?? false
                || sentence.lower(reading.nounStart + 1) == "the",
            sentence.lower(before) == ",", lastThing?.sentence == index, let thing = lastThing
        {
            return playing(
                Counting(
                    unit: thing.unit,
                    phrase: thing.phrase,
                    predicate: Predicate(name: lastPredicate, index: nil),
                    rule: .ellipsis,
                    isPart: true
                )
            )
        }
        // "3,200 positions out of 41,000": the whole is counted as its part.
        let isWhole =
            lastThing?.sentence == index && sentence.lower(before) == "of"
            && sentence.lower(before - 1) == "out"
        if let thing = lastThing, isWhole || OwnFigure.isTold(by: reading, in: sentence) {
            return Counting(
                unit: thing.unit,
                phrase: thing.phrase,
                predicate: Predicate(name: nil, index: nil),
                rule: .ellipsis
            )
        }
        // "admits the loss of four": of what was counted before.
        if sentence.lower(before) == "of", sentence.lower(before - 1) == "loss", let thing = lastThing,
            index - thing.sentence <= 1
        {
            let predicate = predicates.predicate(in: sentence, of: reading, phrase: nil)
            return Counting(unit: thing.unit, phrase: thing.phrase, predicate: predicate, rule: .ellipsis)
        }
        let followsVerb =
            Words.auxiliaries.contains(next) || VerbForms.isClearVerb(next) || next == "others"
            || next == "more"
            || PredicateWords.verbs[next] != nil
            || PredicateIdioms.match(in: sentence, at: reading.nounStart) != nil
        if followsVerb || isObjectOfHarm(reading, in: sentence)
            || isCountOfBefore(reading, in: sentence, at: index)
        {
            return elliptic(reading, in: sentence, at: index)
        }
        guard let subject = subject(of: reading, in: sentence) else {
            guard lastPeople != nil || lastThing != nil else { return nil }
            return sentence.tokens.count <= reading.tokens.upperBound + 1 || reading.qualifier != .exact
                ? elliptic(reading, in: sentence, at: index) : nil
        }
        let predicate =
            predicates.state(of: subject, in: sentence)
            ?? predicates.predicate(in: sentence, of: reading, phrase: nil)
        let words = sentence.words(subject.start..<subject.end).lowercased()
        if subject.head == "magnitude" || words.contains("magnitude") {
            return Counting(
                unit: "magnitude",
                phrase: NounPhrase(
                    text: MeasureReader.magnitude(in: sentence),
                    head: "magnitude",
                    start: subject.start,
                    end: subject.end
                ),
                predicate: Predicate(name: "measure", index: nil),
                isMeasure: true,
                rule: .subject
            )
        }
        if let currency = currency(of: reading, for: subject) {
            return Counting(
                unit: currency,
                phrase: subject,
                predicate: predicate,
                isMeasure: true,
                rule: .subject
            )
        }
        if let people = BareNouns.people(head: subject.head, words: words) {
            let phrase = people ? Self.people(at: subject.start) : CountedNames.usual(subject)
            let counting = Counting(unit: "people", phrase: phrase, predicate: predicate, rule: .subject)
            if !people {
                remember(counting, reading, in: sentence, at: index)
            } else if let name = predicate.name {
                lastThing = (phrase, "people", index)
                lastPredicate = name
            }
            return playing(counting)
        }
        if sentence.lower(before) == "of", subject.end == before, BareNouns.ofPeople.contains(subject.head) {
            return playing(
                Counting(
                    unit: "people",
                    phrase: Self.people(at: before),
                    predicate: predicate,
                    rule: .subject
                )
            )
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
        // "Hamas fired more than 30": a name is not what is counted.
        if let tree = sentence.tree, tree.tags[subject.headIndex] == .properNoun, lastThing != nil,
            let top = tree.top(of: reading.number), tree.labels[top] == .dobj
        {
            return elliptic(reading, in: sentence, at: index)
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

    /// Reads the age of one person, or one that a law sets: "The oldest victim was 87", "raise the retirement age to 65".
    func aged(_ reading: QuantityReading, in sentence: Sentence) -> Counting? {
        guard let low = reading.low, low > 5, low < 115, reading.isPlainInteger || reading.scale == nil,
            !(sentence.token(reading.nounStart)?.isWord ?? false)
                || sentence.lower(reading.nounStart) == "and",
            let tree = sentence.tree, let top = tree.top(of: reading.number)
        else { return nil }
        let verb = tree.heads[top]
        if tree.labels[top] == .attr || tree.labels[top] == .acomp,
            VerbForms.base(sentence.lower(verb)) == "be",
            let subject = tree.child(of: verb, .nsubj)
        {
            let noun = sentence.lower(subject)
            let isPerson = PersonNouns.contains(noun) && !Words.isPlural(noun) && tree.tags[subject] == .noun
            guard isPerson || noun == "he" || noun == "she" else { return nil }
            return Counting(
                unit: "year",
                phrase: isPerson
                    ? phrases.phrase(in: sentence, around: subject, without: reading.number) : nil,
                predicate: Predicate(name: "age", index: nil),
                rule: .age
            )
        }
        guard let subject = subject(of: reading, in: sentence), subject.head == "age" else { return nil }
        return Counting(
            unit: "year",
            phrase: subject,
            predicate: predicates.predicate(in: sentence, of: reading, phrase: nil),
            isMeasure: true,
            rule: .subject
        )
    }

    /// Whether a number stands for itself behind what was counted before: "There were fourteen", "it handed over 175, as agreed".
    func isCountOfBefore(_ reading: QuantityReading, in sentence: Sentence, at index: Int) -> Bool {
        guard let thing = lastThing, index - thing.sentence <= 1, reading.low ?? 0 >= 2, reading.unit == nil,
            !(sentence.token(reading.nounStart)?.isWord ?? false), let tree = sentence.tree,
            let top = tree.top(of: reading.number)
        else { return false }
        if tree.labels[top] == .attr, sentence.lower(0) == "there" { return sentence.tokens.count <= 5 }
        return tree.labels[top] == .dobj && thing.unit == "people"
            && Self.handing.contains(VerbForms.base(sentence.lower(tree.heads[top])))
    }

    /// What is done to people of whom the number alone is told.
    static let handing: Set<String> = [
        "arrest", "bury", "count", "detain", "free", "hand", "hold", "identify", "name", "receive", "release",
        "rescue",
        "return", "save", "treat",
    ]

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
        // "That leaves 21 at large": a verb that is spelled like a noun.
        let verb = sentence.lower(reading.tokens.lowerBound - 1)
        if ["it", "that", "this", "which"].contains(sentence.lower(reading.tokens.lowerBound - 2)),
            verb.hasSuffix("s"),
            !Words.auxiliaries.contains(verb)
        {
            return nil
        }
        if let noun = measureds.measured(in: sentence, by: reading.tokens), noun < reading.tokens.lowerBound,
            let found = phrases.phrase(in: sentence, around: noun, without: reading.tokens),
            !MeasuredReader.pronouns.contains(sentence.lower(noun)),
            // A headline's "rises" is taken for a noun at times, "a cost" is one.
            PredicateWords.verbs[sentence.lower(noun)] == nil
                || MoneyNouns.contains(found.head) && sentence.tree?.child(of: noun, .det, .poss) != nil
        {
            return found
        }
        return subjects.subject(in: sentence, before: reading.tokens.lowerBound)
    }

    /// Returns the noun of "the number of servicemen who … stands at fourteen".
    func numbered(in sentence: Sentence, before index: Int) -> NounPhrase? {
        // "The injured number 1,904"
        if ["number", "numbered"].contains(sentence.lower(index - 1)) {
            let end = ["already", "now"].contains(sentence.lower(index - 2)) ? index - 2 : index - 1
            let those = sentence.lower(end - 1)
            if PersonNouns.adjectives.contains(those) {
                return NounPhrase(text: those, head: those, start: end - 1, end: end)
            }
        }
        for position in stride(from: index - 3, through: 0, by: -1)
        where sentence.lower(position) == "number" && sentence.lower(position + 1) == "of" {
            return nouns.phrase(in: sentence, at: position + 1, takesOf: false)
        }
        return nil
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
        // Who is somebody's son or mate is nobody else's: the next number is of other people.
        if counting.unit == "people", !["nobody", "none", "other"].contains(phrase.head),
            !PersonNouns.relations.contains(phrase.head)
        {
            lastPeople = phrase
            toldHeads.insert(phrase.head)
        }
        lastThing = (phrase, counting.unit, index)
        let isResult = counting.unit == "seat" || counting.unit == "vote"
        lastBearer = isResult ? name(in: sentence, before: reading.tokens.lowerBound) : nil
        lastPredicate = counting.predicate.name
        if let name = lastPredicate, PredicateClass.named(name) != nil {
            lastOf[name] = (phrase, counting.unit)
        }
    }

    /// Returns the nearest name before a token: "…, the Kelby List with".
    func name(in sentence: Sentence, before index: Int, after start: Int = 0) -> String? {
        guard let tree = sentence.tree else { return nil }
        guard let last = (start..<max(start, index)).last(where: { tree.tags[$0].isProperNoun }) else {
            return nil
        }
        var first = last
        while first > start, tree.tags[first - 1].isProperNoun { first -= 1 }
        return sentence.words(first..<last + 1)
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

    /// Words before a part of what was counted.
    static let parts: Set<String> = ["including", "included", "whom", "which", "them", "among"]
}
