import Glibc

/// Turns fragments of HTML, as feeds carry them, into paragraphs of plain text, in one pass over their bytes.
///
/// No tree is made: what counts is where blocks begin and end, and what is not read at all.
struct FragmentText {
    private var output: [UInt8] = []
    /// Whether white space stands before what comes next.
    private var isSpacePending = false
    /// Where the current paragraph begins in the output.
    private var paragraph = 0
    /// The names of elements whose end was looked for in vain: it is not looked for again.
    private var endless: Set<[UInt8]> = []
    private var isInSection = false
    /// What stands between two paragraphs.
    private let separator: [UInt8]

    /// Returns the paragraphs of a fragment, separated by blank lines.
    static func blocks(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard hasMarkup(bytes) else { return plainParagraphs(bytes) }
        var fragment = FragmentText(separator: [10, 10], capacity: bytes.count)
        fragment.read(bytes)
        return fragment.finished()
    }

    /// Returns the text of a fragment as one line.
    static func line(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var fragment = FragmentText(separator: [32], capacity: bytes.count)
        fragment.read(bytes)
        return fragment.finished()
    }

    /// Returns plain text, which is not read for tags: paragraphs end at blank lines.
    static func plainParagraphs(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var fragment = FragmentText(separator: [10, 10], capacity: bytes.count)
        fragment.readPlain(bytes)
        return fragment.finished()
    }

    private init(separator: [UInt8], capacity: Int) {
        self.separator = separator
        output.reserveCapacity(capacity)
    }

    private static func hasMarkup(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        return memchr(base, 0x3C, bytes.count) != nil || memchr(base, 0x26, bytes.count) != nil
    }

    private mutating func finished() -> String {
        if output.count == paragraph, output.count >= separator.count { output.removeLast(separator.count) }
        return String(decoding: output, as: UTF8.self)
    }
}

extension FragmentText {
    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        var place = 0
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "<"): place = markup(bytes, at: place)
            case UInt8(ascii: "&"):
                let (meaning, length) = CharacterReference.read(bytes[place...])
                if case .characters(let characters) = meaning {
                    for scalar in characters.unicodeScalars { append(scalar) }
                } else {
                    appendRun(bytes, place, place + length)
                }
                place += length
            default: place = text(bytes, at: place)
            }
        }
    }

    private mutating func readPlain(_ bytes: UnsafeBufferPointer<UInt8>) {
        var place = 0
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "<") || bytes[place] == UInt8(ascii: "&") {
                appendRun(bytes, place, place + 1)
                place += 1
            } else if bytes[place] == 10, isBlankLine(bytes, after: place) {
                endBlock()
                place += 1
            } else {
                place = text(bytes, at: place)
            }
        }
    }

    private func isBlankLine(_ bytes: UnsafeBufferPointer<UInt8>, after place: Int) -> Bool {
        var next = place + 1
        while next < bytes.count, bytes[next] == 13 || bytes[next] == 32 || bytes[next] == 9 { next += 1 }
        return next < bytes.count && bytes[next] == 10
    }

    /// Takes a run of text up to what needs a closer look; returns the place behind it.
    private mutating func text(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        let first = bytes[start]
        if first <= 0x20 {
            // Controls are no space, and nothing else either.
            if first == 32 || first == 9 || first == 10 || first == 13 || first == 12 {
                isSpacePending = true
            }
            return start + 1
        }
        if Self.needsLook(first) {
            let length = Self.sequenceLength(first)
            let end = min(start + length, bytes.count)
            if let scalar = Self.scalar(bytes, start, end) {
                append(scalar)
            } else {
                appendRun(bytes, start, end)
            }
            return end
        }
        var end = start + 1
        while end < bytes.count {
            let byte = bytes[end]
            if byte == 0x20 {
                // One space between two words is as it shall be.
                guard end + 1 < bytes.count, Self.isPlain(bytes[end + 1]) else { break }
                end += 2
            } else if Self.isPlain(byte) {
                end += 1
            } else {
                break
            }
        }
        appendRun(bytes, start, end)
        return end
    }

    private mutating func appendRun(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
        if isSpacePending {
            if output.count > paragraph { output.append(0x20) }
            isSpacePending = false
        }
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<end]))
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        // Soft hyphens and zero-width marks would cut a figure in two.
        case 0xAD, 0x200B, 0xFEFF, 0x2060: return
        case _ where scalar.properties.isWhitespace: isSpacePending = true
        default:
            if isSpacePending {
                if output.count > paragraph { output.append(0x20) }
                isSpacePending = false
            }
            output.append(contentsOf: String(scalar).utf8)
        }
    }

    private mutating func endBlock() {
        isSpacePending = false
        guard output.count > paragraph else { return }
        output.append(contentsOf: separator)
        paragraph = output.count
    }
}

// MARK: - Markup

extension FragmentText {
    private mutating func markup(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
        guard place + 1 < bytes.count else {
            appendRun(bytes, place, place + 1)
            return place + 1
        }
        let next = bytes[place + 1]
        if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") { return declaration(bytes, at: place) }
        let isEnd = next == UInt8(ascii: "/")
        let start = place + (isEnd ? 2 : 1)
        guard start < bytes.count, bytes[start] | 0x20 >= 0x61, bytes[start] | 0x20 <= 0x7A else {
            if isEnd { return (bytes.place(of: 0x3E, from: start) ?? bytes.count - 1) + 1 }
            // A comparison and no tag.
            appendRun(bytes, place, place + 1)
            return place + 1
        }
        var nameEnd = start
        while nameEnd < bytes.count, Self.isNameByte(bytes[nameEnd]) { nameEnd += 1 }
        let end = Self.tagEnd(bytes, from: nameEnd)
        let name = HTMLName.of(UnsafeBufferPointer(rebasing: bytes[start..<nameEnd]))
        switch name {
        case .block: endBlock()
        case .lineBreak: isSpacePending = true
        case .unread where !isEnd && bytes[max(end - 1, 0)] != UInt8(ascii: "/"):
            let word = bytes[start..<nameEnd].map { $0 | 0x20 }
            if !endless.contains(word) {
                if let close = Self.closing(word, in: bytes, from: end) { return close }
                endless.insert(word)
            }
        default: break
        }
        return min(end + 1, bytes.count)
    }

    private mutating func declaration(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
        if bytes.holds("<!--", at: place) { return bytes.end(of: "-->", from: place + 4) ?? bytes.count }
        if bytes.holds("<![CDATA[", at: place) {
            // One section has no other inside it.
            guard !isInSection else { return place + 9 }
            isInSection = true
            defer { isInSection = false }
            let end = bytes.end(of: "]]>", from: place + 9)
            read(UnsafeBufferPointer(rebasing: bytes[place + 9..<(end.map { $0 - 3 } ?? bytes.count)]))
            return end ?? bytes.count
        }
        return (bytes.place(of: 0x3E, from: place) ?? bytes.count - 1) + 1
    }

    /// The place behind the end tag of an element whose content is not read; `nil` where it has none.
    private static func closing(
        _ name: [UInt8],
        in bytes: UnsafeBufferPointer<UInt8>,
        from start: Int
    ) -> Int? {
        var place = start
        while let bracket = bytes.place(of: 0x3C, from: place) {
            place = bracket + 1
            let first = bracket + 2
            guard first + name.count <= bytes.count, bytes[bracket + 1] == UInt8(ascii: "/"),
                zip(bytes[first..<first + name.count], name).allSatisfy({ $0 | 0x20 == $1 })
            else { continue }
            return (bytes.place(of: 0x3E, from: first) ?? bytes.count - 1) + 1
        }
        return nil
    }

    /// The `>` that ends a tag; one in a quoted value does not, unless the value holds a tag.
    private static func tagEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var place = start
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: ">") { return place }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"),
                place > start, bytes[place - 1] == UInt8(ascii: "="),
                let quote = bytes.place(of: byte, from: place + 1),
                !bytes[place..<quote].contains(UInt8(ascii: "<"))
            {
                place = quote
            }
            place += 1
        }
        return bytes.count
    }
}

// MARK: - Bytes

extension FragmentText {
    /// Whether a byte neither ends a run nor may begin white space beyond ASCII.
    @inline(__always) private static func isPlain(_ byte: UInt8) -> Bool {
        // From = to the end of ASCII, with all of its letters.
        if byte &- 0x3D < 0x43 { return true }
        return byte > 0x20 && byte != UInt8(ascii: "<") && byte != UInt8(ascii: "&") && !needsLook(byte)
    }

    /// The lead bytes of all white space and zero-width marks beyond ASCII, U+0085 to U+3000 and U+FEFF.
    @inline(__always) private static func needsLook(_ byte: UInt8) -> Bool {
        byte == 0xC2 || byte >= 0xE1 && byte <= 0xE3 || byte == 0xEF
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
            || byte == UInt8(ascii: ":")
            || byte == UInt8(ascii: "-")
    }

    private static func sequenceLength(_ byte: UInt8) -> Int { byte < 0xE0 ? 2 : 3 }

    private static func scalar(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ start: Int,
        _ end: Int
    ) -> Unicode.Scalar? {
        var value = UInt32(bytes[start] & (end - start == 2 ? 0x1F : 0x0F))
        guard end - start == sequenceLength(bytes[start]) else { return nil }
        for place in start + 1..<end {
            guard bytes[place] & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(bytes[place] & 0x3F)
        }
        return Unicode.Scalar(value)
    }
}

/// What an element of HTML does to the text around it.
enum HTMLName {
    case block, lineBreak, unread, inline

    /// Returns the meaning of a name, in capitals or not, with or without a prefix.
    static func of(_ name: UnsafeBufferPointer<UInt8>) -> HTMLName {
        var name = name
        if let colon = name.lastIndex(of: UInt8(ascii: ":")) {
            name = UnsafeBufferPointer(rebasing: name[(colon + 1)...])
        }
        guard !name.isEmpty, name.count <= 10 else { return .inline }
        if name.count == 1 { return name[0] | 0x20 == UInt8(ascii: "p") ? .block : .inline }
        var key: UInt128 = 0
        for byte in name { key = key << 8 | UInt128(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) }
        return table[key] ?? .inline
    }

    private static let table: [UInt128: HTMLName] = {
        var table: [UInt128: HTMLName] = [:]
        func key(_ name: String) -> UInt128 { name.utf8.reduce(0) { $0 << 8 | UInt128($1) } }
        for name in ElementNames.blocks { table[key(name)] = .block }
        for name in ElementNames.unread { table[key(name)] = .unread }
        table[key("br")] = .lineBreak
        return table
    }()
}
