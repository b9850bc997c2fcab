import Syntax

/// The tags and dependencies of a sentence, by the indices of its own tokens.
struct SentenceTree: Sendable {
    let tags: [PartOfSpeech]
    /// The index of each token's head; a root's is its own.
    let heads: [Int]
    let labels: [Dependency]
    /// The children of each token, in the order of the text.
    let children: [[Int]]

    init(tags: [PartOfSpeech], heads: [Int], labels: [Dependency]) {
        self.tags = tags
        self.heads = heads
        self.labels = labels
        var children = [[Int]](repeating: [], count: heads.count)
        for (index, head) in heads.enumerated() where head != index { children[head].append(index) }
        self.children = children
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
