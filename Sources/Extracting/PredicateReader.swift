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

extension PredicateReader {
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
        // "the number of customers hit", "were hit by the outage"; a missile that hits houses only meets them.
        if word == "hit", let tree = sentence.tree,
            let those = tree.labels[index] == .acl ? tree.heads[index] : tree.child(of: index, .nsubjpass),
            PersonNouns.contains(Words.singular(sentence.lower(those)))
        {
            return "affect"
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
}
