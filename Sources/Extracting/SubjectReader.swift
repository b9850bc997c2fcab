/// Finds the noun phrase that a number is said of ("the death toll … rose to 14", "gusts of 60 km/h").
struct SubjectReader: Sendable {
    /// Returns the phrase to the left of a quantity that it speaks of; `nil` where none stands there.
    func subject(in sentence: Sentence, before index: Int) -> NounPhrase? {
        var position = index - 1
        position = skipAdverbs(sentence, from: position)
        if sentence.lower(position) == ":" {
            return label(in: sentence, endingAt: position)
        }
        // "a fine of", "the magnitude to", "arsenic at": the noun before the preposition, unless a verb stands there.
        if Self.links.contains(sentence.lower(position)) {
            let before = skipAdverbs(sentence, from: position - 1)
            if let token = sentence.token(before), token.isWord, !isVerb(sentence, before),
                !Words.stops.contains(token.lower),
                let found = phrase(in: sentence, endingAt: before)
            {
                return found
            }
            if sentence.lower(position) == "from", let start = startOfPair(sentence, before: position) {
                return subject(in: sentence, before: start)
            }
        }
        guard let verb = verb(in: sentence, before: index) else {
            guard let token = sentence.token(position), token.isWord, !Words.stops.contains(token.lower)
            else { return nil }
            return phrase(in: sentence, endingAt: position)
        }
        let last = skipBack(sentence, from: verb - 1)
        if ["and", "but", "or"].contains(sentence.lower(last)), verb > 1 {
            guard let earlier = self.verb(in: sentence, before: last) else { return nil }
            return phrase(in: sentence, endingAt: skipBack(sentence, from: earlier - 1))
        }
        return phrase(in: sentence, endingAt: last)
    }

    /// Returns the noun phrase that a label before a colon begins with: "Injured persons treated in hospitals: 1,870".
    func label(in sentence: Sentence, endingAt colon: Int) -> NounPhrase? {
        var start = colon
        while let before = sentence.token(start - 1), before.isWord || before.text == "-" { start -= 1 }
        while start < colon, Words.determiners.contains(sentence.lower(start)) || sentence.lower(start) == "-"
        {
            start += 1
        }
        var end = start
        while end < colon, let token = sentence.token(end), !Self.prepositions.contains(token.lower) {
            let isModifier = end == start || end + 1 < colon && end == start + 1 && token.isCapitalised
            if VerbForms.isClearVerb(token.lower) || PredicateWords.verbs[token.lower] != nil, !isModifier {
                break
            }
            end += 1
        }
        guard end > start, let last = sentence.token(end - 1), last.isWord,
            PredicateWords.verbs[last.lower] == nil, !VerbForms.isClearVerb(last.lower)
        else { return nil }
        return NounPhrase(
            text: sentence.words(start..<end),
            head: Words.singular(last.lower),
            start: start,
            end: end
        )
    }

    /// Returns the index of the first word of the verb group before a token in its clause.
    func verb(in sentence: Sentence, before index: Int) -> Int? {
        var position = index - 1
        while let token = sentence.token(position) {
            if token.kind == .quote || token.text == ";" || token.text == ":" { return nil }
            if isVerb(sentence, position) {
                var first = position
                while let before = sentence.token(first - 1), before.isWord,
                    isVerb(sentence, first - 1) || Self.adverbs.contains(before.lower)
                        || before.lower.hasSuffix("ly") || before.lower == "to"
                {
                    first -= 1
                }
                return first
            }
            position -= 1
        }
        return nil
    }

    /// Returns the noun phrase that ends at a token, or the one that the prepositions before it hang on.
    func phrase(in sentence: Sentence, endingAt last: Int) -> NounPhrase? {
        guard var current = simplePhrase(in: sentence, endingAt: last) else { return nil }
        var steps = 0
        while steps < 4, let before = sentence.token(current.start - 1) {
            var link = current.start - 1
            if Words.determiners.contains(before.lower) { link -= 1 }
            let word = sentence.lower(link)
            guard Self.prepositions.contains(word), let outer = simplePhrase(in: sentence, endingAt: link - 1)
            else { break }
            if word == "of" {
                if Self.amounts.contains(outer.head) {
                    // "the number of servicemen": it is the servicemen that are counted.
                    current.start = outer.start
                    return NounPhrase(
                        text: current.text,
                        head: current.head,
                        start: outer.start,
                        end: current.end
                    )
                }
                current = NounPhrase(
                    text: sentence.words(outer.start..<current.end),
                    head: outer.head,
                    start: outer.start,
                    end: current.end
                )
            } else {
                current = outer
            }
            steps += 1
        }
        return current
    }
}

private extension SubjectReader {
    func simplePhrase(in sentence: Sentence, endingAt last: Int) -> NounPhrase? {
        guard let token = sentence.token(last), token.isWord, !Words.stops.contains(token.lower),
            !Words.auxiliaries.contains(token.lower), !Words.determiners.contains(token.lower)
        else { return nil }
        var start = last
        while let before = sentence.token(start - 1) {
            if before.text == "-", before.isGlued { start -= 1; continue }
            if before.lower == "'s" { start -= 1; continue }
            guard before.isWord, !Words.stops.contains(before.lower),
                !Words.auxiliaries.contains(before.lower),
                !Words.determiners.contains(before.lower)
            else { break }
            if VerbForms.isClearVerb(before.lower), !before.isCapitalised, !isModifier(sentence, start - 1) {
                break
            }
            start -= 1
        }
        while start < last, !sentence.tokens[start].isWord || sentence.lower(start) == "'s" { start += 1 }
        return NounPhrase(
            text: sentence.words(start..<(last + 1)),
            head: Words.singular(token.lower),
            start: start,
            end: last + 1
        )
    }

    /// A participle between a determiner and a noun.
    func isModifier(_ sentence: Sentence, _ index: Int) -> Bool {
        Words.determiners.contains(sentence.lower(index - 1))
            || Self.prepositions.contains(sentence.lower(index - 1))
            || sentence.lower(index).hasSuffix("ing")
    }

    func isVerb(_ sentence: Sentence, _ index: Int) -> Bool {
        guard let token = sentence.token(index), token.isWord, !token.isCapitalised else { return false }
        if Words.auxiliaries.contains(token.lower) { return true }
        if VerbForms.isClearVerb(token.lower) || PredicateWords.verbs[token.lower] != nil
            || Self.linking.contains(token.lower)
        {
            return !Words.determiners.contains(sentence.lower(index - 1))
        }
        return false
    }

    func skipAdverbs(_ sentence: Sentence, from index: Int) -> Int {
        var position = index
        while let token = sentence.token(position), token.isWord,
            Self.adverbs.contains(token.lower) || (token.lower.hasSuffix("ly") && token.lower.utf8.count > 4)
        {
            position -= 1
        }
        return position
    }

    /// Steps over a parenthesis between commas and over "that night" before a verb.
    func skipBack(_ sentence: Sentence, from index: Int) -> Int {
        var position = skipAdverbs(sentence, from: index)
        if sentence.lower(position) == "," {
            var probe = position - 1
            while probe > 0, sentence.lower(probe) != ",", sentence.tokens[probe].kind != .quote {
                probe -= 1
            }
            if sentence.lower(probe) == "," { position = probe - 1 }
        } else if ["which", "that", "who"].contains(sentence.lower(position)) {
            position -= sentence.lower(position - 1) == "," ? 2 : 1
        }
        return position
    }

    /// "to 371 from 418": the start of the first number.
    func startOfPair(_ sentence: Sentence, before index: Int) -> Int? {
        var position = index - 1
        var steps = 0
        while steps < 5, position > 0 {
            if sentence.lower(position) == "to" { return position + 1 }
            position -= 1
            steps += 1
        }
        return nil
    }

    static let links: Set<String> = ["of", "to", "at", "from", "with", "by", "in", "as", "for"]
    static let prepositions: Set<String> = [
        "of", "in", "at", "on", "from", "for", "among", "across", "to", "with", "over", "between", "within",
        "by", "near", "around", "during",
    ]
    static let adverbs: Set<String> = [
        "about", "already", "also", "at", "back", "down", "far", "first", "just", "least", "more", "most",
        "not", "now", "once", "only", "still", "than", "then", "up",
        "well", "yet", "even", "again", "currently", "again", "so", "almost", "no", "have", "beyond", "out",
    ]
    static let amounts: Set<String> = ["number", "total", "count", "tally", "amount", "quantity", "size"]
    static let linking: Set<String> = [
        "amounts", "becomes", "comes", "covers", "equals", "exceed", "exceeds", "hits", "lies", "measures",
        "numbers", "number", "reach", "reaches", "remains",
        "runs", "shows", "stands", "stood", "totals", "weighs", "holds", "has", "set", "hit", "put", "read",
        "cost", "costs", "beat", "bring", "brings",
    ]
}
