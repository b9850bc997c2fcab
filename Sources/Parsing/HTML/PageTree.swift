/// A page as a value: its elements and texts in the order of the page, in a few flat arrays.
///
/// What is below a node follows it, up to its ``Node/end``, so that most questions are one pass over a range. No
/// node stands deeper than the limit it was read with.
struct PageTree: Sendable {
    struct Node: Sendable {
        var element: HTMLElement
        /// The index of the node that it stands in; -1 for the document.
        var parent: Int32
        /// The index after the last node below it.
        var end: Int32
        /// The place of its text in the bytes, or of its first attribute.
        var first: Int32
        /// The bytes of its text, or the number of its attributes.
        var count: Int32
    }

    struct Attribute: Sendable {
        let name: HTMLAttribute
        let start: Int32
        let count: Int32
    }

    /// The first node is the document itself.
    var nodes: [Node] = []
    var attributes: [Attribute] = []
    /// The texts and the values of attributes, in UTF-8, with character references resolved.
    var bytes: [UInt8] = []

    static let root = 0

    subscript(index: Int) -> Node { nodes[index] }

    func element(_ index: Int) -> HTMLElement { nodes[index].element }

    /// The indices of all nodes below a node.
    func descendants(of index: Int) -> Range<Int> { index + 1..<Int(nodes[index].end) }

    /// The bytes of a text.
    func text(at index: Int) -> ArraySlice<UInt8> {
        let node = nodes[index]
        guard node.element == .text else { return [] }
        return bytes[Int(node.first)..<Int(node.first + node.count)]
    }

    /// The bytes of an attribute's value; `nil` where the element lacks it.
    func bytes(of name: HTMLAttribute, at index: Int) -> ArraySlice<UInt8>? {
        let node = nodes[index]
        guard node.element != .text, node.count > 0 else { return nil }
        for place in Int(node.first)..<Int(node.first + node.count) where attributes[place].name == name {
            return bytes[
                Int(attributes[place].start)..<Int(attributes[place].start + attributes[place].count)
            ]
        }
        return nil
    }

    /// An attribute's value; `nil` where the element lacks it.
    func value(of name: HTMLAttribute, at index: Int) -> String? {
        bytes(of: name, at: index).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The texts below a node as one line, up to a length: what is longer is no headline, no name and no date.
    ///
    /// Elements in each other all hold the same text; a bound on the whole would let each cost as much as the page.
    func line(of index: Int, maximumBytes: Int = 2000) -> String {
        var result: [UInt8] = []
        for place in descendants(of: index).prefix(maximumBytes) {
            switch nodes[place].element {
            case .text: result += text(at: place).prefix(maximumBytes)
            case .br: result.append(0x20)
            case let element where element.isBlock: result.append(0x20)
            default: break
            }
            if result.count >= maximumBytes {
                result.removeLast(result.count - maximumBytes)
                while let last = result.last, last >= 0x80 { result.removeLast() }
                break
            }
        }
        return String(decoding: result, as: UTF8.self).collapsed
    }

    /// The texts below a node, joined as they stand.
    func text(of index: Int) -> String {
        if nodes[index].element == .text { return String(decoding: text(at: index), as: UTF8.self) }
        var result: [UInt8] = []
        for place in descendants(of: index) {
            switch nodes[place].element {
            case .text: result += text(at: place)
            case .br: result.append(0x20)
            case let element where element.isBlock: result.append(0x20)
            default: break
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
