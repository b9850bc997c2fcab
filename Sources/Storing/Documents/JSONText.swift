import FoundationEssentials

/// A JSON object that is put together member by member, in the form that `TallyJSON` gives it.
///
/// A general encoder takes ten times as long, and a document is written for each entry, article, story and claim.
struct JSONText {
    private var bytes: [UInt8] = [UInt8(ascii: "{")]

    /// Begins an object of about some size.
    init(reserving count: Int) { bytes.reserveCapacity(count) }

    /// Ends the object and returns its text.
    consuming func closed() -> String {
        String(decoding: closedBytes(), as: UTF8.self)
    }

    /// Ends the object and returns its text in UTF-8.
    consuming func closedBytes() -> [UInt8] {
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// Adds a text; `nil` is `null`.
    mutating func add(_ name: StaticString, _ value: String?) {
        addName(name)
        if let value { append(value) } else { append("null" as StaticString) }
    }

    /// Adds a text that is there.
    mutating func addKnown(_ name: StaticString, _ value: String?) {
        if let value { add(name, value) }
    }

    /// Adds an array of texts.
    mutating func add(_ name: StaticString, _ values: [String]) {
        addName(name)
        bytes.append(UInt8(ascii: "["))
        for (place, value) in values.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            append(value)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Adds a whole number.
    mutating func add(_ name: StaticString, _ value: Int) {
        addName(name)
        bytes += "\(value)".utf8
    }

    /// Adds a truth value.
    mutating func add(_ name: StaticString, _ value: Bool) {
        addName(name)
        append(value ? "true" as StaticString : "false" as StaticString)
    }

    /// Adds a decimal number; `nil` is `null`.
    mutating func add(_ name: StaticString, _ value: Decimal?) {
        addName(name)
        if let value { bytes += value.description.utf8 } else { append("null" as StaticString) }
    }

    /// Adds a number that is finite, in the fewest digits that tell it.
    mutating func add(_ name: StaticString, _ value: Double) {
        addName(name)
        append(value)
    }

    /// Adds a number that is finite under a name that is no constant.
    mutating func add(name: String, _ value: Double) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        append(name)
        bytes.append(UInt8(ascii: ":"))
        append(value)
    }
}

private extension JSONText {
    mutating func addName(_ name: StaticString) {
        if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        append(name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(_ value: Double) {
        let text = value.description
        // Whole numbers bear no fraction in JSON.
        bytes += text.hasSuffix(".0") ? text.utf8.dropLast(2) : text.utf8[...]
    }

    /// A JSON string (RFC 8259 §7).
    mutating func append(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { source in
            var start = 0
            while let place = Self.firstEscaped(in: UnsafeRawBufferPointer(source), from: start) {
                bytes.append(contentsOf: source[start..<place])
                appendEscape(of: source[place])
                start = place + 1
            }
            bytes.append(contentsOf: source[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The place of the next byte that a JSON string may not hold as it is; `nil` for none.
    static func firstEscaped(in source: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var place = start
        // Eight bytes at once while none of them is to be escaped, as are nearly all.
        while place + 8 <= source.count,
            !mayEscape(source.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        {
            place += 8
        }
        return source[place...].firstIndex { byte in
            byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        }
    }

    /// Whether one of eight bytes may be a control character, a quote or a backslash.
    ///
    /// A byte less than 128 sinks below zero, which its highest bit tells, where one that it is less than is taken off
    /// (graphics.stanford.edu/~seander/bithacks.html#HasLessInWord).
    static func mayEscape(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let controls = (word &- ones &* 0x20) & ~word
        let marks = (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
        return (controls | marks) & (ones &* 0x80) != 0
    }

    mutating func appendEscape(of byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        default:
            append("u00" as StaticString)
            for digit in [byte >> 4, byte & 15] {
                bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            }
        }
    }
}
