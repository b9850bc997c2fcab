import Syntax

/// Finds the word that governs a quantity.
struct PredicateReader: Sendable {
    private let governors = GovernorReader()

    /// The classes that tell only which way a number went.
    static let changes: Set<String> = ["cut", "fall", "raise", "rise", "forecast"]

    /// Returns the predicate of a quantity: of its own noun, behind it, or before it in the same clause.
    func predicate(in sentence: Sentence, of reading: QuantityReading, phrase: NounPhrase?) -> Predicate {
        let predicate = read(in: sentence, of: reading, phrase: phrase)
        // "close to 180": a word of the qualifier tells no happening.
        guard let index = predicate.index else { return predicate }
        if reading.tokens.contains(index) { return Predicate(name: nil, index: nil) }
        // "doubling its aid for the survivors to 10 million": what befalls people befalls no money.
        guard let unit = reading.unit, UnitTable.codes.contains(unit), predicate.isOfPeople,
            let tree = sentence.tree, tree.tags[index].isNoun
        else { return predicate }
        for verb in verbs(of: reading, phrase: phrase, in: sentence) {
            if let name = Self.className(at: verb, in: sentence) { return Predicate(name: name, index: verb) }
        }
        return Predicate(name: nil, index: nil)
    }

    /// Returns what a clause tells of a noun whose number moves: "the number of people killed by it has risen to five".
    func state(of noun: NounPhrase, in sentence: Sentence) -> Predicate? {
        guard let tree = sentence.tree, noun.start < noun.end, noun.end <= tree.heads.count,
            var clause = tree.child(of: noun.headIndex, .acl, .relcl), clause > noun.headIndex
        else { return nil }
        // "people known to have died"
        if PredicateWords.className(of: sentence.lower(clause)) == nil,
            let next = tree.child(of: clause, .xcomp)
        {
            clause = next
        }
        if let idiom = PredicateIdioms.match(in: sentence, at: clause) {
            return Predicate(name: idiom.name, index: clause)
        }
        guard let name = Self.className(at: clause, in: sentence), !Self.changes.contains(name) else {
            return nil
        }
        return Predicate(name: name, index: clause)
    }
}

private extension PredicateReader {
    func read(in sentence: Sentence, of reading: QuantityReading, phrase: NounPhrase?) -> Predicate {
        let end = phrase?.end ?? reading.nounStart
        if let phrase, let found = event(sentence, phrase: phrase) { return found }
        if let found = adjacent(to: end, in: sentence), reading.unit == nil { return found }
        let verbs = verbs(of: reading, phrase: phrase, in: sentence)
        if let found = handled(verbs, phrase: phrase, in: sentence) { return found }
        if let found = main(verbs, in: sentence) { return found }
        if let found = classed(verbs, besides: phrase?.headIndex, in: sentence) { return found }
        if let found = direction(of: reading, in: sentence) { return found }
        if let found = governing(sentence, before: reading.tokens.lowerBound) { return found }
        if let found = behind(sentence, from: end, isNear: true) { return found }
        if let phrase, phrase.start < phrase.end - 1 {
            for index in phrase.start..<(phrase.end - 1)
            where PersonNouns.adjectives.contains(sentence.lower(index)) {
                guard let name = PredicateWords.className(of: sentence.lower(index)) else { continue }
                return Predicate(name: name, index: index)
            }
        }
        // "a video said to show nine prisoners": a noun may tell it where no verb near it does.
        if let phrase, let told = held(phrase, in: sentence) { return told }
        if let found = before(sentence, from: reading.tokens.lowerBound) { return found }
        if let found = behind(sentence, from: end, isNear: false) { return found }
        if let phrase, phrase.end > phrase.start,
            let name = PredicateWords.nouns[sentence.lower(phrase.end - 1)]
        {
            return Predicate(name: name, index: phrase.end - 1)
        }
        let told = verbs.filter { sentence.tree?.tags[$0].isVerb ?? false }
        let plain =
            told.first { !Self.light.contains(VerbForms.base(sentence.lower($0))) }
        if let plain {
            return Predicate(name: VerbForms.base(sentence.lower(plain)), index: plain)
        }
        return verb(sentence, reading: reading, end: end)
    }

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

    static let holding: Set<String> = ["abduct", "capture"]

    /// The state that follows at once: "two dead", "20 wounded", "three are missing".
    func adjacent(to end: Int, in sentence: Sentence) -> Predicate? {
        var index = end
        while Words.auxiliaries.contains(sentence.lower(index)), index < end + 3 { index += 1 }
        guard PersonNouns.adjectives.contains(sentence.lower(index)),
            let name = PredicateWords.className(of: sentence.lower(index))
        else { return nil }
        return casualty(sentence, at: index, name: name) ?? Predicate(name: name, index: index)
    }

    /// The verbs about the noun, or about the number where no noun follows it.
    func verbs(of reading: QuantityReading, phrase: NounPhrase?, in sentence: Sentence) -> [Int] {
        guard let tree = sentence.tree else { return [] }
        if let phrase, phrase.end > phrase.start, phrase.end <= sentence.tokens.count {
            return governors.verbs(about: phrase.headIndex, in: sentence)
        }
        return tree.top(of: reading.number).map { governors.verbs(about: $0, in: sentence) } ?? []
    }

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
        guard let name = PredicateWords.className(of: sentence.lower(object)), !Self.changes.contains(name)
        else { return nil }
        return Predicate(name: name, index: object)
    }

    /// "up 3%", "5% lower", "went down by 12".
    func direction(of reading: QuantityReading, in sentence: Sentence) -> Predicate? {
        guard let unit = reading.unit, !UnitTable.lengths.contains(unit), !UnitTable.times.contains(unit)
        else { return nil }
        var before = reading.tokens.lowerBound - 1
        if sentence.lower(before) == "by" { before -= 1 }
        if let name = Self.directions[sentence.lower(before)] { return Predicate(name: name, index: before) }
        if let name = Self.directions[sentence.lower(reading.nounStart)] {
            return Predicate(name: name, index: reading.nounStart)
        }
        return nil
    }

    static let directions = [
        "down": "fall", "higher": "rise", "lower": "fall", "up": "rise",
    ]

    /// The first of some verbs that an idiom or a class names.
    func classed(_ verbs: [Int], besides noun: Int?, in sentence: Sentence) -> Predicate? {
        for index in verbs {
            if let idiom = PredicateIdioms.match(in: sentence, at: index) {
                return Predicate(name: idiom.name, index: index)
            }
            guard let name = Self.className(at: index, in: sentence), !Self.changes.contains(name) else {
                if let object = object(of: index, besides: noun, in: sentence) { return object }
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
        "recall": "recall", "release": "release", "rescue": "rescue", "seizure": "seize",
    ]
    static let remains: Set<String> = ["body", "corpse"]

    /// The class of a word, which no noun has by being spelled like a verb ("polling stations").
    static func className(at index: Int, in sentence: Sentence) -> String? {
        let word = sentence.lower(index)
        if let name = PredicateWords.nouns[word] { return name }
        // "The enemy admits the loss": people are admitted, and a hospital admits them.
        if Self.admitting.contains(word), !isOfHospital(index, in: sentence) { return nil }
        // "left the track close to the crossing"
        if word == "close", let tag = sentence.tree?.tags[index], !tag.isVerb { return nil }
        if let tag = sentence.tree?.tags[index], tag.isNoun, sentence.tree?.labels[index] != .root {
            return nil
        }
        return PredicateWords.verbs[word]
    }

    /// Whether a form of "admit" is told of the sick: it is passive, or a hospital stands in its sentence.
    static func isOfHospital(_ verb: Int, in sentence: Sentence) -> Bool {
        if ["been", "was", "were"].contains(sentence.lower(verb - 1)) || sentence.lower(verb + 1) == "to" {
            return true
        }
        return sentence.tokens.contains { hospitals.contains(Words.singular($0.lower)) }
    }

    static let admitting: Set<String> = ["admit", "admits", "admitted", "admitting"]
    static let hospitals: Set<String> = ["clinic", "hospital", "ward"]

    /// Whether a verb to the left governs the number, and not another clause beside its own.
    func isReached(_ index: Int, in sentence: Sentence, from start: Int) -> Bool {
        guard let tree = sentence.tree, tree.tags[index].isVerb, start < tree.heads.count else { return true }
        var current = start
        for _ in 0..<12 {
            let head = tree.heads[current]
            guard head != current else { return true }
            // "killed 15 and made hundreds ill": the second verb has an object of its own.
            if tree.labels[current] == .conj, tree.tags[current].isVerb, head == index { return false }
            if head == index { return true }
            current = head
        }
        return true
    }

    /// The verb that the quantity is the object of: "killing 14", "lost about 40%".
    func governing(_ sentence: Sentence, before index: Int) -> Predicate? {
        guard let token = sentence.token(index - 1), token.isWord, !token.isCapitalised,
            PredicateWords.verbs[token.lower] != nil, let name = Self.className(at: index - 1, in: sentence),
            !Self.changes.contains(name)
        else { return nil }
        return casualtyBack(sentence, at: index - 1, name: name) ?? Predicate(name: name, index: index - 1)
    }

    /// The verb or adjective that follows: "soldiers were killed", "14 dead", "dozens wounded".
    func behind(_ sentence: Sentence, from start: Int, isNear: Bool) -> Predicate? {
        var index = start
        // A verb of no class gives way to a word of one behind it: "people were crammed aboard".
        var plain: Predicate?
        let limit = start + (isNear ? 6 : 14)
        while index < limit, let token = sentence.token(index) {
            if token.text == "," {
                guard plain == nil, let end = endOfParenthesis(sentence, from: index) else { return plain }
                index = end + 1
                continue
            }
            guard token.isWord || token.text == "-" || (!isNear && token.isNumber) else { return plain }
            if Self.breaks.contains(token.lower) {
                if isNear || index > start { return plain }
            }
            if let idiom = PredicateIdioms.match(in: sentence, at: index) {
                return Predicate(name: idiom.name, index: index)
            }
            if let name = Self.className(at: index, in: sentence), !isNoun(sentence, at: index, from: start) {
                return casualty(sentence, at: index, name: name) ?? Predicate(name: name, index: index)
            }
            if isNear, VerbForms.isClearVerb(token.lower), !token.isCapitalised, index > start,
                !Self.light.contains(VerbForms.base(token.lower)), plain == nil
            {
                plain = Predicate(name: VerbForms.base(token.lower), index: index)
            }
            index += 1
        }
        return plain
    }

    /// Whether a noun of the table stands where a verb is looked for ("soldiers in hospital").
    func isNoun(_ sentence: Sentence, at index: Int, from start: Int) -> Bool {
        guard index > start else { return false }
        let lower = sentence.lower(index)
        let before = sentence.lower(index - 1)
        if Words.determiners.contains(before) || before == "of" || before == "in" || before == "'s" {
            return true
        }
        return PredicateWords.verbs[lower] == nil && !PersonNouns.adjectives.contains(lower)
    }

    func endOfParenthesis(_ sentence: Sentence, from comma: Int) -> Int? {
        var index = comma + 1
        let opener = sentence.lower(comma + 1)
        let isAside = ["aged", "among", "believed", "both", "including", "thought"].contains(opener)
        while index < comma + 14, let token = sentence.token(index) {
            if token.text == "," { return index }
            if token.kind == .quote || (token.isNumber && !isAside) { return nil }
            index += 1
        }
        return nil
    }

    /// The nearest word of a class to the left: "killing 14", "the death toll rose to 14", "Missing: 64".
    func before(_ sentence: Sentence, from start: Int) -> Predicate? {
        var index = start - 1
        var change: Predicate?
        var label: Predicate?
        var isLabel = false
        while let token = sentence.token(index) {
            if token.text == ";" || (token.kind == .quote && index < start - 1) { break }
            if token.text == ":" { isLabel = true }
            if change == nil, let idiom = PredicateIdioms.match(in: sentence, at: index) {
                return Predicate(name: idiom.name, index: index)
            }
            if let name = Self.className(at: index, in: sentence), isReached(index, in: sentence, from: start)
            {
                let found =
                    casualty(sentence, at: index, name: name) ?? casualtyBack(sentence, at: index, name: name)
                    ?? Predicate(name: name, index: index)
                if isLabel {
                    label = found
                } else if Self.changes.contains(name) {
                    // "the death toll rose to 14" is of deaths.
                    if change == nil { change = found }
                } else {
                    if change != nil, PredicateWords.nouns[token.lower] == nil { break }
                    return found
                }
            }
            if change == nil, !isLabel, Self.breaks.contains(token.lower), index < start - 3,
                verbStands(sentence, from: index, to: start)
            {
                break
            }
            index -= 1
        }
        return label ?? change
    }

    func verbStands(_ sentence: Sentence, from: Int, to: Int) -> Bool {
        for index in from..<to where !sentence.tokens[index].isCapitalised {
            if VerbForms.isClearVerb(sentence.lower(index))
                || Words.auxiliaries.contains(sentence.lower(index))
            {
                return true
            }
        }
        return false
    }

    /// Any verb of the clause, in its base form.
    func verb(_ sentence: Sentence, reading: QuantityReading, end: Int) -> Predicate {
        var index = reading.tokens.lowerBound - 1
        var steps = 0
        while let token = sentence.token(index), steps < 12, token.text != ";", token.kind != .quote {
            if VerbForms.isClearVerb(token.lower), !token.isCapitalised,
                !Self.light.contains(VerbForms.base(token.lower))
            {
                return Predicate(name: VerbForms.base(token.lower), index: index)
            }
            index -= 1
            steps += 1
        }
        index = end
        steps = 0
        while let token = sentence.token(index), steps < 10, token.text != ";", token.kind != .quote {
            if VerbForms.isClearVerb(token.lower), !token.isCapitalised,
                !Self.light.contains(VerbForms.base(token.lower))
            {
                return Predicate(name: VerbForms.base(token.lower), index: index)
            }
            index += 1
            steps += 1
        }
        return Predicate(name: nil, index: nil)
    }

    /// "killed or wounded" is one figure.
    func casualty(_ sentence: Sentence, at index: Int, name: String) -> Predicate? {
        guard name == "kill" || name == "wound", ["or", "and"].contains(sentence.lower(index + 1)),
            let second = PredicateWords.className(of: sentence.lower(index + 2)), second != name,
            second == "kill" || second == "wound", sentence.token(index + 3).map({ !$0.isNumber }) ?? true
        else { return nil }
        return Predicate(name: "casualty", index: index)
    }

    func casualtyBack(_ sentence: Sentence, at index: Int, name: String) -> Predicate? {
        guard name == "kill" || name == "wound",
            sentence.lower(index - 1) == "or" || sentence.lower(index - 1) == "and",
            let first = PredicateWords.className(of: sentence.lower(index - 2)), first != name,
            first == "kill" || first == "wound"
        else { return nil }
        return Predicate(name: "casualty", index: index)
    }

    static let breaks: Set<String> = [
        "and", "but", "after", "when", "as", "since", "because", "while", "before", "although", "though",
        "where", "that", "said", "says",
    ]

    /// Verbs that tell no happening.
    static let light: Set<String> = [
        "say", "tell", "add", "report", "be", "have", "do", "make", "accord", "include", "know", "believe",
        "confirm", "announce", "claim", "need", "see", "deny",
        "estimate", "reckon", "state", "insist", "warn", "admit", "call", "put", "give", "become", "seem",
        "remain", "follow", "compare", "regard", "number", "count", "speak",
    ]
}
