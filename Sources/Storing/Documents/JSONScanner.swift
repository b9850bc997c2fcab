import FoundationEssentials
import TallyModel

/// Reads a flat JSON object of the form that ``JSONText`` writes, member by member.
///
/// It takes no white space, no objects within, no `\u` escapes, and members in one order: whoever meets another form asks
/// the general reader.
struct JSONScanner {
    private let bytes: UnsafeRawBufferPointer
    private var place = 0
    private var isFirst = true

    /// Creates a scanner before the first byte.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Whether the object ended with the last byte.
    var isClosed: Bool { place == bytes.count }

    /// Goes into the object; `false` where there is none.
    mutating func open() -> Bool { take(UInt8(ascii: "{")) }

    /// Goes out of the object; `false` where it does not end.
    mutating func close() -> Bool { take(UInt8(ascii: "}")) }

    /// Goes to the value of the next member if it has a name, which has no characters to escape.
    mutating func member(_ name: StaticString) -> Bool {
        // Quotes, a colon and, behind another member, a comma.
        let start = place + (isFirst ? 1 : 2)
        let end = start + name.utf8CodeUnitCount
        guard end + 2 <= bytes.count, isFirst || bytes[place] == UInt8(ascii: ","),
            bytes[start - 1] == UInt8(ascii: "\""), bytes[end] == UInt8(ascii: "\""),
            bytes[end + 1] == UInt8(ascii: ":")
        else { return false }
        for offset in 0..<name.utf8CodeUnitCount where bytes[start + offset] != name.utf8Start[offset] {
            return false
        }
        isFirst = false
        place = end + 2
        return true
    }

    /// Reads a text; `false` for anything else.
    mutating func string(_ value: inout String) -> Bool {
        guard let text = string() else { return false }
        value = text
        return true
    }

    /// Reads a text or `null`; `false` for anything else.
    mutating func optionalString(_ value: inout String?) -> Bool {
        if isNull() {
            value = nil
            return true
        }
        value = string()
        return value != nil
    }

    /// Reads an array of texts; `false` for anything else.
    mutating func strings(_ values: inout [String]) -> Bool {
        guard take(UInt8(ascii: "[")) else { return false }
        values = []
        if take(UInt8(ascii: "]")) { return true }
        repeat {
            guard let text = string() else { return false }
            values.append(text)
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "]"))
    }

    /// Reads the raw value of a choice; `false` for anything else.
    mutating func choice<Choice: RawRepresentable<String>>(_ value: inout Choice) -> Bool {
        guard let choice = string().flatMap(Choice.init(rawValue:)) else { return false }
        value = choice
        return true
    }

    /// Reads a whole number; `false` for anything else.
    mutating func whole(_ value: inout Int) -> Bool {
        if let number = digits() {
            value = number
            return true
        }
        guard let number = Int(number()) else { return false }
        value = number
        return true
    }

    /// Reads a number; `false` for anything else.
    mutating func double(_ value: inout Double) -> Bool {
        guard let number = Double(number()) else { return false }
        value = number
        return true
    }

    /// Reads a decimal number or `null`; `false` for anything else.
    mutating func decimal(_ value: inout Decimal?) -> Bool {
        if isNull() {
            value = nil
            return true
        }
        if let number = digits() {
            value = Decimal(number)
            return true
        }
        let text = number()
        value = Int(text).map { Decimal($0) } ?? DecimalText.number(text)
        return value != nil
    }
}

private extension JSONScanner {
    mutating func take(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    mutating func isNull() -> Bool {
        guard place + 4 <= bytes.count, bytes[place] == UInt8(ascii: "n"),
            bytes[place + 1] == UInt8(ascii: "u"), bytes[place + 2] == UInt8(ascii: "l"),
            bytes[place + 3] == UInt8(ascii: "l")
        else { return false }
        place += 4
        return true
    }

    /// Reads a number of a few digits and nothing else; `nil` for any other, which stays to be read.
    mutating func digits() -> Int? {
        var value = 0
        var end = place
        while end < bytes.count, end - place < 18, (0x30...0x39).contains(bytes[end]) {
            value = value * 10 + Int(bytes[end] - 0x30)
            end += 1
        }
        // Behind it stands the next member, or the object ends.
        guard end > place, end < bytes.count,
            bytes[end] == UInt8(ascii: ",") || bytes[end] == UInt8(ascii: "}")
        else { return nil }
        place = end
        return value
    }

    /// The characters of a number, up to the next one that cannot be of it.
    mutating func number() -> String {
        let start = place
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
                UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
                place += 1
            default: return String(decoding: bytes[start..<place], as: UTF8.self)
            }
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    mutating func string() -> String? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = place
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                place += 1
                return String(decoding: bytes[start..<place - 1], as: UTF8.self)
            case UInt8(ascii: "\\"):
                return escapedString(from: start)
            default: place += 1
            }
        }
        return nil
    }

    /// Reads the rest of a string that holds an escape.
    mutating func escapedString(from start: Int) -> String? {
        var text = Array(bytes[start..<place])
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let plain = escape() else { return nil }
                text.append(plain)
            default: text.append(byte)
            }
        }
        return nil
    }

    mutating func escape() -> UInt8? {
        guard place < bytes.count else { return nil }
        let byte = bytes[place]
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return byte
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "r"): return 0x0D
        default: return nil
        }
    }
}
