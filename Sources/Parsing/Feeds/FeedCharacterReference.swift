import CLibXML2
import Glibc

/// References to characters, `&amp;`, `&eacute;` and `&#8364;`, as XML and HTML have them
/// (<https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state>).
enum FeedCharacterReference {
    /// What an ampersand begins.
    enum Meaning {
        case scalar(Unicode.Scalar)
        /// A name that is not known.
        case unknown
        /// No reference: the ampersand is meant as it is.
        case none
    }

    /// Returns what the ampersand at the beginning of some bytes means, and how many bytes the reference has.
    static func read(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> (meaning: Meaning, length: Int) {
        let start = bytes.startIndex
        let limit = min(bytes.endIndex, start + 40)
        var end = start + 1
        while end < limit, isNameByte(bytes.base[end]) { end += 1 }
        guard end < limit, bytes.base[end] == UInt8(ascii: ";"), end > start + 1 else {
            return (.none, 1)
        }
        let length = end - start + 1
        let name = bytes.base[start + 1..<end]
        if name.first == UInt8(ascii: "#") {
            return (number(name.dropFirst()).map(Meaning.scalar) ?? .unknown, length)
        }
        if let scalar = common(name) { return (.scalar(scalar), length) }
        let word = String(decoding: name, as: UTF8.self)
        guard let entity = htmlEntityLookup(word), let scalar = Unicode.Scalar(UInt32(entity.pointee.value))
        else {
            return (.unknown, length)
        }
        return (.scalar(scalar), length)
    }

    /// Appends text with its references read once; a name that is not known stays as it is, unless the document
    /// declares entities of its own, which are left out.
    static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>,
        declaresEntities: Bool,
        to result: inout [UInt8]
    ) {
        guard let base = bytes.baseAddress else { return }
        var place = 0
        while place < bytes.count {
            guard let found = memchr(base + place, 0x26, bytes.count - place) else { break }
            let next = found - UnsafeMutableRawPointer(mutating: base)
            result.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[place..<next]))
            let (meaning, length) = read(bytes[next...])
            switch meaning {
            case .scalar(let scalar): result.append(contentsOf: String(scalar).utf8)
            case .unknown where declaresEntities: break
            case .unknown, .none:
                result.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[next..<next + length]))
            }
            place = next + length
        }
        result.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[min(place, bytes.count)...]))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
            || byte == UInt8(ascii: "#")
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    /// The references that XML itself has.
    private static func common(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Unicode.Scalar? {
        switch (name.count, name[name.startIndex]) {
        case (2, UInt8(ascii: "l")) where name.last == UInt8(ascii: "t"): "<"
        case (2, UInt8(ascii: "g")) where name.last == UInt8(ascii: "t"): ">"
        case (3, UInt8(ascii: "a")) where name.elementsEqual("amp".utf8): "&"
        case (4, UInt8(ascii: "q")) where name.elementsEqual("quot".utf8): "\""
        case (4, UInt8(ascii: "a")) where name.elementsEqual("apos".utf8): "'"
        case (4, UInt8(ascii: "n")) where name.elementsEqual("nbsp".utf8): "\u{A0}"
        default: nil
        }
    }

    private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Unicode.Scalar? {
        var digits = digits
        var radix: UInt32 = 10
        if digits.first.map({ $0 | 0x20 }) == UInt8(ascii: "x") {
            digits = digits.dropFirst()
            radix = 16
        }
        guard !digits.isEmpty, digits.count <= 10 else { return nil }
        var value: UInt32 = 0
        for byte in digits {
            let digit: UInt32
            switch byte {
            case 0x30...0x39: digit = UInt32(byte) - 0x30
            case 0x41...0x46: digit = UInt32(byte) - 0x37
            case 0x61...0x66: digit = UInt32(byte) - 0x57
            default: return nil
            }
            guard digit < radix, value < 0x1000_0000 else { return nil }
            value = value * radix + digit
        }
        // HTML reads the controls beyond ASCII as windows-1252 does.
        if value >= 0x80, value < 0xA0 {
            value = UInt32(SingleByteTables.windows1252[Int(value) - 0x80])
        }
        guard value >= 0x20 || value == 9 || value == 10 || value == 13 else { return " " }
        return Unicode.Scalar(value)
    }
}
