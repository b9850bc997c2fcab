/// The noun phrase that a number counts.
struct NounPhrase: Hashable, Sendable {
    /// The words as in the text, without the number.
    var text: String
    /// The singular head, lower-case.
    var head: String
    /// The index of the first token of the phrase.
    var start: Int
    /// The index behind the phrase.
    var end: Int
    /// The index of the head where it is not the last token ("members of one family"); `nil` for the last.
    var anchor: Int?

    /// The index of the head.
    var headIndex: Int { anchor ?? end - 1 }

    /// Returns the phrase without a number that it begins with: the drones of "six of eight drones".
    func withoutNumber(in sentence: Sentence, behind index: Int) -> NounPhrase {
        guard start >= index, start < headIndex, start + 1 < end, let token = sentence.token(start),
            token.isNumber || NumberWords.small[token.lower] != nil, text.hasPrefix(token.text + " ")
        else { return self }
        var result = self
        result.start += 1
        result.text = String(text.dropFirst(token.text.count + 1))
        return result
    }

    /// The phrase behind its "of": the turnout of "its estimate of the turnout"; `nil` where none stands.
    var inner: NounPhrase? {
        let words = text.split(separator: " ")
        guard let of = words.firstIndex(of: "of"), let last = words.last, of + 1 < words.count else {
            return nil
        }
        return NounPhrase(
            text: words[(of + 1)...].joined(separator: " "),
            head: Words.singular(last.lowercased()),
            start: start,
            end: end
        )
    }
}

/// Reads noun phrases by the shape of words, without a parser.
struct NounPhraseReader: Sendable {
    /// Returns the phrase that begins at a token; `nil` where none begins.
    func phrase(in sentence: Sentence, at index: Int, takesOf: Bool = true) -> NounPhrase? {
        var position = index
        // "of the": "two of the soldiers", "20 tonnes of cocaine".
        if sentence.lower(position) == "of" { position += 1 }
        while Words.determiners.contains(sentence.lower(position))
            || Self.fillers.contains(sentence.lower(position))
        {
            position += 1
        }
        if position > index, sentence.token(position)?.isNumber ?? false { position += 1 }
        let start = position
        var headIndex = -1
        while let token = sentence.token(position) {
            if token.lower == "-", token.isGlued, sentence.isGlued(position + 1), position > start {
                position += 1
                continue
            }
            if token.lower == "'s" || token.text == "'" || token.text == "\u{2019}" {
                guard headIndex >= 0 else { break }
                // "the country's 1,900 schools"
                if sentence.token(position + 1)?.isNumber ?? false {
                    return phrase(in: sentence, at: position + 2, takesOf: takesOf)
                }
                position += 1
                continue
            }
            guard token.isWord else { break }
            if position == start, position > index, PersonNouns.adjectives.contains(token.lower),
                !(sentence.token(position + 1)?.isWord ?? false)
                    || Words.auxiliaries.contains(sentence.lower(position + 1))
                    || Words.stops.contains(sentence.lower(position + 1))
            {
                // "two of the injured"
                return NounPhrase(text: token.text, head: token.lower, start: start, end: start + 1)
            }
            if position > start, sentence.lower(position - 1) != "-",
                isEnd(sentence, at: position, headIndex: headIndex)
            {
                break
            }
            if position == start, Words.stops.contains(token.lower) || Words.auxiliaries.contains(token.lower)
            {
                return nil
            }
            if position == start, isVerb(token), !isParticipleBeforeNoun(sentence, at: position) {
                return nil
            }
            if position == start, NumberWords.ordinals.contains(token.lower),
                let next = sentence.token(position + 1),
                !next.isWord || isVerb(next)
            {
                return nil
            }
            headIndex = position
            position += 1
        }
        guard headIndex >= start else { return nil }
        var end = headIndex + 1
        let head = Words.singular(sentence.lower(headIndex))
        if takesOf, sentence.lower(end) == "of",
            Self.containers.contains(head) || Self.ofHeads.contains(sentence.lower(end + 1)),
            let inner = phrase(in: sentence, at: end, takesOf: false), inner.end > end + 1
        {
            end = inner.end
            if Self.containers.contains(head), PersonNouns.contains(inner.head) {
                return NounPhrase(text: inner.text, head: inner.head, start: inner.start, end: inner.end)
            }
        }
        return NounPhrase(text: sentence.words(start..<end), head: head, start: start, end: end)
    }
}

private extension NounPhraseReader {
    func isEnd(_ sentence: Sentence, at index: Int, headIndex: Int) -> Bool {
        let token = sentence.tokens[index]
        let lower = token.lower
        if Words.stops.contains(lower) || Words.auxiliaries.contains(lower)
            || Words.determiners.contains(lower)
        {
            return true
        }
        if Words.months[lower] != nil, token.isCapitalised { return true }
        if Words.weekdays[lower] != nil { return true }
        guard headIndex >= 0 else { return false }
        let previous = sentence.tokens[headIndex]
        if PersonNouns.adjectives.contains(lower),
            Words.isPlural(previous.lower) || PersonNouns.contains(previous.lower)
        {
            return true
        }
        if lower.hasSuffix("ly"), lower.utf8.count > 4 { return true }
        if isVerb(token),
            Words.isPlural(previous.lower) || PersonNouns.contains(Words.singular(previous.lower))
        {
            return true
        }
        if Words.isPlural(previous.lower), !previous.isCapitalised {
            // Behind a plural only a plural of persons or things goes on ("sales managers").
            return !Words.isPlural(lower) || isVerb(token)
        }
        return false
    }

    func isVerb(_ token: Token) -> Bool { !token.isCapitalised && VerbForms.isClearVerb(token.lower) }

    /// "two injured prisoners": a participle with a noun behind it.
    func isParticipleBeforeNoun(_ sentence: Sentence, at index: Int) -> Bool {
        guard let next = sentence.token(index + 1), next.isWord else { return false }
        let lower = sentence.lower(index)
        guard lower.hasSuffix("ed") || lower.hasSuffix("ing") || PersonNouns.adjectives.contains(lower) else {
            return false
        }
        if Words.stops.contains(next.lower) || Words.auxiliaries.contains(next.lower)
            || Words.determiners.contains(next.lower)
        {
            return false
        }
        return !next.lower.hasSuffix("ly") && !isVerb(next)
    }

    static let fillers: Set<String> = [
        "more", "other", "others", "such", "additional", "further", "extra", "separate",
    ]
    static let ofHeads: Set<String> = []
    static let containers: Set<String> = [
        "body", "case", "casualty", "crowd", "death", "group", "injury", "life", "number", "thousand",
        "total",
    ]
}
