/// The smallest piece of a sentence that the stages look at.
struct Token: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case word, number, symbol, quote
    }

    /// The token as in the text.
    let text: String
    /// The token in lower case, with straight apostrophes.
    let lower: String
    let kind: Kind
    /// Offset of its first Unicode scalar in the article's text.
    let start: Int
    /// Offset behind its last Unicode scalar.
    let end: Int
    /// Whether nothing stands between it and the token before.
    let isGlued: Bool
    /// Whether it begins with a capital letter that tells a name from a common word; a headline's capitals may not.
    var isCapitalised: Bool

    var isWord: Bool { kind == .word }
    var isNumber: Bool { kind == .number }
    /// Whether every letter is a capital, and there are two or more.
    var isAcronym: Bool {
        isWord && end - start > 1 && isCapitalised && text.utf8.allSatisfy { !($0 >= 97 && $0 <= 122) }
    }
}
