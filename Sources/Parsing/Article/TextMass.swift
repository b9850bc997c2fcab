/// How much running text stands below each node of a page.
///
/// Words that stand alone are labels and weigh little; a sentence weighs as much as it is long. Links weigh nothing.
struct TextMass {
    /// The mass below each node, itself included, in bytes.
    private(set) var values: [Int32]

    /// Measures a page without the nodes that are left out.
    init(tree: PageTree, leavingOut isLeftOut: [Bool]) {
        let count = tree.nodes.count
        values = [Int32](repeating: 0, count: count)
        // The text of each block, by the block's own node.
        var owner = [Int32](repeating: 0, count: count)
        var linkEnd = 0
        var index = 0
        while index < count {
            let node = tree[index]
            if isLeftOut[index] {
                index = Int(node.end)
                continue
            }
            if node.element == .text {
                if index >= linkEnd { values[Int(owner[Int(node.parent)])] += node.count }
            } else {
                owner[index] = node.element.isBlock || index == 0 ? Int32(index) : owner[Int(node.parent)]
                if node.element == .a { linkEnd = max(linkEnd, Int(node.end)) }
            }
            index += 1
        }
        sum(tree)
    }

    /// Children have higher indices than their parents, so one pass from the end sums everything.
    private mutating func sum(_ tree: PageTree) {
        for index in values.indices where values[index] > 0 { values[index] = Self.weight(of: values[index]) }
        for index in stride(from: values.count - 1, to: 0, by: -1) {
            values[Int(tree[index].parent)] += values[index]
        }
    }

    private static func weight(of length: Int32) -> Int32 {
        if length < 30 { return length / 6 }
        return length < 80 ? length / 2 : length
    }

    subscript(index: Int) -> Int { Int(values[index]) }

    /// The mass of the whole page.
    var whole: Int { self[PageTree.root] }
}
