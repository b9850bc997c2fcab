/// Which words of a sentence gave a claim its slots, and by which rule: for a person who sees a wrong claim.
public struct ClaimExplanation: Codable, Hashable, Sendable {
    /// How the counted or measured thing was found.
    public enum Rule: String, Codable, CaseIterable, Sendable {
        /// The person whose age it is.
        case age
        /// The unit tells it: a temperature, a magnitude.
        case unit
        /// The noun that the number hangs on.
        case noun
        /// The noun that the measure is said of: its object, its subject, or the one behind "of".
        case measured
        /// The same amount in another currency, beside the first.
        case converted
        /// The words before a colon, or a heading.
        case label
        /// The noun to the left of a number that has none.
        case subject
        /// What was counted or measured last: the noun is left out.
        case ellipsis
    }

    /// The words that name what is counted, as in the text; `nil` where they stand in another sentence.
    public var countedWords: String?
    /// How they were found.
    public var countedRule: Rule
    /// The word that told the predicate; `nil` where none did.
    public var predicateWord: String?
    /// One line a token: the word, its part of speech, its relation and the word that it hangs on.
    public var tree: [String]
}
