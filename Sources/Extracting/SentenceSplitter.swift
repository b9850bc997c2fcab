/// Cuts an article's text into sentences with their tokens.
struct SentenceSplitter: Sendable {
    private let tokenizer = Tokenizer()

    /// Returns the sentences of a text, in order; a line never goes on in the next one.
    func sentences(of text: String) -> [Sentence] {
        let scalars = Array(text.unicodeScalars)
        var sentences: [Sentence] = []
        var cursor = Cursor(text: text)
        var paragraph = 0
        var start = 0
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{2029}" {
                append(scalars, start..<index, paragraph: paragraph, to: &sentences, &cursor)
                start = index + 1
                paragraph += 1
            } else if scalar == "." || scalar == "!" || scalar == "?" || scalar == "\u{2026}" {
                if let end = endOfSentence(scalars, at: index, from: start) {
                    append(scalars, start..<end, paragraph: paragraph, to: &sentences, &cursor)
                    start = end
                    index = end
                    continue
                }
            }
            index += 1
        }
        append(scalars, start..<scalars.count, paragraph: paragraph, to: &sentences, &cursor)
        return sentences
    }
}

/// A place in a text that moves on only, so that slices by offset cost no more than their length.
private struct Cursor {
    private let text: String
    private var index: String.Index
    private var offset = 0

    init(text: String) {
        self.text = text
        index = text.startIndex
    }

    mutating func slice(_ range: Range<Int>) -> String {
        let start = text.unicodeScalars.index(index, offsetBy: range.lowerBound - offset)
        let end = text.unicodeScalars.index(start, offsetBy: range.count)
        index = end
        offset = range.upperBound
        return String(text[start..<end])
    }
}

private extension SentenceSplitter {
    func append(
        _ scalars: [Unicode.Scalar],
        _ range: Range<Int>,
        paragraph: Int,
        to sentences: inout [Sentence],
        _ cursor: inout Cursor
    ) {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, Tokenizer.isSpace(scalars[lower]) { lower += 1 }
        while upper > lower, Tokenizer.isSpace(scalars[upper - 1]) { upper -= 1 }
        guard lower < upper else { return }
        let text = cursor.slice(lower..<upper)
        let tokens = tokenizer.tokens(of: scalars, in: lower..<upper)
        sentences.append(Sentence(text: text, start: lower, paragraph: paragraph, tokens: tokens))
    }

    /// Returns the offset behind the sentence that a stop at an index ends; `nil` where it ends none.
    func endOfSentence(_ scalars: [Unicode.Scalar], at index: Int, from start: Int) -> Int? {
        var end = index + 1
        while end < scalars.count, Self.isCloser(scalars[end]) { end += 1 }
        guard end < scalars.count else { return nil }
        guard Tokenizer.isSpace(scalars[end]) else { return nil }
        var next = end
        while next < scalars.count, Tokenizer.isSpace(scalars[next]) {
            if scalars[next] == "\n" { return nil }
            next += 1
        }
        guard next < scalars.count else { return nil }
        while next < scalars.count,
            Tokenizer.isQuote(scalars[next]) || scalars[next] == "(" || scalars[next] == "["
                || scalars[next] == "\u{2014}" || scalars[next] == "\u{2013}"
        {
            next += 1
        }
        guard next < scalars.count else { return nil }
        let follower = scalars[next]
        let isOpener =
            Tokenizer.isUppercase(follower) || Tokenizer.isDigit(follower)
            || "$\u{A3}\u{20AC}".unicodeScalars.contains(follower)
        guard isOpener else { return nil }
        guard scalars[index] == ".", end == index + 1 else { return end }
        let word = self.word(scalars, before: index, from: start)
        guard !word.isEmpty else { return end }
        if word.count == 1, word[word.startIndex].isUppercase { return nil }
        if Tokenizer.isDigit(follower), Self.numberAbbreviations.contains(word.lowercased()) { return nil }
        if Self.abbreviations.contains(word.lowercased()) { return nil }
        if word.contains(".") { return Self.isOpeningWord(scalars, at: next) ? end : nil }
        return end
    }

    func word(_ scalars: [Unicode.Scalar], before index: Int, from start: Int) -> String {
        var lower = index
        while lower > start, Tokenizer.isLetter(scalars[lower - 1]) || scalars[lower - 1] == "." {
            lower -= 1
        }
        var word = ""
        word.unicodeScalars.append(contentsOf: scalars[lower..<index])
        return word
    }

    static func isCloser(_ scalar: Unicode.Scalar) -> Bool {
        Tokenizer.isQuote(scalar) || scalar == ")" || scalar == "]" || scalar == "." || scalar == "!"
            || scalar == "?"
    }

    /// Whether a word begins that begins sentences but no names.
    static func isOpeningWord(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        var word = ""
        var position = index
        while position < scalars.count, Tokenizer.isLetter(scalars[position]) {
            word.unicodeScalars.append(scalars[position])
            position += 1
        }
        return openers.contains(word)
    }

    static let openers: Set<String> = [
        "A", "About", "After", "All", "An", "And", "As", "At", "Before", "But", "By", "For", "He", "Her",
        "His",
        "However", "I", "If", "In", "It", "Its", "No", "Not", "On", "One", "She", "Since", "Some", "That",
        "The",
        "Their", "Then", "There", "These", "They", "This", "Those", "Two", "Under", "We", "What", "When",
        "While",
        "With", "You",
    ]

    static let abbreviations: Set<String> = [
        "adm", "approx", "brig", "capt", "cf", "cmdr", "col", "cpl", "dr", "e.g", "est", "fr", "gen", "gov",
        "hon",
        "i.e", "jr", "lt", "maj", "mr", "mrs", "ms", "mt", "prof", "rep", "rev", "sen", "sgt", "st", "supt",
        "vs",
    ]

    static let numberAbbreviations: Set<String> = [
        "apr", "art", "aug", "c", "ca", "dec", "feb", "fig", "jan", "jul", "jun", "mar", "no", "nos", "nov",
        "oct",
        "p", "para", "pp", "rs", "sec", "sept", "sep", "tel", "vol",
    ]
}
