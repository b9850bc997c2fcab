import FoundationEssentials
import Syntax
import TallyModel

/// Numbers that leave out what was told before them: a noun, a unit, or what happened.
extension CountedReader {
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

    func isPronoun(_ sentence: Sentence, at index: Int) -> Bool {
        sentence.lower(index) == "of"
            && ["them", "us", "these", "those", "whom", "which"].contains(sentence.lower(index + 1))
            && !(sentence.token(index + 2)?.isWord ?? false
                && ["these", "those"].contains(sentence.lower(index + 1)))
    }

    /// Verbs that tell a number by itself, and the preposition that they do it with: "spoke of three", "stands by 3,200".
    static let telling = ["speak": "of", "stand": "by", "talk": "of"]
    /// Nouns that stand for what was counted before.
    static let stand: Set<String> = [
        "claim", "count", "declaration", "estimate", "figure", "number", "tally", "total",
    ]
}
