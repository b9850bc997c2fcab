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
        if let share = shareAgain(reading, in: sentence, at: index) { return share }
        guard let last = lastMeasured, index - last.sentence <= 1, last.isLatest,
            !(sentence.token(reading.nounStart)?.isWord ?? false)
                || Words.stops.contains(sentence.lower(reading.nounStart)),
            !["in", "per"].contains(sentence.lower(reading.nounStart)),
            sentence.lower(reading.tokens.lowerBound - 1) != "of",
            !isPut(reading, in: sentence),
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

    /// Reads a number with decimals right behind a share of which it is another one: "at 61.8 percent; the auditors arrive at 65.2".
    func shareAgain(_ reading: QuantityReading, in sentence: Sentence, at index: Int) -> Counting? {
        guard let last = lastMeasure["percent"], index - last.sentence <= 1, reading.scale == nil,
            let low = reading.low, low < 100, !reading.isFraction,
            low != NumberLexer.rounded(low, places: 0),
            !(sentence.token(reading.nounStart)?.isWord ?? false),
            let tree = sentence.tree, let top = tree.top(of: reading.number),
            tree.labels[top] == .dobj
                || tree.labels[top] == .pobj && !Self.placing.contains(sentence.lower(tree.heads[top]))
        else { return nil }
        return Counting(
            unit: "percent",
            phrase: last.phrase,
            predicate: Predicate(name: last.predicate, index: nil),
            isMeasure: true,
            rule: .ellipsis
        )
    }

    /// Prepositions before a number that is no share: "in 7.5", "of 5.2".
    private static let placing: Set<String> = ["in", "of", "on", "per", "under"]

    /// Whether a sentence names what it puts at a number: "put the number of evacuees at 2,700", "the size of the class at …".
    func isPut(_ reading: QuantityReading, in sentence: Sentence) -> Bool {
        guard sentence.lower(reading.tokens.lowerBound - 1) == "at", let tree = sentence.tree else {
            return false
        }
        let verb = tree.path(from: reading.tokens.lowerBound - 1).dropFirst().prefix(3).first {
            VerbForms.base(sentence.lower($0)) == "put"
        }
        guard let verb, let object = tree.child(of: verb, .dobj) else { return false }
        return tree.children[object].contains { sentence.lower($0) == "of" }
    }

    /// Whether a number begins its sentence, and who says so follows at once: "86,000, says the prefect".
    func isVoiced(_ reading: QuantityReading, in sentence: Sentence) -> Bool {
        reading.tokens.lowerBound == 0 && sentence.lower(reading.nounStart) == ","
            && (AttributionReader.verbs.contains(sentence.lower(reading.nounStart + 1))
                || sentence.lower(reading.nounStart + 1) == "according")
    }

    /// Reads whose seats or votes come to another number: "The ruling leaves it with 98. Its rival rises to 85."
    func result(_ reading: QuantityReading, in sentence: Sentence, at index: Int) -> Counting? {
        guard let thing = lastThing, ["seat", "vote"].contains(thing.unit), index - thing.sentence <= 2,
            let tree = sentence.tree, let top = tree.top(of: reading.number), tree.labels[top] == .pobj,
            ["to", "with"].contains(sentence.lower(tree.heads[top])),
            !(sentence.token(reading.nounStart)?.isWord ?? false)
                || Words.stops.contains(sentence.lower(reading.nounStart))
        else { return nil }
        let verb = tree.heads[tree.heads[top]]
        let name = PredicateWords.verbs[sentence.lower(verb)]
        guard name == "rise" || name == "fall" || VerbForms.base(sentence.lower(verb)) == "leave" else {
            return nil
        }
        return Counting(
            unit: thing.unit,
            phrase: thing.phrase,
            predicate: Predicate(name: "win", index: verb),
            rule: .ellipsis,
            bearer: self.name(in: sentence, before: reading.tokens.lowerBound)
        )
    }

    /// Reads a number that is told again: "repeated the figure of 18,000", "put it at 300", "stood by 3,200".
    func retold(_ reading: QuantityReading, in sentence: Sentence, at index: Int) -> Counting? {
        guard let tree = sentence.tree, let top = tree.top(of: reading.number),
            lastThing != nil || lastTold != nil
        else { return nil }
        // "the number of servicemen" names what is counted, and "the company's total" may be of anything.
        func isNamed(_ noun: Int) -> Bool {
            tree.children[noun].contains {
                tree.labels[$0] == .poss && !Self.owners.contains(sentence.lower($0))
                    || sentence.lower($0) == "of" && $0 < reading.tokens.lowerBound - 1
            }
        }
        let stands = tree.path(from: top).dropFirst().prefix(4).contains { token in
            if Self.stand.contains(Words.singular(sentence.lower(token))) { return !isNamed(token) }
            guard tree.tags[token].isVerb else { return false }
            let told = [tree.child(of: token, .dobj), tree.child(of: token, .nsubj)].compactMap(\.self)
            // "puts it at nineteen"
            if VerbForms.base(sentence.lower(token)) == "put",
                sentence.lower(reading.tokens.lowerBound - 1) == "at",
                let object = told.first, Self.references.contains(sentence.lower(object))
            {
                return true
            }
            if let told = told.first(where: { Self.stand.contains(sentence.lower($0)) }) {
                return !isNamed(told)
            }
            return Self.telling[VerbForms.base(sentence.lower(token))]
                == sentence.lower(reading.tokens.lowerBound - 1)
        }
        guard stands else { return nil }
        // What was measured last: "The outage lasted nine hours. Residents put it at nineteen."
        if let told = lastTold, index - told.sentence <= 1 {
            return Counting(
                unit: told.unit,
                phrase: told.phrase,
                predicate: Predicate(name: told.predicate, index: nil),
                isMeasure: true,
                rule: .ellipsis
            )
        }
        guard let thing = lastThing else { return nil }
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
        if let name = remaining(in: sentence, behind: end) { predicate = Predicate(name: name, index: end) }
        // "740,000 people marched. In the capital the prefecture counted 86,000."
        if predicate.name == nil, !isPronoun, let thing = lastThing, index - thing.sentence <= 1 {
            predicate.name = lastPredicate.flatMap(PredicateClass.named)?.name
        }
        // "There must have been close to 180 of us": all of them, and no part.
        if isPronoun, ["us", "you"].contains(sentence.lower(end - 1)) {
            return playing(
                Counting(unit: "people", phrase: Self.people(at: end), predicate: predicate, rule: .ellipsis)
            )
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

    /// What holds for those who stay where others came free: "Five of the nine hostages were released. Four remain inside."
    func remaining(in sentence: Sentence, behind index: Int) -> String? {
        guard ["remain", "remained", "stayed"].contains(sentence.lower(index)),
            ["behind", "inside", "there", "underground"].contains(sentence.lower(index + 1)),
            let last = lastPredicate, ["release", "rescue", "evacuate"].contains(last)
        else { return nil }
        return ["hold", "capture"].first { lastOf[$0] != nil } ?? (last == "rescue" ? "trap" : nil)
    }

    /// Returns the last plural of a sentence before a pronoun that stands for it: "forbids such dams; there are 64 of them".
    func plural(in sentence: Sentence, before index: Int) -> NounPhrase? {
        guard let tree = sentence.tree else { return nil }
        let noun = (0..<index).last { tree.tags[$0] == .nounPlural }
        return noun.flatMap { phrases.phrase(in: sentence, around: $0, without: 0..<0) }
    }

    func isPronoun(_ sentence: Sentence, at index: Int) -> Bool {
        sentence.lower(index) == "of"
            && ["them", "us", "you", "these", "those", "whom", "which"].contains(sentence.lower(index + 1))
            && !(sentence.token(index + 2)?.isWord ?? false
                && ["these", "those"].contains(sentence.lower(index + 1)))
    }

    /// Verbs that tell a number by itself, and the preposition that they do it with: "spoke of three", "stands by 3,200".
    static let telling = ["arrive": "at", "speak": "of", "stand": "by", "stick": "to", "talk": "of"]
    /// Pronouns for what was told before, and for who has a number of his own.
    static let references: Set<String> = ["it", "that", "them", "these", "this", "those"]
    static let owners: Set<String> = ["her", "his", "its", "their"]
    /// Nouns that stand for what was counted before.
    static let stand: Set<String> = [
        "claim", "count", "declaration", "estimate", "figure", "number", "tally", "total",
    ]
}
