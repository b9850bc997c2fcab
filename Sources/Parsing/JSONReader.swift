/// Reads JSON (<https://www.rfc-editor.org/rfc/rfc8259>) as pages really carry it: raw line breaks in
/// strings, commas too many and
/// a missing end are forgiven and counted as flaws.
struct JSONReader {
    private let bytes: [UInt8]
    private var place = 0
    /// Whether the text is other than the standard asks.
    private(set) var isFlawed = false

    private static let maximumDepth = 64

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// Returns the first value of a text, and whether it was broken; `nil` where there is none.
    static func value(of text: String) -> (value: JSONValue, isFlawed: Bool)? {
        var reader = JSONReader(text)
        guard let value = reader.value(depth: 0) else { return nil }
        reader.skipSpace()
        if reader.place < reader.bytes.count, reader.bytes[reader.place] != UInt8(ascii: ";") {
            reader.isFlawed = true
        }
        return (value, reader.isFlawed)
    }
}

extension JSONReader {
    private mutating func skipSpace() {
        while place < bytes.count, bytes[place] <= 0x20 { place += 1 }
    }

    private mutating func value(depth: Int) -> JSONValue? {
        skipSpace()
        guard place < bytes.count, depth < Self.maximumDepth else { return nil }
        switch bytes[place] {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return .string(string())
        default: return word()
        }
    }

    private mutating func object(depth: Int) -> JSONValue {
        var members: [String: JSONValue] = [:]
        place += 1
        while true {
            skipSeparators()
            guard place < bytes.count, bytes[place] != UInt8(ascii: "}") else { break }
            guard bytes[place] == UInt8(ascii: "\"") else { return abandoned(.object(members)) }
            let key = string()
            skipSpace()
            guard place < bytes.count, bytes[place] == UInt8(ascii: ":") else {
                return abandoned(.object(members))
            }
            place += 1
            guard let value = value(depth: depth + 1) else { return abandoned(.object(members)) }
            if members[key] == nil { members[key] = value }
        }
        close()
        return .object(members)
    }

    private mutating func array(depth: Int) -> JSONValue {
        var values: [JSONValue] = []
        place += 1
        while true {
            skipSeparators()
            guard place < bytes.count, bytes[place] != UInt8(ascii: "]") else { break }
            guard let value = value(depth: depth + 1) else { return abandoned(.array(values)) }
            values.append(value)
        }
        close()
        return .array(values)
    }

    /// What stands so far is kept; nothing after it is read.
    private mutating func abandoned(_ value: JSONValue) -> JSONValue {
        isFlawed = true
        place = bytes.count
        return value
    }

    private mutating func close() {
        if place < bytes.count { place += 1 } else { isFlawed = true }
    }

    private mutating func skipSeparators() {
        while place < bytes.count, bytes[place] <= 0x20 || bytes[place] == UInt8(ascii: ",") { place += 1 }
    }

    private mutating func string() -> String {
        var result: [UInt8] = []
        place += 1
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            let byte = bytes[place]
            place += 1
            guard byte == UInt8(ascii: "\\"), place < bytes.count else {
                if byte < 0x20 { isFlawed = true }
                result.append(byte)
                continue
            }
            let escaped = bytes[place]
            place += 1
            switch escaped {
            case UInt8(ascii: "n"): result.append(10)
            case UInt8(ascii: "r"): result.append(13)
            case UInt8(ascii: "t"): result.append(9)
            case UInt8(ascii: "b"), UInt8(ascii: "f"): result.append(32)
            case UInt8(ascii: "u"): result += unicodeEscape().utf8
            default: result.append(escaped)
            }
        }
        close()
        return String(decoding: result, as: UTF8.self)
    }

    private mutating func unicodeEscape() -> String {
        var units = [hexadecimal()]
        if UTF16.isLeadSurrogate(units[0]), bytes[place...].starts(with: "\\u".utf8) {
            place += 2
            units.append(hexadecimal())
        }
        return String(decoding: units, as: UTF16.self)
    }

    private mutating func hexadecimal() -> UInt16 {
        let digits = String(decoding: bytes[place...].prefix(4), as: UTF8.self)
        guard digits.utf8.count == 4, let unit = UInt16(digits, radix: 16) else {
            isFlawed = true
            return 0xFFFD
        }
        place += 4
        return unit
    }

    private mutating func word() -> JSONValue? {
        let rest = bytes[place...]
        let letters = rest.prefix { byte in
            byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x2B
                || byte == 0x2D || byte == 0x2E
        }
        guard !letters.isEmpty else { return nil }
        place = letters.endIndex
        let word = String(decoding: letters, as: UTF8.self)
        switch word {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "null": return .null
        default:
            guard Double(word) != nil else {
                isFlawed = true
                return nil
            }
            return .number(word)
        }
    }
}
