import TallyModel

/// Reads character references such as `&amp;`, `&#8217;` and `&eacute`.
///
/// The names are HTML's (<https://html.spec.whatwg.org/multipage/named-characters.html>), in feeds too: they carry HTML
/// and use its names in XML as well.
enum CharacterReference {
    struct Named {
        /// What the name stands for: one or two characters in UTF-8.
        let bytes: [UInt8]
        /// Whether it is known without a semicolon.
        let isBare: Bool
    }

    static let longestName = 31

    private static let named: [ArraySlice<UInt8>: Named] = {
        let rows = PackageResources.character_references_tsv.split(separator: UInt8(ascii: "\n"))
        var named: [ArraySlice<UInt8>: Named] = [:]
        named.reserveCapacity(rows.count)
        for row in rows where row.first != UInt8(ascii: "#") {
            let fields = row.split(separator: UInt8(ascii: "\t"))
            guard fields.count >= 2 else { continue }
            var text = String.UnicodeScalarView()
            for code in fields[1].split(separator: 0x20) {
                let digits = String(decoding: code, as: UTF8.self)
                if let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) { text.append(scalar) }
            }
            named[ArraySlice(Array(fields[0]))] = Named(
                bytes: Array(String(text).utf8),
                isBare: fields.count > 2
            )
        }
        return named
    }()

    /// Returns what a name stands for; `nil` where HTML has no such name.
    static func meaning(of name: ArraySlice<UInt8>) -> Named? { named[name] }

    /// Returns the character of the commonest names, which need no table; `nil` for any other.
    static func common(_ name: UnsafeBufferPointer<UInt8>) -> Unicode.Scalar? {
        guard let first = name.first else { return nil }
        return switch (name.count, first) {
        case (2, UInt8(ascii: "l")) where name.last == UInt8(ascii: "t"): "<"
        case (2, UInt8(ascii: "g")) where name.last == UInt8(ascii: "t"): ">"
        case (3, UInt8(ascii: "a")) where name.elementsEqual("amp".utf8): "&"
        case (4, UInt8(ascii: "q")) where name.elementsEqual("quot".utf8): "\""
        case (4, UInt8(ascii: "a")) where name.elementsEqual("apos".utf8): "'"
        case (4, UInt8(ascii: "n")) where name.elementsEqual("nbsp".utf8): "\u{A0}"
        default: nil
        }
    }

    /// Reads the number that follows `&#`.
    ///
    /// - Parameter input: Bytes that begin with `&#`.
    /// - Returns: The number, at most 2,097,152, and the place behind its last digit; `nil` where no digit follows.
    static func number(in input: UnsafeBufferPointer<UInt8>) -> (code: UInt32, end: Int)? {
        guard input.count > 2 else { return nil }
        let isHexadecimal = input[2] | 0x20 == UInt8(ascii: "x")
        let first = isHexadecimal ? 3 : 2
        var place = first
        var code: UInt32 = 0
        while place < input.count, let digit = digit(input[place], isHexadecimal: isHexadecimal) {
            code = min(0x20_0000, code * (isHexadecimal ? 16 : 10) + digit)
            place += 1
        }
        return place > first ? (code, place) : nil
    }

    private static func digit(_ byte: UInt8, isHexadecimal: Bool) -> UInt32? {
        if byte.isASCIIDigit { return UInt32(byte - 0x30) }
        let lower = byte | 0x20
        guard isHexadecimal, lower >= 0x61, lower <= 0x66 else { return nil }
        return UInt32(lower - 0x61 + 10)
    }

    /// Returns the character of a number; `nil` for one that no character has.
    ///
    /// The controls beyond ASCII are those of windows-1252
    /// (<https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state>); those of ASCII are
    /// spaces, which is how they are shown.
    static func scalar(of code: UInt32) -> Unicode.Scalar? {
        if code >= 0x80, code < 0xA0 {
            return Unicode.Scalar(SingleByteTables.windows1252[Int(code) - 0x80])
        }
        guard code >= 0x20 || code == 9 || code == 10 || code == 13 else { return code == 0 ? nil : " " }
        return Unicode.Scalar(code)
    }
}
