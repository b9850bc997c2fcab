/// Finds the place that a number speaks of.
///
/// A dateline is none: it says where the reporter sits.
struct PlaceReader: Sendable {
    /// Nouns and adjectives that go with the name of a place.
    static let kinds: Set<String> = [
        "area", "border", "camp", "city", "coast", "county", "district", "garrison", "hospital", "island",
        "mountain", "municipality", "neighbourhood", "oblast",
        "port", "province", "range", "region", "state", "suburb", "territory", "town", "valley", "village",
        "northern", "southern", "eastern", "western",
        "central", "capital", "coastal",
    ]

    /// Returns the nearest "in X", "at X", "near X" of a capitalised name.
    func place(in sentence: Sentence, of reading: QuantityReading) -> String? {
        var best: (text: String, distance: Int)?
        for index in sentence.tokens.indices.dropLast()
        where Self.prepositions.contains(sentence.lower(index))
            || Self.leaving.contains(sentence.lower(index))
        {
            guard let text = name(in: sentence, at: index + 1) else { continue }
            let distance =
                index >= reading.tokens.upperBound
                ? index - reading.tokens.upperBound : (reading.tokens.lowerBound - index) * 2
            if best.map({ distance < $0.distance }) ?? true { best = (text, distance) }
        }
        return best?.text
    }
}

private extension PlaceReader {
    func name(in sentence: Sentence, at index: Int) -> String? {
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
            !Words.determiners.contains(next.lower)
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
