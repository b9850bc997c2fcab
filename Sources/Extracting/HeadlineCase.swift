import TallyModel

/// Takes back the capitals that a headline gives to its common words: "Pakistan Strike Kills 400 at Rehab Clinic".
///
/// The parser and the readers of names were made for running text, where a capital tells a name.
enum HeadlineCase {
    /// Returns a sentence whose common words count as lower-case, if it is set as a headline; else the sentence itself.
    static func settled(_ sentence: Sentence) -> Sentence {
        guard isHeadline(sentence.tokens) else { return sentence }
        var result = sentence
        for index in sentence.tokens.indices where sentence.tokens[index].isCapitalised {
            let token = sentence.tokens[index]
            if !token.isAcronym, isCommon(token.lower) { result.tokens[index].isCapitalised = false }
        }
        return result
    }

    /// Whether at least seven in ten of the longer words begin with a capital.
    static func isHeadline(_ tokens: [Token]) -> Bool {
        let words = tokens.filter { $0.isWord && $0.end - $0.start > 3 }
        let capitals = words.count(where: \.isCapitalised)
        return words.count >= 4 && capitals * 10 >= words.count * 7
            && words.count(where: \.isAcronym) * 2 < words.count
    }

    /// Whether a word is hardly ever a name: of a closed class, a verb of a class or with an ending, or a noun for people.
    private static func isCommon(_ word: String) -> Bool {
        if Words.stops.contains(word) || Words.auxiliaries.contains(word) || Words.determiners.contains(word)
        {
            return true
        }
        if PredicateWords.className(of: word) != nil || AttributionReader.verbs.contains(word) { return true }
        if ["least", "most", "more", "fewer", "less", "new", "dozens", "hundreds", "thousands"].contains(word)
        {
            return true
        }
        let singular = Words.singular(word)
        if PersonNouns.contains(singular) || singular != word && NounKinds.table[singular] != nil {
            return true
        }
        let base = VerbForms.base(word)
        return base != word
    }
}
