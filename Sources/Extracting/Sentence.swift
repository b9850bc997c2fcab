/// One sentence with its tokens.
struct Sentence: Sendable {
    let text: String
    /// Offset of its first Unicode scalar in the article's text.
    let start: Int
    /// The number of its paragraph, from 0.
    let paragraph: Int
    var tokens: [Token]
    /// Its tags and dependencies; `nil` where nobody asked for them.
    var tree: SentenceTree?

    /// Returns the lower-case word at an index, and an empty text beyond the ends.
    func lower(_ index: Int) -> String {
        index >= 0 && index < tokens.count ? tokens[index].lower : ""
    }

    /// Returns the token at an index; `nil` beyond the ends.
    func token(_ index: Int) -> Token? {
        index >= 0 && index < tokens.count ? tokens[index] : nil
    }

    /// Returns whether the token at an index is glued to the one before it.
    func isGlued(_ index: Int) -> Bool { token(index)?.isGlued ?? false }

    /// Returns the words of a range as in the text, a white space for each run of white space.
    func words(_ range: Range<Int>) -> String {
        var result = ""
        for index in range {
            if index > range.lowerBound, !tokens[index].isGlued { result += " " }
            result += tokens[index].text
        }
        return result
    }

    /// Returns whether lower-case words stand at an index, one after the other.
    func matches(_ phrase: [String], at index: Int) -> Bool {
        guard index >= 0, index + phrase.count <= tokens.count else { return false }
        for offset in 0..<phrase.count where tokens[index + offset].lower != phrase[offset] { return false }
        return true
    }
}
