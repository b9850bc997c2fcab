/// Collects the blocks below a node in the order of the page.
struct BlockCollector {
    private let tree: PageTree
    private let isLeftOut: [Bool]
    private let hints: [Hints]
    private var blocks: [Block] = []
    private var current: [UInt8] = []
    private var isSpacePending = false
    private var linkedLength = 0
    private var fragmentLength = 0
    private var isButton = false
    private var isAfterOmission = false
    private var buttonEnd = 0
    private var fragmentEnd = 0
    private var first = 0
    private var breaks = 0
    private var open: [(end: Int, element: HTMLElement)] = []
    private var linkEnd = 0
    private var listEnd = 0
    private var codeEnd = 0
    private var tableEnd = 0

    init(tree: PageTree, isLeftOut: [Bool], hints: [Hints]) {
        self.tree = tree
        self.hints = hints
        self.isLeftOut = isLeftOut
    }

    mutating func collect(_ root: Int) { collect(root..<Int(tree[root].end)) }

    /// Collects the blocks of a range of nodes, which begins and ends between the same two elements or below them.
    mutating func collect(_ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            while let last = open.last, last.end <= index {
                finish()
                open.removeLast()
            }
            let node = tree[index]
            if isLeftOut[index] {
                if node.element.isBlock { finish() }
                if node.element != .text, !node.element.isUnread { isAfterOmission = true }
                index = Int(node.end)
                continue
            }
            enter(node, at: index)
            index += 1
        }
        finish()
        open = []
    }

    var collected: [Block] { blocks }

    private mutating func enter(_ node: PageTree.Node, at index: Int) {
        switch node.element {
        case .text where index >= codeEnd: add(tree.text(at: index), at: index)
        case .br: breaks += 1
        case .a:
            linkEnd = max(linkEnd, Int(node.end))
            if tree.bytes(of: .href, at: index)?.first == UInt8(ascii: "#") { fragmentEnd = Int(node.end) }
            if hints[index].contains(.button) { buttonEnd = Int(node.end) }
        case .pre
        where hints[index].contains(.code)
            || tree.descendants(of: index).contains { hints[$0].contains(.code) }:
            codeEnd = Int(node.end)
        case .ul, .ol: listEnd = max(listEnd, Int(node.end))
        case .table: tableEnd = max(tableEnd, Int(node.end))
        default: break
        }
        if node.element.isBlock {
            finish()
            open.append((Int(node.end), node.element))
        }
    }

    /// Adds a text with every run of white space as one space; two line breaks in a row end a paragraph.
    private mutating func add(_ text: ArraySlice<UInt8>, at index: Int) {
        let before = current.count
        text.withUnsafeBufferPointer { bytes in
            var place = 0
            while place < bytes.count {
                let space = TextSpace.length(at: place, in: bytes)
                if space.count > 0 {
                    if space.isShown { isSpacePending = true }
                    place += space.count
                    continue
                }
                if breaks > 0 { applyBreaks() }
                if isSpacePending, !current.isEmpty { current.append(0x20) }
                isSpacePending = false
                if current.isEmpty { first = index }
                let start = place
                repeat { place += 1 } while place < bytes.count && bytes[place] > 0x20 && bytes[place] < 0x80
                while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
                current.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<place]))
            }
        }
        guard current.count > 0 else { return }
        let added = max(0, current.count - before)
        if index < linkEnd { linkedLength += added }
        if index < fragmentEnd { fragmentLength += added }
        if index < buttonEnd, added > 0 { isButton = true }
    }

    private mutating func applyBreaks() {
        if breaks >= 2 { finish() } else { isSpacePending = true }
        breaks = 0
    }

    private mutating func finish() {
        defer {
            current.removeAll(keepingCapacity: true)
            linkedLength = 0
            fragmentLength = 0
            isButton = false
            isSpacePending = false
            breaks = 0
        }
        guard !current.isEmpty else { return }
        blocks.append(
            Block(
                text: String(decoding: current, as: UTF8.self),
                node: Int32(first),
                linkedLength: Int32(linkedLength),
                fragmentLength: Int32(fragmentLength),
                element: open.last?.element ?? .body,
                isInList: first < listEnd,
                isInTable: first < tableEnd,
                isAfterOmission: isAfterOmission,
                isButton: isButton
            )
        )
        isAfterOmission = false
    }
}
