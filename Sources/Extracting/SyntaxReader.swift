import Syntax

/// Has sentences parsed, in the tokens that the parser was trained on.
///
/// Shallow patterns find the number, not what it is said of: Sources/Syntax says why a parser was taken, and which.
struct SyntaxReader: Sendable {
    private let parser = SyntaxParser()

    func releaseMemory() { parser.releaseMemory() }

    /// The longest sentence that is parsed, in tokens; a longer one is a list or no sentence, and deep as it is long.
    static let maximumTokens = 250

    /// Gives the sentences of some indices their trees, but for those that are too long.
    func addTrees(to sentences: inout [Sentence], at indices: [Int]) {
        let indices = indices.filter { sentences[$0].tokens.count <= Self.maximumTokens }
        let pieces = indices.map { Self.pieces(of: sentences[$0].tokens) }
        let trees = parser.trees(of: pieces.map { $0.map(\.token) })
        for ((index, pieces), tree) in zip(zip(indices, pieces), trees) {
            sentences[index].tree = Self.tree(tree, of: pieces, tokens: sentences[index].tokens.count)
        }
    }
}

private extension SyntaxReader {
    /// A token of the parser, and the tokens of the sentence that it is made of.
    struct Piece {
        var token: SyntaxToken
        var range: Range<Int>
    }

    static func pieces(of tokens: [Token]) -> [Piece] {
        let isShouted = isShouted(tokens)
        var pieces: [Piece] = []
        pieces.reserveCapacity(tokens.count + 4)
        var index = endOfDateline(tokens)
        while index < tokens.count {
            let end = endOfPiece(tokens, from: index)
            var text = ""
            for token in tokens[index..<end] {
                text += isShouted || !token.isCapitalised ? token.lower : token.text
            }
            let isSpaceBehind = end < tokens.count && !tokens[end].isGlued
            let cut = end == index + 1 ? contraction(tokens[index]) : 0
            if cut > 0 {
                pieces.append(
                    Piece(
                        token: SyntaxToken(text: String(text.dropLast(cut)), isSpaceBehind: false),
                        range: index..<end
                    )
                )
                text = String(text.suffix(cut))
            }
            pieces.append(
                Piece(token: SyntaxToken(text: text, isSpaceBehind: isSpaceBehind), range: index..<end)
            )
            index = end
        }
        return pieces
    }

    /// Where a sentence begins behind "MADRID, 12 August (Agencia Meseta) - ", which belongs to no clause.
    static func endOfDateline(_ tokens: [Token]) -> Int {
        // "Reuters - Cisco said"
        if tokens.count > 3, tokens[0].isWord, tokens[0].isCapitalised, tokens[1].text == "-",
            !tokens[1].isGlued,
            !tokens[2].isGlued, tokens[2].isCapitalised || tokens[2].isNumber
        {
            return 2
        }
        guard let first = tokens.first, first.isAcronym else { return 0 }
        let dash = tokens.prefix(16).firstIndex {
            ["-", "\u{2013}", "\u{2014}"].contains($0.text) && !$0.isGlued
        }
        guard let dash, dash + 1 < tokens.count, !tokens[dash + 1].isGlued else { return 0 }
        let isPlaceAndDate = tokens[..<dash].allSatisfy {
            !$0.isWord || $0.isCapitalised || Words.months[$0.lower] != nil || $0.lower == "of"
        }
        return isPlaceAndDate ? dash + 1 : 0
    }

    /// The parser takes "Mr.", "U.S.", "US$", "1.2bn", "42nd" and "..." as one token each.
    static func endOfPiece(_ tokens: [Token], from index: Int) -> Int {
        let token = tokens[index]
        guard index + 1 < tokens.count, tokens[index + 1].isGlued else { return index + 1 }
        let next = tokens[index + 1]
        if token.isWord, next.text == ".", index + 2 < tokens.count, token.end - token.start <= 4,
            token.isCapitalised
        {
            return index + 2
        }
        if token.isWord, next.text == "$" { return index + 2 }
        if token.isNumber, next.isWord, glued.contains(next.lower) { return index + 2 }
        var end = index + 1
        if token.text == "." || token.text == "-" {
            while end < tokens.count, tokens[end].isGlued, tokens[end].text == token.text { end += 1 }
        }
        return end
    }

    /// How many characters of a word the parser takes as a word of its own: "do|n't", "we|'ll".
    static func contraction(_ token: Token) -> Int {
        guard token.isWord else { return 0 }
        if token.lower == "cannot" { return 3 }
        if token.lower.hasSuffix("n't"), token.lower.utf8.count > 3 { return 3 }
        for ending in ["'re", "'ve", "'ll", "'d", "'m"]
        where token.lower.hasSuffix(ending) && token.lower.utf8.count > ending.utf8.count {
            return ending.utf8.count
        }
        return 0
    }

    /// Whether a sentence is all capitals, which the parser takes for names.
    static func isShouted(_ tokens: [Token]) -> Bool {
        let words = tokens.filter { $0.isWord && $0.end - $0.start > 1 }
        return words.count > 4 && words.filter(\.isAcronym).count * 5 > words.count * 4
    }

    static func tree(_ tree: SyntaxTree, of pieces: [Piece], tokens count: Int) -> SentenceTree {
        var tags = [PartOfSpeech](repeating: .other, count: count)
        var heads = Array(0..<count)
        var labels = [Dependency](repeating: .punct, count: count)
        for index in pieces.indices.reversed() {
            let range = pieces[index].range
            // Of the two parts of a contraction the first, the verb, stands for both.
            let first = range.lowerBound
            tags[first] = tree.tags[index]
            heads[first] = pieces[tree.heads[index]].range.lowerBound
            labels[first] = tree.labels[index]
            for rest in range.dropFirst() { heads[rest] = first }
        }
        // What stands before the parsed words hangs on their root.
        if let first = pieces.first?.range.lowerBound, first > 0,
            let root = (first..<count).first(where: { heads[$0] == $0 && labels[$0] == .root })
        {
            for index in 0..<first { heads[index] = root }
        }
        return SentenceTree(tags: tags, heads: heads, labels: labels)
    }

    static let glued: Set<String> = [
        "bn", "k", "m", "mn", "nd", "pm", "am", "rd", "s", "st", "th", "tn", "trn",
    ]
}
