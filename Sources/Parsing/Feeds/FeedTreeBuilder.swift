import Glibc

/// Reads what was meant to be XML into a ``FeedTree``, and never refuses any of it.
///
/// It expands no entity, loads nothing and knows no recursion: depth and number of nodes are bounded. Ends that are
/// missing are put where the feed goes on, and ends of nothing are left out.
struct FeedTreeBuilder {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let configuration: ParsingConfiguration
    private var tree: FeedTree
    private var stack = [FeedTree.root]
    /// Elements that are open and too deep to be told apart.
    private var overflow = 0
    private var spaces = NamespaceScope()
    private var hasComplained = false

    static func tree(of bytes: UnsafeBufferPointer<UInt8>, configuration: ParsingConfiguration) -> FeedTree {
        var builder = FeedTreeBuilder(bytes, configuration)
        builder.read()
        return builder.tree
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>, _ configuration: ParsingConfiguration) {
        self.bytes = bytes
        self.configuration = configuration
        tree = FeedTree(bytes: bytes)
        tree.nodes.reserveCapacity(bytes.count / 32)
        tree.nodes.append(
            FeedTree.Node(
                kind: .element,
                name: nil,
                start: 0,
                nameEnd: 0,
                end: 0,
                contentStart: 0,
                contentEnd: bytes.count,
                parent: -1
            )
        )
    }

    private mutating func read() {
        countControls()
        var place = start()
        while place < bytes.count {
            guard tree.nodes.count < configuration.maximumNodes else {
                tree.diagnostics.append(
                    "only the first \(configuration.maximumNodes) elements and texts are read"
                )
                tree.isTruncated = true
                break
            }
            place = bytes[place] == UInt8(ascii: "<") ? markup(at: place) : text(at: place)
        }
        if stack.count > 1 || overflow > 0 {
            tree.isTruncated = true
            let name = stack.last.map { $0 > 0 ? tree.rawName(of: $0) : "" } ?? ""
            tree.diagnostics.append(
                "line \(line(of: bytes.count)): the document ends inside \(name.prefix(40))"
            )
        }
        while stack.count > 1 { pop(contentEnd: bytes.count) }
    }
}

// MARK: - Tokens

extension FeedTreeBuilder {
    /// Where the first tag or declaration begins.
    private mutating func start() -> Int {
        var place = 0
        while let next = bytes.place(of: UInt8(ascii: "<"), from: place) {
            guard next + 1 < bytes.count else { break }
            let following = bytes[next + 1]
            if following == UInt8(ascii: "?") || following == UInt8(ascii: "!") || Self.beginsName(following)
            {
                if bytes[..<next].contains(where: { $0 > 0x20 }) {
                    tree.diagnostics.append("line 1: \(next) bytes before the document are left out")
                }
                return next
            }
            place = next + 1
        }
        return bytes.count
    }

    /// Reads a tag, or what only looks like one; returns the place behind it.
    private mutating func markup(at place: Int) -> Int {
        guard place + 1 < bytes.count else { return bytes.count }
        switch bytes[place + 1] {
        case UInt8(ascii: "/"): return endTag(at: place)
        case UInt8(ascii: "!"): return declaration(at: place)
        case UInt8(ascii: "?"): return bytes.end(of: "?>", from: place + 2) ?? bytes.count
        case let byte where Self.beginsName(byte): return startTag(at: place)
        default: return text(at: place)
        }
    }

    private mutating func declaration(at place: Int) -> Int {
        if bytes.holds("<![CDATA[", at: place) {
            let start = place + 9
            guard let next = bytes.end(of: "]]>", from: start) else {
                append(.characters, start, bytes.count)
                tree.isTruncated = true
                return bytes.count
            }
            append(.characters, start, next - 3)
            return next
        }
        if bytes.holds("<!--", at: place) { return bytes.end(of: "-->", from: place + 4) ?? bytes.count }
        return doctype(at: place)
    }

    /// The DOCTYPE with its internal subset, of which nothing is read.
    private mutating func doctype(at start: Int) -> Int {
        var place = start + 2
        var isSubset = false
        var quote: UInt8 = 0
        while place < bytes.count {
            let byte = bytes[place]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "[") {
                isSubset = true
            } else if byte == UInt8(ascii: "]") {
                isSubset = false
            } else if byte == UInt8(ascii: "<"), bytes.holds("<!ENTITY", at: place), !tree.declaresEntities {
                tree.declaresEntities = true
                tree.diagnostics.append("the document declares entities: they are not read")
            } else if byte == UInt8(ascii: ">"), !isSubset {
                return place + 1
            }
            place += 1
        }
        return place
    }

    private mutating func text(at start: Int) -> Int {
        var end = start
        // A bracket that begins no tag belongs to the text.
        repeat {
            let isBracket = end == start && bytes[start] == UInt8(ascii: "<")
            end = bytes.place(of: UInt8(ascii: "<"), from: isBracket ? end + 1 : end) ?? bytes.count
            guard end + 1 < bytes.count else { break }
            let next = bytes[end + 1]
            if Self.beginsName(next) || "/!?".utf8.contains(next) { break }
            end += 1
        } while end < bytes.count
        var place = start
        while place < end, bytes[place] <= 0x20 { place += 1 }
        if place < end, stack.count > 1 { append(.text, start, end) }
        return max(end, start + 1)
    }

    private mutating func startTag(at place: Int) -> Int {
        let start = place + 1
        var nameEnd = start
        while nameEnd < bytes.count, Self.continuesName(bytes[nameEnd]) { nameEnd += 1 }
        let close = tagEnd(from: nameEnd)
        let end = min(close, bytes.count)
        let isEmpty = end > nameEnd && bytes[end - 1] == UInt8(ascii: "/")
        let declares = spaces.declares(
            in: UnsafeBufferPointer(rebasing: bytes[nameEnd..<end]),
            depth: stack.count
        )
        let name = spaces.name(of: UnsafeBufferPointer(rebasing: bytes[start..<nameEnd]))
        if let name { closeWhatEnds(before: name, at: place) }
        let parent = stack[stack.count - 1]
        let node = FeedTree.Node(
            kind: .element,
            name: name,
            start: start,
            nameEnd: nameEnd,
            end: isEmpty ? end - 1 : end,
            contentStart: min(end + 1, bytes.count),
            contentEnd: min(end + 1, bytes.count),
            parent: parent
        )
        tree.nodes.append(node)
        let index = tree.nodes.count - 1
        link(index, to: parent)
        tree.nodes[parent].hasElements = true
        if isEmpty {
            if declares { spaces.close(depth: stack.count) }
        } else if stack.count < configuration.maximumDepth {
            stack.append(index)
        } else {
            overflow += 1
        }
        return min(end + 1, bytes.count)
    }

    private mutating func endTag(at place: Int) -> Int {
        let start = place + 2
        var nameEnd = start
        while nameEnd < bytes.count, Self.continuesName(bytes[nameEnd]) { nameEnd += 1 }
        let next = (bytes.place(of: UInt8(ascii: ">"), from: nameEnd) ?? bytes.count) + 1
        if overflow > 0 {
            overflow -= 1
            return min(next, bytes.count)
        }
        var level = stack.count - 1
        while level > 0, !isNamed(stack[level], start, nameEnd) { level -= 1 }
        guard level > 0 else {
            complain(place, "</\(name(start, nameEnd))> ends nothing")
            return min(next, bytes.count)
        }
        if level < stack.count - 1 {
            complain(place, "\(tree.rawName(of: stack[stack.count - 1]).prefix(40)) has no end")
        }
        while stack.count > level { pop(contentEnd: place) }
        return min(next, bytes.count)
    }

    /// Ends the open elements that cannot hold what begins now.
    private mutating func closeWhatEnds(before name: FeedName, at place: Int) {
        guard overflow == 0, let top = stack.last, top > 0 else { return }
        if name.isEntry, let level = stack.lastIndex(where: { tree.nodes[$0].name == name }) {
            complain(place, "\(tree.rawName(of: stack[level]).prefix(40)) has no end")
            while stack.count > level { pop(contentEnd: place) }
        } else if let open = tree.nodes[top].name, open.isLeaf || open == .title && name.endsTitle {
            complain(place, "\(tree.rawName(of: top).prefix(40)) has no end")
            pop(contentEnd: place)
        }
    }
}

// MARK: - Places

extension FeedTreeBuilder {
    /// The `>` that ends a tag: not one inside a quoted value, unless the quote never ends.
    private func tagEnd(from start: Int) -> Int {
        guard let close = bytes.place(of: UInt8(ascii: ">"), from: start) else { return bytes.count }
        var place = start
        var end = close
        while place < end {
            let byte = bytes[place]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                guard let quote = bytes.place(of: byte, from: place + 1) else { return close }
                if quote > end {
                    // A value with a tag in it is a value without its end.
                    if bytes[place + 1..<quote].contains(UInt8(ascii: "<")) { return close }
                    guard let next = bytes.place(of: UInt8(ascii: ">"), from: quote) else {
                        return bytes.count
                    }
                    end = next
                }
                place = quote
            }
            place += 1
        }
        return end
    }

    private func isNamed(_ index: Int, _ start: Int, _ end: Int) -> Bool {
        let node = tree.nodes[index]
        guard node.nameEnd - node.start == end - start else { return false }
        for offset in 0..<(end - start)
        where bytes[node.start + offset] | 0x20 != bytes[start + offset] | 0x20 {
            return false
        }
        return true
    }

    private func name(_ start: Int, _ end: Int) -> String {
        String(decoding: bytes[start..<min(end, start + 40)], as: UTF8.self)
    }

    private func line(of place: Int) -> Int {
        bytes[..<place].count { $0 == 10 } + 1
    }

    static func beginsName(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func continuesName(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "=")
            && byte != UInt8(ascii: "<") && byte != UInt8(ascii: "\"")
    }
}

// MARK: - Nodes

extension FeedTreeBuilder {
    private mutating func append(_ kind: FeedTree.Kind, _ start: Int, _ end: Int) {
        guard end > start else { return }
        let parent = stack[stack.count - 1]
        tree.nodes.append(
            FeedTree.Node(
                kind: kind,
                name: nil,
                start: start,
                nameEnd: start,
                end: end,
                contentStart: start,
                contentEnd: end,
                parent: parent
            )
        )
        link(tree.nodes.count - 1, to: parent)
    }

    private mutating func link(_ index: Int, to parent: Int) {
        let last = tree.nodes[parent].lastChild
        if last >= 0 { tree.nodes[last].next = index } else { tree.nodes[parent].firstChild = index }
        tree.nodes[parent].lastChild = index
    }

    private mutating func pop(contentEnd: Int) {
        guard let index = stack.popLast() else { return }
        tree.nodes[index].contentEnd = max(contentEnd, tree.nodes[index].contentStart)
        spaces.close(depth: stack.count)
    }

    /// Tells the first thing that is not well-formed; the rest mostly follows from it.
    private mutating func complain(_ place: Int, _ message: String) {
        guard !hasComplained else { return }
        hasComplained = true
        tree.diagnostics.append("line \(line(of: place)): not well-formed XML: \(message)")
    }

    private static func controls(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        bytes.count { $0 < 0x20 && $0 != 9 && $0 != 10 && $0 != 13 }
    }

    private mutating func countControls() {
        var count = 0
        var place = 0
        let raw = UnsafeRawBufferPointer(bytes)
        // Eight bytes at once: a borrow reaches the top bit where a byte is below 0x20
        // (<https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord>).
        while place + 8 <= bytes.count {
            let word = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            if (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080 != 0 {
                count += Self.controls(in: bytes[place..<place + 8])
            }
            place += 8
        }
        count += Self.controls(in: bytes[place...])
        if count > 0 { tree.diagnostics.append("\(count) control characters are left out") }
    }
}
