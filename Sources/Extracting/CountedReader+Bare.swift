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

    /// Reads what some of those counted before are: "Eleven of the dead were women and six were children".
    func part(_ reading: QuantityReading, in sentence: Sentence) -> Counting? {
        guard let tree = sentence.tree, let top = tree.top(of: reading.number), tree.labels[top] == .nsubj,
            case let verb = tree.heads[top], VerbForms.base(sentence.lower(verb)) == "be",
            verb >= reading.nounStart, let named = tree.child(of: verb, .attr), named > verb,
            tree.tags[named] == .nounPlural,
            let phrase = phrases.phrase(in: sentence, around: named, without: reading.number),
            PersonNouns.contains(phrase.head)
        else { return nil }
        let state = (reading.nounStart..<verb).first { PersonNouns.adjectives.contains(sentence.lower($0)) }
        let name = state.flatMap { PredicateWords.className(of: sentence.lower($0)) } ?? lastPredicate
        return Counting(
            unit: "people",
            phrase: CountedNames.usual(phrase),
            predicate: Predicate(name: name, index: state),
            isPart: true
        )
    }

    /// No noun follows: it stands to the left ("the death toll rose to 14") or is left out ("12 are missing").
    mutating func bare(_ reading: QuantityReading, in sentence: Sentence, at index: Int) -> Counting? {
        let next = sentence.lower(reading.nounStart)
        let before = reading.tokens.lowerBound - 1
        if ["which", "whom"].contains(sentence.lower(before)), sentence.lower(before - 1) == "of" {
            return elliptic(reading, in: sentence, at: index)
        }
        if let told = retold(reading, in: sentence) { return told }
        if let age = aged(reading, in: sentence) { return age }
        if let measure = measuredAgain(reading, in: sentence, at: index) { return measure }
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
        if followsVerb || isObjectOfHarm(reading, in: sentence) {
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
            if !people { remember(counting, reading, in: sentence, at: index) }
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

    /// Reads a number without its unit right behind a measure: "speaks of 60,000 hectares; satellite pictures show 23,000".
    func measuredAgain(_ reading: QuantityReading, in sentence: Sentence, at index: Int) -> Counting? {
        guard let last = lastMeasured, index - last.sentence <= 1, last.isLatest,
            !(sentence.token(reading.nounStart)?.isWord ?? false)
                || Words.stops.contains(sentence.lower(reading.nounStart)),
            !["in", "per"].contains(sentence.lower(reading.nounStart)),
            sentence.lower(reading.tokens.lowerBound - 1) != "of",
            let tree = sentence.tree, let top = tree.top(of: reading.number),
            [.dobj, .pobj, .attr].contains(tree.labels[top]), let low = reading.low ?? reading.high,
            low * 20 >= last.size, low <= last.size * 20
        else { return nil }
        return Counting(
            unit: last.unit,
            phrase: last.phrase,
            predicate: Predicate(name: last.predicate, index: nil),
            isMeasure: true,
            rule: .ellipsis
        )
    }

    /// Reads a number that is told again: "repeated the figure of 18,000", "put it at 300", "stood by 3,200".
    func retold(_ reading: QuantityReading, in sentence: Sentence) -> Counting? {
        guard let tree = sentence.tree, let top = tree.top(of: reading.number), let thing = lastThing else {
            return nil
        }
        // "the number of servicemen" names what is counted, and "the company's total" may be of anything.
        func isNamed(_ noun: Int) -> Bool {
            tree.children[noun].contains {
                tree.labels[$0] == .poss || sentence.lower($0) == "of" && $0 < reading.tokens.lowerBound - 1
            }
        }
        let stands = tree.path(from: top).dropFirst().prefix(4).contains { token in
            if Self.stand.contains(Words.singular(sentence.lower(token))) { return !isNamed(token) }
            guard tree.tags[token].isVerb else { return false }
            let told = [tree.child(of: token, .dobj), tree.child(of: token, .nsubj)].compactMap(\.self)
            if let told = told.first(where: { Self.stand.contains(sentence.lower($0)) }) {
                return !isNamed(told)
            }
            return Self.telling[VerbForms.base(sentence.lower(token))]
                == sentence.lower(reading.tokens.lowerBound - 1)
        }
        guard stands else { return nil }
        let own = predicates.predicate(in: sentence, of: reading, phrase: nil)
        let isTold =
            PredicateClass.named(own.name ?? "").map { !["fall", "forecast", "rise"].contains($0.name) }
            ?? false
        let last = lastPredicate.flatMap(PredicateClass.named)?.name
        // "a doctor who treated survivors said they spoke of more than 160": of those told of before.
        let isSpoken =
            Self.telling.values.contains(sentence.lower(reading.tokens.lowerBound - 1)) && last != nil
        let predicate = isTold && !isSpoken ? own : Predicate(name: last, index: nil)
        return playing(
            Counting(
                unit: thing.unit,
                phrase: thing.phrase,
                predicate: predicate,
                rule: .ellipsis,
                bearer: lastBearer
            )
        )
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
        var predicate = predicates.predicate(in: sentence, of: reading, phrase: holder)
        // "740,000 people marched. In the capital the prefecture counted 86,000."
        if predicate.name == nil, !isPronoun, let thing = lastThing, index - thing.sentence <= 1 {
            predicate.name = lastPredicate.flatMap(PredicateClass.named)?.name
        }
        let isThere = (1...3).contains { sentence.lower(reading.tokens.lowerBound - $0) == "there" }
        if isPronoun, isThere || lastThing == nil && lastPeople == nil && !predicate.isOfPeople,
            let named = plural(in: sentence, before: reading.tokens.lowerBound)
        {
            let unit = PersonNouns.counts(named) ? "people" : NounKinds.unit(of: named.head)
            return playing(Counting(unit: unit, phrase: named, predicate: predicate, rule: .ellipsis))
        }
        // "insists that 16 are closed": of the schools that were told to be closed.
        if let name = predicate.name, !predicate.isOfPeople, !isPronoun, let told = lastOf[name] {
            return Counting(unit: told.unit, phrase: told.phrase, predicate: predicate, rule: .ellipsis)
        }
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

    /// Returns the last plural of a sentence before a pronoun that stands for it: "forbids such dams; there are 64 of them".
    func plural(in sentence: Sentence, before index: Int) -> NounPhrase? {
        guard let tree = sentence.tree else { return nil }
        let noun = (0..<index).last { tree.tags[$0] == .nounPlural }
        return noun.flatMap { phrases.phrase(in: sentence, around: $0, without: 0..<0) }
    }

    /// Returns the noun of "the number of servicemen who … stands at fourteen".
    func numbered(in sentence: Sentence, before index: Int) -> NounPhrase? {
        // "The injured number 1,904"
        let those = sentence.lower(index - 2)
        if ["number", "numbered"].contains(sentence.lower(index - 1)), PersonNouns.adjectives.contains(those)
        {
            return NounPhrase(text: those, head: those, start: index - 2, end: index - 1)
        }
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
        if counting.unit == "people", !["nobody", "none", "other"].contains(phrase.head) {
            lastPeople = phrase
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

    /// Verbs that tell a number by itself, and the preposition that they do it with: "spoke of three", "stands by 3,200".
    static let telling = ["speak": "of", "stand": "by", "talk": "of"]
    /// Nouns that stand for what was counted before.
    static let stand: Set<String> = [
        "claim", "count", "declaration", "estimate", "figure", "number", "tally", "total",
    ]
    /// Words before a part of what was counted.
    static let parts: Set<String> = ["including", "included", "whom", "which", "them", "among"]
}
