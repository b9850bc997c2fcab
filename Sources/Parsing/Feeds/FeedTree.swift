/// A feed's elements and texts in the order of the document, as places in its bytes.
///
/// Nothing is copied or understood before it is asked for; links between nodes are indices, -1 for none.
struct FeedTree {
    enum Kind {
        case element
        /// Text with references in it.
        case text
        /// The inside of a CDATA section.
        case characters
    }

    struct Node {
        let kind: Kind
        /// `nil` for texts and for elements that are not read.
        let name: FeedName?
        /// The first byte of an element's name, or of a text.
        let start: Int
        /// The byte behind an element's name; of no meaning for a text.
        let nameEnd: Int
        /// The byte behind the last attribute, or behind a text.
        var end: Int
        /// The first byte of an element's content.
        let contentStart: Int
        /// The byte behind an element's content.
        var contentEnd: Int
        let parent: Int
        var firstChild = -1
        var lastChild = -1
        var next = -1
        /// Whether an element is among the children.
        var hasElements = false
    }

    let bytes: UnsafeBufferPointer<UInt8>
    /// The first node is the document itself.
    var nodes: [Node] = []
    var diagnostics: [String] = []
    /// Whether the document ends inside an element.
    var isTruncated = false
    /// Whether unknown references stand for declared entities, which are not read.
    var declaresEntities = false

    static let root = 0

    subscript(index: Int) -> Node { nodes[index] }

    func children(of index: Int) -> Children { Children(tree: self, first: nodes[index].firstChild) }

    /// The children that have one of the names, in the order of the document.
    func children(of index: Int, named names: FeedName...) -> [Int] {
        var found: [Int] = []
        var child = nodes[index].firstChild
        while child >= 0 {
            if let name = nodes[child].name, names.contains(name) { found.append(child) }
            child = nodes[child].next
        }
        return found
    }

    /// The first child of the first name that has one.
    func first(_ names: FeedName..., in index: Int) -> Int? {
        for name in names {
            var child = nodes[index].firstChild
            while child >= 0 {
                if nodes[child].name == name { return child }
                child = nodes[child].next
            }
        }
        return nil
    }

    /// The trimmed text of the first child that has one of the names and is not blank.
    func value(_ names: FeedName..., in index: Int) -> String? {
        for name in names {
            var child = nodes[index].firstChild
            while child >= 0 {
                if nodes[child].name == name {
                    let value = text(of: child).trimmed
                    if !value.isEmpty { return value }
                }
                child = nodes[child].next
            }
        }
        return nil
    }

    /// The texts below a node, joined as they stand.
    func text(of index: Int) -> String {
        let child = nodes[index].firstChild
        if child >= 0, nodes[child].next < 0, nodes[child].kind != .element {
            return string(nodes[child])
        }
        var parts: [String] = []
        var pending = [child]
        while let place = pending.popLast() {
            guard place >= 0 else { continue }
            pending.append(nodes[place].next)
            if nodes[place].kind == .element {
                pending.append(nodes[place].firstChild)
            } else {
                parts.append(string(nodes[place]))
            }
        }
        return parts.joined()
    }

    private func string(_ node: Node) -> String {
        let part = slice(node.start, node.end)
        guard node.kind == .text, part.place(of: 0x26, from: 0) != nil else {
            return String(decoding: part, as: UTF8.self)
        }
        return String(decoding: decoded(part), as: UTF8.self)
    }

    /// Text in which references have become characters.
    func decoded(_ part: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(part.count)
        CharacterReference.decode(part, declaresEntities: declaresEntities, to: &result)
        return result
    }

    func slice(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[start..<max(start, end)])
    }

    /// The element's own name as it is written.
    func rawName(of index: Int) -> String {
        String(decoding: slice(nodes[index].start, nodes[index].nameEnd), as: UTF8.self)
    }

    /// The value of an attribute, given by its name in lower case, with references read; `nil` for none.
    func attribute(_ name: StaticString, of index: Int) -> String? {
        let node = nodes[index]
        guard node.nameEnd < node.end else { return nil }
        var reader = AttributeReader(bytes: slice(node.nameEnd, node.end))
        var count = 0
        while count < Self.maximumAttributes, let (found, value) = reader.next() {
            count += 1
            guard Self.isNamed(found, name) else { continue }
            guard value.place(of: 0x26, from: 0) != nil else { return String(decoding: value, as: UTF8.self) }
            return String(decoding: decoded(value), as: UTF8.self)
        }
        return nil
    }

    private static func isNamed(_ found: Slice<UnsafeBufferPointer<UInt8>>, _ name: StaticString) -> Bool {
        guard found.count == name.utf8CodeUnitCount else { return false }
        for offset in 0..<found.count
        where found[found.startIndex + offset] | 0x20 != name.utf8Start[offset] | 0x20 {
            return false
        }
        return true
    }

    /// The attributes of an element, their names in lower case.
    func attributes(of index: Int) -> [(name: String, value: String)] {
        let node = nodes[index]
        guard node.nameEnd < node.end else { return [] }
        var reader = AttributeReader(bytes: slice(node.nameEnd, node.end))
        var result: [(name: String, value: String)] = []
        while result.count < Self.maximumAttributes, let (name, value) = reader.next() {
            let text = String(decoding: decoded(value), as: UTF8.self)
            result.append((String(decoding: name, as: UTF8.self).lowercased(), text))
        }
        return result
    }

    private static let maximumAttributes = 500

    struct Children: Sequence, IteratorProtocol {
        let tree: FeedTree
        var first: Int

        mutating func next() -> Int? {
            guard first >= 0 else { return nil }
            defer { first = tree.nodes[first].next }
            return first
        }
    }
}

/// Walks over the attributes of one tag.
struct AttributeReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The next name and its raw value, which is empty where none is given.
    mutating func next() -> (name: Slice<UnsafeBufferPointer<UInt8>>, value: UnsafeBufferPointer<UInt8>)? {
        skip { $0 <= 0x20 || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "=") }
        guard place < bytes.count else { return nil }
        let start = place
        skip { $0 > 0x20 && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "/") }
        let name = bytes[start..<place]
        skip { $0 <= 0x20 }
        guard place < bytes.count, bytes[place] == UInt8(ascii: "=") else {
            return (name, UnsafeBufferPointer(rebasing: bytes[place..<place]))
        }
        place += 1
        skip { $0 <= 0x20 }
        guard place < bytes.count else { return (name, UnsafeBufferPointer(rebasing: bytes[place..<place])) }
        let quote = bytes[place]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            place += 1
            let from = place
            skip { $0 != quote }
            defer { place += 1 }
            return (name, UnsafeBufferPointer(rebasing: bytes[from..<place]))
        }
        let from = place
        skip { $0 > 0x20 }
        return (name, UnsafeBufferPointer(rebasing: bytes[from..<place]))
    }

    private mutating func skip(_ condition: (UInt8) -> Bool) {
        while place < bytes.count, condition(bytes[place]) { place += 1 }
    }
}
