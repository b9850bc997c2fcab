import Syntax

/// The tags and dependencies of a sentence, by the indices of its own tokens.
struct SentenceTree: Sendable {
    let tags: [PartOfSpeech]
    /// The index of each token's head; a root's is its own.
    let heads: [Int]
    let labels: [Dependency]
    /// The children of each token, in the order of the text.
    let children: [[Int]]

    /// Creates the tree of a sentence's tokens.
    ///
    /// The parser's words are cut otherwise than ours ("ID'd"), so that heads may lead back to where they began; a token
    /// that does so becomes a root.
    init(tags: [PartOfSpeech], heads: [Int], labels: [Dependency]) {
        self.tags = tags
        self.labels = labels
        let heads = Self.withoutCycles(heads)
        self.heads = heads
        var children = [[Int]](repeating: [], count: heads.count)
        for (index, head) in heads.enumerated() where head != index { children[head].append(index) }
        self.children = children
    }

    private static func withoutCycles(_ heads: [Int]) -> [Int] {
        var heads = heads
        // The walk from a token that is known to end at a root ends there itself.
        var ends = [Bool](repeating: false, count: heads.count)
        for start in heads.indices {
            var walked: [Int] = []
            var token = start
            while !ends[token], heads[token] != token, !walked.contains(token) {
                walked.append(token)
                token = heads[token]
            }
            if walked.contains(token) { heads[token] = token }
            for passed in walked { ends[passed] = true }
        }
        return heads
    }

    /// Returns the first child of a token that stands in one of some relations to it.
    func child(of index: Int, _ wanted: Dependency...) -> Int? {
        children[index].first { wanted.contains(labels[$0]) }
    }

    /// Returns the tokens from the first to the last that hang on a token, itself among them.
    func extent(of index: Int) -> ClosedRange<Int> {
        var range = index...index
        for child in children[index] {
            let inner = extent(of: child)
            range = min(range.lowerBound, inner.lowerBound)...max(range.upperBound, inner.upperBound)
        }
        return range
    }

    /// Returns the token of a range on which the others of it hang: the one whose head lies outside.
    func top(of range: Range<Int>) -> Int? {
        range.first { labels[$0] != .punct && (heads[$0] == $0 || !range.contains(heads[$0])) }
            ?? range.first { heads[$0] == $0 || !range.contains(heads[$0]) }
    }

    /// Returns a token and those that it hangs on, up to the root.
    func path(from index: Int) -> [Int] {
        var path = [index]
        while let last = path.last, heads[last] != last, path.count <= heads.count {
            path.append(heads[last])
        }
        return path
    }
}
