/// Finds the person that an age is the age of, and what sets that person apart from others.
struct PersonReader: Sendable {
    let sentences: [Sentence]
    private let nouns = NounPhraseReader()

    init(sentences: [Sentence]) {
        self.sentences = sentences
    }

    /// Returns the noun that bears an age, in its own sentence.
    func noun(ofAge reading: QuantityReading, in sentence: Sentence) -> NounPhrase? {
        if reading.isAdjective, let phrase = nouns.phrase(in: sentence, at: reading.nounStart) {
            return phrase
        }
        var index = reading.tokens.lowerBound - 1
        while let token = sentence.token(index) {
            if let noun = person(sentence, at: index) { return noun }
            if token.isCapitalised, index > 0, sentence.lower(index + 1) == ",",
                reading.tokens.lowerBound == index + 2
            {
                break
            }
            index -= 1
        }
        return sentence.tokens.indices.lazy.compactMap { person(sentence, at: $0) }.first
    }

    /// Returns words that describe the person: roles, names, ordinals and the year since which one serves.
    func description(ofAgeInSentenceAt index: Int) -> String? {
        var words: [String] = []
        let sentence = sentences[index]
        collect(from: sentence, into: &words)
        // The sentences about the same person go on with a pronoun or a bare noun.
        var previous = index
        var steps = 0
        while steps < 2, begins(withPronoun: sentences[previous]), previous > 0 {
            previous -= 1
            steps += 1
            collect(from: sentences[previous], into: &words)
        }
        var next = index + 1
        steps = 0
        while steps < 2, next < sentences.count,
            begins(withPronoun: sentences[next]) || isSamePerson(sentences[next]),
            !hasAge(sentences[next])
        {
            collect(from: sentences[next], into: &words)
            next += 1
            steps += 1
        }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}

private extension PersonReader {
    /// The noun for a person at an index, as a phrase of its own.
    func person(_ sentence: Sentence, at index: Int) -> NounPhrase? {
        let token = sentence.tokens[index]
        let head = Words.singular(token.lower)
        guard PersonNouns.contains(head) else { return nil }
        return NounPhrase(text: token.text, head: head, start: index, end: index + 1)
    }

    func collect(from sentence: Sentence, into words: inout [String]) {
        for index in sentence.tokens.indices {
            let token = sentence.tokens[index]
            var word: String?
            if Self.ordinals.contains(token.lower) {
                word = token.lower
            } else if token.isWord,
                PersonNouns.contains(Words.singular(token.lower)) || Self.roles.contains(token.lower)
            {
                word = Words.singular(token.lower)
            } else if token.isNumber, token.text.utf8.count == 4, sentence.lower(index - 1) == "since" {
                word = "since \(token.text)"
            } else if isName(sentence, at: index), token.end - token.start > 2,
                Words.months[token.lower] == nil,
                Words.weekdays[token.lower] == nil, !Words.stops.contains(token.lower)
            {
                word = token.text
            }
            if let word, !words.contains(word), words.count < 24 { words.append(word) }
        }
    }

    /// A capitalised word beside another one or beside a noun for a person, with no preposition or article before it.
    func isName(_ sentence: Sentence, at index: Int) -> Bool {
        guard let token = sentence.token(index), token.isCapitalised, !token.isAcronym else { return false }
        var first = index
        while let before = sentence.token(first - 1), before.isCapitalised { first -= 1 }
        let link = sentence.lower(first - 1)
        guard first > 0 || index > 0 else { return false }
        if Words.determiners.contains(link) || Words.stops.contains(link) || link == "of" || link == "'s" {
            return false
        }
        let after = sentence.token(index + 1)
        return PersonNouns.contains(link) || after?.text == "," || (after?.isCapitalised ?? false)
            || first < index
    }

    func begins(withPronoun sentence: Sentence) -> Bool {
        var index = 0
        while let token = sentence.token(index), !token.isWord { index += 1 }
        if ["he", "she"].contains(sentence.lower(index)) { return true }
        for position in index..<min(index + 6, sentence.tokens.count)
        where ["he", "she"].contains(sentence.lower(position)) {
            return true
        }
        return false
    }

    /// "The soldier, who served as a rifleman": a definite noun for one person opens the sentence.
    func isSamePerson(_ sentence: Sentence) -> Bool {
        guard sentence.lower(0) == "the" else { return false }
        return PersonNouns.contains(sentence.lower(1)) && !Words.isPlural(sentence.lower(1))
            && !["other", "second"].contains(sentence.lower(1))
    }

    func hasAge(_ sentence: Sentence) -> Bool {
        for (index, token) in sentence.tokens.enumerated() {
            if token.lower == "old",
                sentence.lower(index - 2).hasPrefix("year") || sentence.lower(index - 1).hasPrefix("year")
            {
                return true
            }
            if token.lower == "born" || token.lower == "aged" { return true }
        }
        return false
    }

    static let ordinals: Set<String> = [
        "another", "eldest", "elder", "fellow", "first", "former", "older", "oldest", "one", "other",
        "second", "third", "younger", "youngest",
    ]

    static let roles: Set<String> = [
        "recon", "reconnaissance", "rifleman", "scout", "shooter", "sniper", "private", "corporal",
        "lieutenant", "major", "colonel", "goalkeeper",
        "striker", "suspect", "skipper",
    ]
}
