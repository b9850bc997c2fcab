/// Finds who says so.
struct AttributionReader: Sendable {
    let sentences: [Sentence]
    private let subjects = SubjectReader()
    private let nouns = NounPhraseReader()
    private let speakers = SpeakerReader()

    init(sentences: [Sentence]) {
        self.sentences = sentences
    }

    /// Returns the speaker of a sentence, as in the text; `nil` where it is the outlet's own word.
    func speaker(ofSentenceAt index: Int, near token: Int) -> String? {
        if let found = speaker(in: sentences[index], near: token) {
            // "A doctor told the paper that he had counted 70": the pronoun is the doctor.
            if Self.pronouns.contains(found.lowercased()), let own = speaker(in: sentences[index], near: 0),
                !Self.pronouns.contains(own.lowercased())
            {
                return own
            }
            return resolve(found, before: index)
        }
        guard isQuoted(index) else { return nil }
        // A quotation goes on: its speaker stands in a sentence beside it.
        for neighbour in [index + 1, index - 1, index + 2, index - 2]
        where sentences.indices.contains(neighbour) {
            guard sentences[neighbour].paragraph == sentences[index].paragraph else { continue }
            if let found = speaker(in: sentences[neighbour], near: 0) {
                return resolve(found, before: neighbour)
            }
        }
        return nil
    }

    /// Returns the speaker that one sentence names, which may be a pronoun.
    func speaker(in sentence: Sentence, near token: Int) -> String? {
        // "The mayor says 40; the province says 12", "…, but a doctor said 60": each clause has its own speaker.
        let clause = clause(of: token, in: sentence)
        if clause.count < sentence.tokens.count,
            let found = nearestSpeaker(in: sentence, near: token, within: clause)
        {
            return found
        }
        if let found = speakers.speaker(in: sentence, of: token) { return found }
        return nearestSpeaker(in: sentence, near: token, within: sentence.tokens.indices)
    }

    /// Returns the tokens between the semicolons around a token.
    private func clause(of token: Int, in sentence: Sentence) -> Range<Int> {
        let marks = sentence.tokens.indices.filter {
            sentence.lower($0) == ";" || sentence.lower($0) == "but" && sentence.lower($0 - 1) == ","
        }
        let start = marks.last { $0 < token }.map { $0 + 1 } ?? 0
        return start..<(marks.first { $0 > token } ?? sentence.tokens.count)
    }

    /// Returns the speaker whose verb or "according to" stands nearest to a token, by the shape of the words.
    private func nearestSpeaker(in sentence: Sentence, near token: Int, within clause: Range<Int>) -> String?
    {
        var best: (text: String, distance: Int)?
        func offer(_ text: String, _ index: Int) {
            // What stands behind "but" or a semicolon has its own speaker: the nearest one wins.
            let distance = abs(index - token)
            if best.map({ distance < $0.distance }) ?? true { best = (text, distance) }
        }
        for index in clause
        where sentence.tokens[index].isWord && !sentence.tokens[index].isCapitalised
            || index == 0
        {
            let lower = sentence.lower(index)
            if lower == "according", sentence.lower(index + 1) == "to",
                let text = source(in: sentence, at: index + 2)
            {
                offer(text, index)
            } else if lower == "by", sentence.lower(index + 1) == "the",
                sentence.lower(index - 1) == "released",
                let text = source(in: sentence, at: index + 1)
            {
                offer(text, index)
            } else if Self.verbs.contains(lower), !sentence.tokens[index].isCapitalised,
                let text = subject(in: sentence, of: index)
            {
                offer(text, index)
            }
        }
        return best?.text
    }
}

extension AttributionReader {
    /// The phrase behind "according to" or an inverted "said".
    func source(in sentence: Sentence, at index: Int) -> String? {
        var start = index
        while Words.determiners.contains(sentence.lower(start)) { start += 1 }
        var end = start
        while end < start + 10, let token = sentence.token(end) {
            let isInside = token.isWord || token.text == "-" || (token.text == "&" && end > start)
            guard isInside,
                !["who", "which", "that", "but", "after", "when", "while", "as", "on", "via"].contains(
                    token.lower
                )
            else { break }
            if end > start, Words.auxiliaries.contains(token.lower) || Self.verbs.contains(token.lower) {
                break
            }
            if end > start, Words.weekdays[token.lower] != nil { break }
            if token.lower == "and", !(sentence.token(end + 1)?.isCapitalised ?? false) { break }
            end += 1
        }
        while end > start, Words.stops.contains(sentence.lower(end - 1)) { end -= 1 }
        guard end > start else { return nil }
        return sentence.words(start..<end)
    }

    /// The subject of a verb of saying, before it or, behind a quotation, after it.
    func subject(in sentence: Sentence, of verb: Int) -> String? {
        // "Persons reported missing: 88"
        if PersonNouns.adjectives.contains(sentence.lower(verb + 1)) { return nil }
        var last = verb - 1
        while let token = sentence.token(last), token.isWord,
            Words.auxiliaries.contains(token.lower) || token.lower.hasSuffix("ly")
                || ["also", "later", "now", "not", "likewise", "first", "then"].contains(token.lower)
        {
            // "were reported killed", "was said to": nobody says so.
            if ["was", "were", "is", "are", "been", "be"].contains(token.lower) { return nil }
            last -= 1
        }
        guard let token = sentence.token(last) else { return nil }
        if token.kind == .quote || token.text == "," {
            // `," said a shopkeeper`; a clause between commas: "Pohl, the chairman, said".
            if token.text == ",", let comma = previousComma(sentence, before: last) {
                if let inner = apposition(sentence, from: comma, to: last) { return inner }
                if let inner = nameBefore(sentence, comma) { return inner }
            }
            return source(in: sentence, at: verb + 1)
        }
        if Self.pronouns.contains(token.lower) { return token.lower }
        guard let phrase = subjects.phrase(in: sentence, endingAt: last), last - phrase.start < 12 else {
            return nil
        }
        guard !Self.nobody.contains(phrase.head) else { return nil }
        // A phrase that begins with a verb is the rest of a clause on somebody: "caught at the gates".
        let first = sentence.tokens[phrase.start]
        if !first.isCapitalised,
            VerbForms.isClearVerb(first.lower) || PredicateWords.verbs[first.lower] != nil
        {
            return nil
        }
        let bearer = bearer(in: sentence, of: phrase)
        // "much less than the poll suggested": the number is not the poll's.
        var link = bearer.start - 1
        while Words.determiners.contains(sentence.lower(link)) { link -= 1 }
        if sentence.lower(link) == "than" { return nil }
        return sentence.words(bearer.start..<bearer.end)
    }

    /// The name between two commas behind a description: "The operator, Santelle Lines, said".
    func apposition(_ sentence: Sentence, from comma: Int, to last: Int) -> String? {
        let names = (comma + 1)..<last
        guard !names.isEmpty, names.count <= 5, sentence.token(comma - 1)?.isWord ?? false,
            names.allSatisfy({ sentence.tokens[$0].isCapitalised || sentence.lower($0) == "of" })
        else { return nil }
        return sentence.words(names)
    }

    /// The one who speaks within a phrase with prepositions: "the rebels behind Thursday's assault" are the rebels.
    func bearer(in sentence: Sentence, of phrase: NounPhrase) -> (start: Int, end: Int) {
        var start = phrase.start
        var end = phrase.end
        var steps = 0
        while steps < 3 {
            var link = start - 1
            if Words.determiners.contains(sentence.lower(link)) { link -= 1 }
            guard Self.links.contains(sentence.lower(link)),
                let outer = subjects.phrase(in: sentence, endingAt: link - 1), outer.end == link
            else { break }
            start = outer.start
            end = outer.end
            steps += 1
        }
        if let cut = (start..<end).first(where: { $0 > start && Self.links.contains(sentence.lower($0)) }) {
            end = cut
        }
        return (start, end)
    }

    func previousComma(_ sentence: Sentence, before index: Int) -> Int? {
        var position = index - 1
        while position > max(0, index - 14) {
            if sentence.tokens[position].kind == .quote { return nil }
            if sentence.lower(position) == "," { return position }
            position -= 1
        }
        return nil
    }

    func nameBefore(_ sentence: Sentence, _ comma: Int) -> String? {
        guard let token = sentence.token(comma - 1), token.isWord,
            token.isCapitalised || PersonNouns.contains(token.lower),
            let phrase = subjects.phrase(in: sentence, endingAt: comma - 1)
        else { return nil }
        return sentence.words(phrase.start..<comma)
    }

    /// A pronoun stands for the last speaker before it.
    func resolve(_ speaker: String, before index: Int) -> String? {
        guard Self.pronouns.contains(speaker.lowercased()) else { return speaker }
        var position = index - 1
        while position >= max(0, index - 6) {
            if let found = self.speaker(in: sentences[position], near: 0),
                !Self.pronouns.contains(found.lowercased())
            {
                return found
            }
            position -= 1
        }
        // "Bo Ravn of the union is furious. He says …"
        guard ["he", "she"].contains(speaker.lowercased()) else { return nil }
        return (max(0, index - 2)..<index).reversed().lazy.compactMap { speakers.person(in: sentences[$0]) }
            .first
    }

    /// Whether a sentence stands inside quotation marks that another sentence opens or closes.
    func isQuoted(_ index: Int) -> Bool {
        let sentence = sentences[index]
        if sentence.tokens.contains(where: { $0.kind == .quote && $0.text != "'" && $0.text != "\u{2019}" }) {
            return true
        }
        var depth = 0
        var position = index - 1
        while position >= 0, sentences[position].paragraph == sentence.paragraph { position -= 1 }
        for before in (position + 1)..<max(position + 1, index) {
            for token in sentences[before].tokens where token.kind == .quote {
                if token.text == "\"" {
                    depth = 1 - depth
                } else if token.text == "\u{201C}" {
                    depth = 1
                } else if token.text == "\u{201D}" {
                    depth = 0
                }
            }
        }
        return depth > 0
    }

    static let pronouns: Set<String> = ["he", "she", "it", "they", "we", "i"]
    /// Prepositions that say more of a speaker than who it is.
    static let links: Set<String> = ["at", "behind", "from", "in", "inside", "near", "on", "outside", "with"]
    static let nobody: Set<String> = ["toll", "number", "total", "case", "it"]
}

extension AttributionReader {
    /// Forms of the verbs of those who tell a number.
    static let verbs = TableReader.words(
        """
        acknowledged acknowledges added adds admits admitted admitting alleged alleges announced announces argued argues assert asserted asserts
        believe believes boasted boasts calculated calculates claim claimed claims concede conceded concedes confirmed
        confirms counted declared declares denied denies deny dismissed disputed disputes
        estimate estimated estimates explained fear feared fears figured found indicate indicated indicates insist insisted insists
        maintain maintained maintains note noted notes predict predicted predicts put puts quoted reckon reckoned reckons recalled recalls
        rejected rejects report reported reports revealed revealed reveals said say says show showed shows state stated states suggest suggested suggests
        tell tells think thinks told tweeted warn warned warns wrote
        """
    )
}
