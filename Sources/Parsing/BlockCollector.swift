/// One paragraph, list item, cell or heading of a page.
struct Block {
    var text: String
    /// The element that it is the text of.
    var element: String
    /// The share of the text that is inside links, 0 to 1.
    var linkShare: Double
    /// Whether it stands in a list.
    var isInList: Bool
}

/// Collects the blocks below a node in the order of the page.
struct BlockCollector {
    private let tree: MarkupTree
    private let isLeftOut: [Bool]
    private var blocks: [Block] = []
    private var current = ""
    private var linkedLength = 0
    private var listDepth = 0
    private var elements: [String] = ["body"]

    /// Stands for `br` until the paragraph is finished.
    private static let lineBreak: Unicode.Scalar = "\u{1E}"

    init(tree: MarkupTree, isLeftOut: [Bool]) {
        self.tree = tree
        self.isLeftOut = isLeftOut
    }

    /// Recursion is safe: the tree is no deeper than its limit.
    mutating func collect(_ index: Int, isLink: Bool = false) {
        guard !isLeftOut[index] else { return }
        let node = tree[index]
        if node.name.isEmpty {
            current += node.text
            if isLink { linkedLength += node.text.collapsed.utf8.count }
            return
        }
        if node.name == "br" {
            current.unicodeScalars.append(Self.lineBreak)
            return
        }
        let isBlock = ElementNames.blocks.contains(node.name)
        let isList = node.name == "ul" || node.name == "ol"
        if isBlock {
            finish()
            elements.append(node.name)
        }
        if isList { listDepth += 1 }
        for child in node.children { collect(child, isLink: isLink || node.name == "a") }
        if isBlock {
            finish()
            elements.removeLast()
        }
        if isList { listDepth -= 1 }
    }

    mutating func finished() -> [Block] {
        finish()
        return blocks
    }

    private mutating func finish() {
        defer {
            current = ""
            linkedLength = 0
        }
        guard current.unicodeScalars.contains(where: { !$0.properties.isWhitespace && $0 != Self.lineBreak })
        else { return }
        for part in parts() {
            let text = part.collapsed
            guard !text.isEmpty else { continue }
            let share = min(1, Double(linkedLength) / Double(max(1, current.utf8.count)))
            let isWhole = text.utf8.count * 10 > current.collapsed.utf8.count * 9
            blocks.append(
                Block(
                    text: text,
                    element: elements.last ?? "body",
                    linkShare: isWhole
                        ? min(1, Double(linkedLength) / Double(max(1, text.utf8.count))) : share,
                    isInList: listDepth > 0
                )
            )
        }
    }

    /// Two line breaks in a row end a paragraph, one is a space.
    private func parts() -> [String] {
        guard current.unicodeScalars.contains(Self.lineBreak) else { return [current] }
        var parts = [""]
        var isAfterBreak = false
        for line in current.unicodeScalars.split(separator: Self.lineBreak, omittingEmptySubsequences: false)
        {
            let isBlank = line.allSatisfy { $0.properties.isWhitespace }
            if isBlank, isAfterBreak {
                if parts.last?.isEmpty == false { parts.append("") }
            } else {
                parts[parts.count - 1] += " " + String(line)
            }
            isAfterBreak = true
        }
        return parts
    }
}
