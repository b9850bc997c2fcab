import Glibc

extension HTMLReader {
    /// Adds a text to the element that is open, character references resolved.
    mutating func addText(_ range: Range<Int>) {
        guard !range.isEmpty, tree.nodes.count < maximumNodes else { return }
        let isBlank = isBlank(range)
        if !isHeadOver, openCounts[Int(HTMLElement.title.rawValue)] == 0 {
            if isBlank { return }
            endHead()
        }
        let start = tree.bytes.count
        if isBlank {
            tree.bytes.append(0x20)
        } else {
            appendDecoded(range, inAttribute: false)
        }
        appendTextNode(from: start)
    }

    private func isBlank(_ range: Range<Int>) -> Bool {
        for index in range where !input[index].isASCIISpace { return false }
        return true
    }

    /// Makes a node of the bytes that were added last, or lengthens the text that stands right before them.
    mutating func appendTextNode(from start: Int) {
        let parent = open[open.count - 1].node
        let last = tree.nodes.count - 1
        if tree.nodes[last].element == .text, tree.nodes[last].parent == parent,
            Int(tree.nodes[last].first + tree.nodes[last].count) == start
        {
            tree.nodes[last].count = Int32(tree.bytes.count) - tree.nodes[last].first
            return
        }
        tree.nodes.append(
            .init(
                element: .text,
                parent: parent,
                end: Int32(tree.nodes.count + 1),
                first: Int32(start),
                count: Int32(tree.bytes.count - start)
            )
        )
    }

    /// Appends bytes of the input with character references resolved
    /// (<https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state>).
    mutating func appendDecoded(_ range: Range<Int>, inAttribute: Bool) {
        var start = range.lowerBound
        while start < range.upperBound {
            let next = min(range.upperBound, index(of: UInt8(ascii: "&"), from: start, to: range.upperBound))
            if next > start {
                tree.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: input[start..<next]))
            }
            guard next < range.upperBound else { return }
            let length = CharacterReference.append(
                UnsafeBufferPointer(rebasing: input[next..<range.upperBound]),
                to: &tree.bytes,
                inAttribute: inAttribute
            )
            start = next + length
        }
    }

    @inline(__always)
    private func index(of byte: UInt8, from start: Int, to end: Int) -> Int {
        guard let base = input.baseAddress, let found = memchr(base + start, Int32(byte), end - start) else {
            return end
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
}
