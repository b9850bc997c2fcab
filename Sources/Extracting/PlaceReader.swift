import Syntax
import TallyModel

/// Finds the place that a number speaks of.
///
/// A dateline is none: it says where the reporter sits.
struct PlaceReader: Sendable {
    private let sentences: [Sentence]
    /// The names that a preposition of place stands before anywhere in the text.
    private let known: Set<String>

    init(sentences: [Sentence] = []) {
        self.sentences = sentences
        var known: Set<String> = []
        for sentence in sentences {
            for (text, index) in Self.candidates(in: sentence)
            where text.first?.isUppercase ?? false && sentence.lower(index) == "in" {
                known.insert(text)
            }
        }
        self.known = known
    }

    /// Nouns and adjectives that go with the name of a place.
    static let kinds: Set<String> = [
        "area", "border", "camp", "city", "coast", "county", "district", "garrison", "hospital", "island",
        "mountain", "municipality", "neighbourhood", "oblast",
        "port", "province", "range", "region", "state", "suburb", "territory", "town", "valley", "village",
        "northern", "southern", "eastern", "western",
        "central", "capital", "coastal",
    ]

    /// Returns the nearest place that is said of a number: "in X", "across the country", "nationwide".
    ///
    /// A place that belongs to somebody who speaks ("the ministry in X said") or to another number ("877 of them in X")
    /// is not the number's own.
    func place(ofSentenceAt position: Int, of reading: QuantityReading) -> String? {
        let sentence = sentences[position]
        var best: (text: String, distance: Int)?
        for candidate in Self.candidates(in: sentence)
        where Belonging.isOwn(candidate.index, in: sentence, of: reading) {
            let distance =
                candidate.index >= reading.tokens.upperBound
                ? candidate.index - reading.tokens.upperBound
                : (reading.tokens.lowerBound - candidate.index) * 2
            if best.map({ distance < $0.distance }) ?? true { best = (candidate.text, distance) }
        }
        let text =
            best?.text ?? owner(ofSentenceAt: position, of: reading) ?? subject(in: sentence, of: reading)
            ?? there(ofSentenceAt: position)
        return text.map { text in
            if Self.national.contains(text.lowercased()) {
                return named(before: reading, at: position) { Gazetteer.country($0) != nil } ?? text
            }
            guard Self.regional.contains(text.lowercased()) else { return text }
            return named(before: reading, at: position) { isPlace($0) && Gazetteer.country($0) == nil }
                ?? text
        }
    }

    /// Returns the places that a sentence names, each with the index of its first word.
    static func candidates(in sentence: Sentence) -> [(text: String, index: Int)] {
        var found: [(text: String, index: Int)] = []
        for index in sentence.tokens.indices {
            let lower = sentence.lower(index)
            if Self.wide.contains(lower) {
                found.append((sentence.tokens[index].text, index))
            }
            // "passes 50, mostly in Jamaica": most of them are not all.
            if Self.partly.contains(sentence.lower(index - 1)) { continue }
            guard Self.prepositions.contains(lower) || Self.leaving.contains(lower),
                let text = name(in: sentence, at: index + 1) ?? scope(in: sentence, at: index + 1)
            else { continue }
            found.append((text, index))
        }
        if let label = label(of: sentence) { found.append((label, 0)) }
        return found
    }

    /// Adverbs that say the place is of the greater part only.
    static let partly: Set<String> = ["chiefly", "largely", "mainly", "mostly", "predominantly", "primarily"]

    /// Adverbs that say the number is of a whole country or more.
    static let wide: Set<String> = ["countrywide", "nationally", "nationwide", "worldwide"]
}

private extension PlaceReader {
    /// A place that does what people there do: "Hallstein will lose nine hundred jobs", "Peru passes 40,000 cases".
    func subject(in sentence: Sentence, of reading: QuantityReading) -> String? {
        guard let tree = sentence.tree, let top = tree.top(of: reading.number) else { return nil }
        for verb in tree.path(from: top) where tree.tags[verb].isVerb {
            guard let subject = tree.child(of: verb, .nsubj) else { continue }
            let name = name(endingAt: subject, in: sentence, tree)
            if known.contains(name) { return name }
            let isCounting = Self.counting.contains(VerbForms.base(sentence.lower(verb)))
            if isCounting, isPlace(name) || Self.national.contains(sentence.lower(subject)) {
                return name
            }
            // "Peru reports a death as cases rise to 10": cases are nobody's name.
            if tree.tags[subject] == .properNoun { return nil }
        }
        return nil
    }

    /// Verbs by which a country tells what happened in it.
    static let counting: Set<String> = [
        "confirm", "count", "detect", "exceed", "have", "hit", "log", "mark", "pass", "reach", "receive",
        "record",
        "register", "report", "see", "surpass", "top",
    ]

    /// The name whose last word is a token, with its "of": "Republic of Ireland".
    func name(endingAt last: Int, in sentence: Sentence, _ tree: SentenceTree) -> String {
        var start = last
        while let before = sentence.token(start - 1), before.isWord, before.isCapitalised,
            !Words.determiners.contains(before.lower)
        {
            start -= 1
        }
        var end = last + 1
        if sentence.lower(end) == "of", let next = sentence.token(end + 1), next.isCapitalised {
            end = tree.extent(of: end).upperBound + 1
        }
        return sentence.words(start..<end)
    }

    /// Whose toll it is: "bringing Germany's death toll to 3,569".
    func owner(ofSentenceAt position: Int, of reading: QuantityReading) -> String? {
        let sentence = sentences[position]
        guard let tree = sentence.tree, let top = tree.top(of: reading.number) else { return nil }
        for node in tree.path(from: top) {
            let arguments = tree.children[node].filter {
                [.dobj, .nsubj, .nsubjpass].contains(tree.labels[$0])
            }
            for noun in [node] + arguments where Self.tolls.contains(sentence.lower(noun)) {
                guard let owner = tree.child(of: noun, .poss) else { continue }
                if Self.national.contains(sentence.lower(owner)) { return sentence.lower(owner) }
                let name = name(endingAt: owner, in: sentence, tree)
                if known.contains(name) || isPlace(name) { return name }
            }
        }
        return nil
    }

    /// Whether a name is of a place by itself or by its kind: "Kenya", "Osaka Prefecture".
    func isPlace(_ name: String) -> Bool {
        if Gazetteer.isPlace(name) { return true }
        let words = name.split(separator: " ")
        return words.count > 1 && Self.labels.contains(words[words.count - 1].lowercased())
    }

    /// The place that "the country", "nationwide" and "the province" stand for: the one named last before the number.
    func named(before reading: QuantityReading, at position: Int, where isMeant: (String) -> Bool) -> String?
    {
        for (place, sentence) in sentences[max(0, position - 1)...position].enumerated().reversed() {
            let isOwn = place == min(position, 1)
            let end = isOwn ? reading.tokens.lowerBound : sentence.tokens.count
            for last in stride(from: end - 1, through: 0, by: -1) where sentence.tokens[last].isCapitalised {
                for start in max(0, last - 4)...last {
                    let name = sentence.words(start..<last + 1)
                    if isMeant(name) { return name }
                }
            }
        }
        return nil
    }

    /// Words for the whole of the country that a text is about.
    static let national: Set<String> = [
        "country", "countrywide", "nation", "nationally", "nationwide",
    ]

    static let regional: Set<String> = ["prefecture", "province", "region", "state", "territory"]

    /// Nouns for a count that belongs to a place.
    static let tolls: Set<String> = ["caseload", "count", "number", "tally", "toll", "tolls", "total"]

    /// The place that "there" stands for: the one named last.
    func there(ofSentenceAt position: Int) -> String? {
        let sentence = sentences[position]
        guard let tree = sentence.tree,
            let word = sentence.tokens.indices.first(where: { sentence.lower($0) == "there" }),
            tree.labels[word] == .advmod
        else { return nil }
        for index in stride(from: position - 1, through: max(0, position - 3), by: -1) {
            let named = Self.candidates(in: sentences[index]).last { $0.text.first?.isUppercase ?? false }
            if let named { return named.text }
        }
        return nil
    }

    /// A place that is named by what it is: "in the capital", "across the country", "in the camp".
    static func scope(in sentence: Sentence, at index: Int) -> String? {
        guard sentence.lower(index) == "the" || sentence.lower(index) == "this" else { return nil }
        var end = index + 1
        while end < index + 4, Self.widening.contains(sentence.lower(end)) { end += 1 }
        guard Self.scopes.contains(sentence.lower(end)) else { return nil }
        // "the capital region", "the country's schools"
        if let next = sentence.token(end + 1), next.isWord, next.lower == "'s" || next.isCapitalised {
            return nil
        }
        return sentence.words(index + 1..<end + 1)
    }

    /// The name of a place before a colon: "Katongo camp: 44 cases".
    static func label(of sentence: Sentence) -> String? {
        guard let colon = sentence.tokens.prefix(6).firstIndex(where: { $0.text == ":" }), colon > 1,
            sentence.tokens[0].isCapitalised, labels.contains(sentence.lower(colon - 1))
        else { return nil }
        return sentence.words(0..<colon)
    }

    static let labels: Set<String> = [
        "camp", "city", "county", "district", "island", "municipality", "prefecture", "province", "region",
        "state", "town",
        "valley", "village",
    ]

    static let widening: Set<String> = ["entire", "nation's", "whole", "wider"]

    /// Nouns that name a scope with "the" alone.
    static let scopes: Set<String> = [
        "camp", "capital", "city", "country", "district", "island", "nation", "prefecture", "province",
        "region", "state", "territory",
        "town", "valley", "village",
    ]

    static func name(in sentence: Sentence, at index: Int) -> String? {
        var start = index
        var steps = 0
        // "in the Velmoran town of Dessen", "in Russia's Kursk region"
        while Words.determiners.contains(sentence.lower(start)) { start += 1 }
        while steps < 5, let token = sentence.token(start), token.isWord,
            !token.isCapitalised || sentence.lower(start + 1) == "'s"
        {
            guard !Words.stops.contains(token.lower) || token.lower == "of" else { return nil }
            guard
                Self.kinds.contains(token.lower) || token.lower == "of" || token.lower == "'s"
                    || token.isCapitalised
            else { return nil }
            start += 1
            steps += 1
        }
        var end = start
        while let token = sentence.token(end), token.isWord,
            token.isCapitalised || (["de", "del", "la", "al", "el"].contains(token.lower) && end > start)
        {
            guard Words.months[token.lower] == nil, Words.weekdays[token.lower] == nil else { return nil }
            end += 1
        }
        // "Democratic Republic of Congo", "Gulf of Aden"
        if end > start, sentence.lower(end) == "of" {
            var rest = end + 1
            if sentence.lower(rest) == "the" { rest += 1 }
            if let name = sentence.token(rest), name.isWord, name.isCapitalised,
                Words.months[name.lower] == nil
            {
                end = rest
                while let token = sentence.token(end), token.isWord, token.isCapitalised { end += 1 }
            }
        }
        guard end > start, !["least", "most"].contains(sentence.lower(start)) else { return nil }
        // "in the North Korean army": a people's name is no place.
        if ["ean", "ian", "ish", "ese"].contains(where: { sentence.lower(end - 1).hasSuffix($0) }),
            !Self.kinds.contains(sentence.lower(end))
        {
            return nil
        }
        if sentence.lower(end) == "'s" { return nil }
        if Self.kinds.contains(sentence.lower(end)), sentence.lower(end + 1) == "of" {
            return name(in: sentence, at: end)
        }
        if Self.kinds.contains(sentence.lower(end)) {
            end += 1
        } else if let next = sentence.token(end), next.isWord, !next.isCapitalised, next.lower != "'s",
            !Words.stops.contains(next.lower),
            !Words.auxiliaries.contains(next.lower), !VerbForms.isClearVerb(next.lower),
            !Words.determiners.contains(next.lower), !(sentence.tree?.tags[end].isVerb ?? false)
        {
            // "in the North Korean army": no place.
            return nil
        }
        return sentence.words(start..<end)
    }

    static let prepositions: Set<String> = [
        "in", "at", "near", "across", "around", "outside", "off", "throughout", "inside",
    ]

    /// Verbs whose object is the place that the number speaks of ("18,400 people have left Dessen").
    static let leaving: Set<String> = ["fled", "flee", "fleeing", "leave", "leaving", "left"]
}
