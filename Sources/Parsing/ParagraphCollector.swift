/// Collects the texts below a node, a paragraph for each block.
struct ParagraphCollector {
    private var paragraphs: [String] = []
    private var current = ""

    mutating func collect(_ index: Int, of tree: MarkupTree) {
        let node = tree[index]
        if node.name.isEmpty {
            current += node.text
            return
        }
        guard !ElementNames.unread.contains(node.name) else { return }
        if node.name == "br" {
            current += "\n"
            return
        }
        let isBlock = ElementNames.blocks.contains(node.name)
        if isBlock { finish() }
        for child in node.children { collect(child, of: tree) }
        if isBlock { finish() }
    }

    mutating func finished() -> [String] {
        finish()
        return paragraphs
    }

    private mutating func finish() {
        let text = current.collapsed
        if !text.isEmpty { paragraphs.append(text) }
        current = ""
    }
}
