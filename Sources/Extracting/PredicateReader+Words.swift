import Syntax

/// What the words around a number tell, by their order.
extension PredicateReader {
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
        let path = sentence.tree.map { Set($0.path(from: reading.tokens.lowerBound)) }
        while let token = sentence.token(index), steps < 12, token.text != ";", token.kind != .quote {
            if VerbForms.isClearVerb(token.lower), !token.isCapitalised, path?.contains(index) ?? true,
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
