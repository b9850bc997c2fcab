import Syntax

/// Tells by the tree of a sentence whether a place or a time is said of a number, or of something beside it.
enum Belonging {
    /// Whether what begins at a token hangs on the number, its noun or its clause, as far as the tree shows.
    ///
    /// What belongs to somebody who speaks ("the ministry in X said") or to another number ("877 of them in X") is not
    /// the number's own.
    static func isOwn(_ index: Int, in sentence: Sentence, of reading: QuantityReading) -> Bool {
        guard let tree = sentence.tree, let top = tree.top(of: reading.number) else { return true }
        let own = Set(tree.path(from: top))
        if own.contains(index) { return true }
        let said = tree.extent(of: index)
        var previous = index
        for token in tree.path(from: index).dropFirst() {
            if own.contains(token) {
                // "…, the ministry said in X": the place of the saying.
                // "In Alvera the prefecture counted 27,500": what is said first is of the number.
                return previous != index || token == top || index == 0
                    || !AttributionReader.verbs.contains(sentence.lower(token))
            }
            if tree.labels[token].isSubject,
                AttributionReader.verbs.contains(sentence.lower(tree.heads[token]))
            {
                return false
            }
            if sentence.tokens[token].isNumber, !reading.tokens.contains(token) { return false }
            // "A fire in X has destroyed 12,000 acres": X tells where the fire is.
            if tree.labels[token] == .nsubj, previous == index { return false }
            let isCounted = tree.children[token].contains {
                tree.labels[$0] == .nummod && !reading.tokens.contains($0) && $0 != previous
            }
            if isCounted { return false }
            // "44 cases, bringing the number in the province to 122": X goes with the other number.
            if tree.labels[token] == .advcl,
                tree.extent(of: token).contains(where: {
                    sentence.tokens[$0].isNumber && !reading.tokens.contains($0) && !said.contains($0)
                })
            {
                return false
            }
            // "five cases of the variant first found in X": X is told of the variant.
            let label = tree.labels[token]
            if label == .acl || label == .relcl, !own.contains(tree.heads[token]) { return false }
            previous = token
        }
        return true
    }
}
