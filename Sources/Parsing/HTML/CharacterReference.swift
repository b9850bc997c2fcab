import TallyModel

/// Reads character references such as `&amp;`, `&#8217;` and `&eacute`
/// (<https://html.spec.whatwg.org/multipage/named-characters.html>).
enum CharacterReference {
    private struct Named {
        let bytes: [UInt8]
        /// Whether it is known without a semicolon.
        let isBare: Bool
    }

    private static let longestName = 31

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

    /// Appends what a reference stands for, or its `&` where it is none.
    ///
    /// - Parameters:
    ///   - input: Bytes that begin with `&`.
    ///   - output: Where the characters are appended.
    ///   - inAttribute: Whether the bytes are an attribute's value.
    /// - Returns: How many bytes of the input were used, at least one.
    static func append(
        _ input: UnsafeBufferPointer<UInt8>,
        to output: inout [UInt8],
        inAttribute: Bool
    ) -> Int {
        guard input.count > 2 else {
            output.append(UInt8(ascii: "&"))
            return 1
        }
        if input[1] == UInt8(ascii: "#") { return appendNumeric(input, to: &output) }
        var length = 1
        while length < input.count, length <= longestName,
            input[length].isASCIILetter || input[length].isASCIIDigit
        {
            length += 1
        }
        if length > 1, let used = appendNamed(input, length: length, to: &output, inAttribute: inAttribute) {
            return used
        }
        output.append(UInt8(ascii: "&"))
        return 1
    }
}

extension CharacterReference {
    private static func appendNamed(
        _ input: UnsafeBufferPointer<UInt8>,
        length: Int,
        to output: inout [UInt8],
        inAttribute: Bool
    ) -> Int? {
        let name = ArraySlice(Array(input[1..<length]))
        if length < input.count, input[length] == UInt8(ascii: ";"), let found = named[name] {
            output += found.bytes
            return length + 1
        }
        // Only the oldest names are known without a semicolon: they have at most six letters.
        for end in stride(from: min(name.endIndex, name.startIndex + 6), to: name.startIndex + 1, by: -1) {
            guard let found = named[name[..<end]], found.isBare else { continue }
            let next = 1 + end - name.startIndex
            if inAttribute, next < input.count,
                input[next] == UInt8(ascii: "=") || input[next].isASCIILetter || input[next].isASCIIDigit
            {
                return nil
            }
            output += found.bytes
            return next
        }
        return nil
    }

    private static func appendNumeric(_ input: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) -> Int {
        let isHexadecimal = input[2] | 0x20 == UInt8(ascii: "x")
        let first = isHexadecimal ? 3 : 2
        var place = first
        var code: UInt32 = 0
        while place < input.count, let digit = digit(input[place], isHexadecimal: isHexadecimal) {
            code = min(0x20_0000, code * (isHexadecimal ? 16 : 10) + digit)
            place += 1
        }
        guard place > first else {
            output.append(UInt8(ascii: "&"))
            return 1
        }
        if place < input.count, input[place] == UInt8(ascii: ";") { place += 1 }
        output += UTF8.encode(scalar(of: code)) ?? UTF8.encodedReplacementCharacter
        return place
    }

    private static func digit(_ byte: UInt8, isHexadecimal: Bool) -> UInt32? {
        if byte.isASCIIDigit { return UInt32(byte - 0x30) }
        let lower = byte | 0x20
        guard isHexadecimal, lower >= 0x61, lower <= 0x66 else { return nil }
        return UInt32(lower - 0x61 + 10)
    }

    /// The standard's own table for the codes that windows-1252 uses.
    private static func scalar(of code: UInt32) -> Unicode.Scalar {
        if code >= 0x80, code < 0xA0,
            let scalar = Unicode.Scalar(SingleByteTables.windows1252[Int(code) - 0x80])
        {
            return scalar
        }
        return code == 0 ? "\u{FFFD}" : Unicode.Scalar(code) ?? "\u{FFFD}"
    }
}
