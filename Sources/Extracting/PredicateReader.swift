/// Finds the word that governs a quantity.
struct PredicateReader: Sendable {
    /// Returns the predicate of a quantity: of its own noun, behind it, or before it in the same clause.
    func predicate(in sentence: Sentence, of reading: QuantityReading, phrase: NounPhrase?) -> Predicate {
        let end = phrase?.end ?? reading.nounStart
        if let phrase, let found = event(sentence, phrase: phrase) { return found }
        if let found = governing(sentence, before: reading.tokens.lowerBound) { return found }
        if let found = behind(sentence, from: end, isNear: true) { return found }
        if let phrase, phrase.start < phrase.end - 1 {
            for index in phrase.start..<(phrase.end - 1)
            where PersonNouns.adjectives.contains(sentence.lower(index)) {
                guard let name = PredicateWords.className(of: sentence.lower(index)) else { continue }
                return Predicate(name: name, index: index)
            }
        }
        if let found = before(sentence, from: reading.tokens.lowerBound) { return found }
        if let found = behind(sentence, from: end, isNear: false) { return found }
        if let phrase, phrase.end > phrase.start,
            let name = PredicateWords.nouns[sentence.lower(phrase.end - 1)]
        {
            return Predicate(name: name, index: phrase.end - 1)
        }
        return verb(sentence, reading: reading, end: end)
    }
}

private extension PredicateReader {
    /// "1,060 deaths", "about 70 casualties among the troops, dead and wounded together".
    func event(_ sentence: Sentence, phrase: NounPhrase) -> Predicate? {
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

    /// The verb that the quantity is the object of: "killing 14", "lost about 40%".
    func governing(_ sentence: Sentence, before index: Int) -> Predicate? {
        guard let token = sentence.token(index - 1), token.isWord, !token.isCapitalised,
            let name = PredicateWords.verbs[token.lower], !Self.changes.contains(name)
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
            if let name = PredicateWords.className(of: token.lower), !isNoun(sentence, at: index, from: start)
            {
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
            if !isLabel, change == nil, let idiom = PredicateIdioms.match(in: sentence, at: index) {
                return Predicate(name: idiom.name, index: index)
            }
            if let name = PredicateWords.className(of: token.lower) {
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

    static let changes: Set<String> = ["cut", "fall", "raise", "rise", "forecast"]

    /// Verbs that tell no happening.
    static let light: Set<String> = [
        "say", "tell", "add", "report", "be", "have", "do", "make", "accord", "include", "know", "believe",
        "confirm", "announce", "claim", "need", "see", "deny",
        "estimate", "reckon", "state", "insist", "warn", "admit", "call", "put", "give", "become", "seem",
        "remain", "follow", "compare", "regard", "number",
    ]
}
