import Syntax

/// What the verbs and nouns that a number hangs on tell, by the tree of the sentence.
extension PredicateReader {
    /// What the main verb tells, where a clause before it only says who they are: "persons deprived of liberty escaped".
    func main(_ verbs: [Int], in sentence: Sentence) -> Predicate? {
        guard let first = verbs.first, let tree = sentence.tree, verbs.count > 1,
            tree.labels[first] == .acl || tree.labels[first] == .relcl,
            let state = PredicateIdioms.match(in: sentence, at: first)?.name
                ?? Self.className(at: first, in: sentence),
            Self.describing.contains(state)
        else { return nil }
        return classed(Array(verbs.dropFirst()), besides: nil, in: sentence)
    }

    /// Classes that say who people are as often as what happened to them.
    static let describing: Set<String> = ["arrest", "board", "employ", "live", "march", "strike"]

    /// What had happened to people whose own name tells it: prisoners, hostages.
    func held(_ phrase: NounPhrase, in sentence: Sentence) -> Predicate? {
        guard phrase.start < phrase.end, PersonNouns.contains(phrase.head),
            let name = PredicateWords.nouns[sentence.lower(phrase.end - 1)], Self.holding.contains(name)
        else { return nil }
        return Predicate(name: name, index: phrase.end - 1)
    }

    static let holding: Set<String> = ["capture", "hold"]

    /// What had happened to those whom a verb handles: "treating dozens of wounded troops", "registered 74 survivors".
    func handled(_ verbs: [Int], phrase: NounPhrase?, in sentence: Sentence) -> Predicate? {
        guard let phrase, phrase.start < phrase.end, phrase.end <= sentence.tokens.count,
            let verb = verbs.first, let tree = sentence.tree
        else { return nil }
        let base = VerbForms.base(sentence.lower(verb))
        guard Self.handling.contains(base) else { return nil }
        for index in phrase.start..<phrase.end - 1
        where PersonNouns.adjectives.contains(sentence.lower(index)) {
            guard let name = PredicateWords.className(of: sentence.lower(index)) else { continue }
            return Predicate(name: name, index: index)
        }
        // "identified 24 stores for closure"
        for child in tree.children[verb] + tree.children[phrase.headIndex]
        where sentence.lower(child) == "for" {
            guard let word = tree.child(of: child, .pobj),
                let name = PredicateWords.nouns[sentence.lower(word)]
            else { continue }
            return Predicate(name: name, index: word)
        }
        // "classed as destroyed", "listed as missing"
        for child in tree.children[verb] where sentence.lower(child) == "as" {
            guard let word = tree.children[child].first,
                let name = PredicateWords.className(of: sentence.lower(word))
            else { continue }
            return Predicate(name: name, index: word)
        }
        guard base != "treat", let name = PredicateWords.nouns[sentence.lower(phrase.headIndex)] else {
            return nil
        }
        return Predicate(name: name, index: phrase.headIndex)
    }

    /// Verbs of those who count and care: what happened stands beside them.
    ///
    /// Source: the verbs of WordNet's senses of "register", "list" and "treat".
    static let handling: Set<String> = [
        "admit", "class", "classify", "count", "document", "earmark", "identify", "mark", "schedule",
        "select", "list", "log", "name", "record",
        "register",
        "tally", "treat",
    ]

    /// "joined its march", "suffered injuries": the object tells what the verb does not.
    func object(of verb: Int, besides noun: Int?, in sentence: Sentence) -> Predicate? {
        // "The gathering numbered 24,000 persons"
        if Self.drawing.contains(VerbForms.base(sentence.lower(verb))),
            let crowd = sentence.tree?.child(of: verb, .nsubj),
            Self.gatherings.contains(Words.singular(sentence.lower(crowd)))
        {
            return Predicate(name: "march", index: crowd)
        }
        guard let object = sentence.tree?.child(of: verb, .dobj), object != noun,
            let tree = sentence.tree, tree.tags[object].isNoun
        else { return nil }
        // People who leave a town or their homes are displaced.
        if VerbForms.base(sentence.lower(verb)) == "leave",
            tree.tags[object].isProperNoun
                || PlaceReader.kinds.contains(Words.singular(sentence.lower(object)))
                || Words.singular(sentence.lower(object)) == "home"
        {
            return Predicate(name: "displace", index: verb)
        }
        // "have had both jabs"
        if Self.doses.contains(Words.singular(sentence.lower(object))),
            Self.getting.contains(VerbForms.base(sentence.lower(verb)))
        {
            return Predicate(name: "vaccinate", index: object)
        }
        // "cut the sum of the pledges to 251 million": of what was pledged.
        var told = object
        if CountedReader.stand.contains(sentence.lower(object)) || sentence.lower(object) == "sum" {
            let of = tree.children[object].first { sentence.lower($0) == "of" && tree.labels[$0] == .prep }
            told = of.flatMap { tree.child(of: $0, .pobj) } ?? object
        }
        guard let name = PredicateWords.className(of: sentence.lower(told)), !Self.changes.contains(name)
        else { return nil }
        return Predicate(name: name, index: told)
    }

    /// What the subject of a change tells: "the death toll from the protests following his arrest rises to 72".
    func changed(by verb: Int, in sentence: Sentence) -> Predicate? {
        guard let tree = sentence.tree, let name = Self.className(at: verb, in: sentence),
            Self.changes.contains(name),
            let subject = tree.child(of: verb, .nsubj, .nsubjpass), sentence.lower(subject) == "toll"
        else { return nil }
        return Predicate(name: "kill", index: subject)
    }

    /// The first of some verbs that an idiom or a class names.
    func classed(_ verbs: [Int], besides noun: Int?, in sentence: Sentence) -> Predicate? {
        for index in verbs {
            if let idiom = PredicateIdioms.match(in: sentence, at: index) {
                return Predicate(name: idiom.name, index: index)
            }
            guard let name = Self.className(at: index, in: sentence), !Self.changes.contains(name) else {
                if let object = object(of: index, besides: noun, in: sentence) { return object }
                if let subject = changed(by: index, in: sentence) { return subject }
                continue
            }
            return casualty(sentence, at: index, name: name) ?? casualtyBack(sentence, at: index, name: name)
                ?? Predicate(name: name, index: index)
        }
        return nil
    }

    /// "1,060 deaths", "about 70 casualties among the troops, dead and wounded together".
    func event(_ sentence: Sentence, phrase: NounPhrase) -> Predicate? {
        // "the bodies of eleven people were recovered"
        if let tree = sentence.tree, phrase.start < phrase.end, phrase.end <= sentence.tokens.count {
            for token in tree.path(from: phrase.headIndex).dropFirst().prefix(2)
            where Self.remains.contains(Words.singular(sentence.lower(token))) {
                return Predicate(name: "kill", index: token)
            }
        }
        if let tree = sentence.tree, let anchor = phrase.start < phrase.end ? phrase.headIndex : nil,
            anchor < tree.heads.count, tree.labels[anchor] == .pobj, case let of = tree.heads[anchor],
            sentence.lower(of) == "of",
            let name = Self.actions[Words.singular(sentence.lower(tree.heads[of]))]
        {
            return Predicate(name: name, index: tree.heads[of])
        }
        guard PersonNouns.perPerson.contains(phrase.head) || phrase.head == "body" || phrase.head == "toll"
        else { return nil }
        let head = phrase.head
        for index in stride(from: min(phrase.end, sentence.tokens.count) - 1, through: phrase.start, by: -1)
        where Words.singular(sentence.lower(index)) == head {
            if let name = PredicateWords.nouns[sentence.lower(index)] {
                return Predicate(name: name, index: index)
            }
        }
        return nil
    }

    // Source: WordNet's derivationally related forms of the classes' verbs.
    static let actions = [
        "abduction": "abduct", "arrest": "arrest", "closure": "close", "death": "kill",
        "deportation": "deport",
        "destruction": "destroy", "detention": "arrest", "displacement": "displace", "evacuation": "evacuate",
        "execution": "kill", "expulsion": "deport", "kidnapping": "abduct", "killing": "kill",
        "murder": "kill",
        "loss": "lose", "recall": "recall", "release": "release", "rescue": "rescue", "seizure": "seize",
    ]
    // Source: WordNet's synonyms of "demonstration", and what it says that they do to a crowd.
    static let gatherings: Set<String> = [
        "demonstration", "gathering", "march", "procession", "protest", "rally", "vigil",
    ]
    static let drawing: Set<String> = ["attract", "draw", "gather", "number", "total"]
    // Source: WordNet's synonyms and instances of "inoculation", and the verbs of those who get one.
    static let doses: Set<String> = [
        "dose", "injection", "inoculation", "jab", "shot", "vaccination", "vaccine",
    ]
    static let getting: Set<String> = ["get", "give", "have", "receive"]
    static let remains: Set<String> = ["body", "corpse"]
}
