import TallyModel

/// Finds a document's encoding and returns its text as UTF-8.
///
/// The order follows the HTML standard
/// (<https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding>):
/// byte order mark, Content-Type, the document's own word, then UTF-8 where the bytes are valid, else
/// windows-1252.
enum CharacterDecoder {
    /// Returns the text of a document.
    static func text(of bytes: [UInt8], contentType: String?) -> String {
        String(decoding: utf8(of: bytes, contentType: contentType), as: UTF8.self)
    }

    /// Returns the text of a document as bytes of UTF-8, without the mark of the byte order.
    static func utf8(of bytes: [UInt8], contentType: String?) -> [UInt8] {
        if let (encoding, length) = byteOrderMark(of: bytes) {
            if encoding == "utf-8", isValid(bytes) { return Array(bytes.dropFirst(length)) }
            return Array(text(of: bytes.dropFirst(length), encoding: encoding).utf8)
        }
        // Text of another encoding is hardly ever valid UTF-8 by chance; a stale declaration is common.
        let isUTF8 = isValid(bytes)
        if isUTF8, !isShifted(bytes) { return bytes }
        let declared = contentType.flatMap(charset(inHeader:)) ?? charset(inPrologueOf: bytes)
        if isUTF8, declared?.hasPrefix("utf-16") != true, bytes.contains(where: { $0 >= 0x80 }) {
            return bytes
        }
        let encoding = declared ?? unmarkedUTF16(bytes) ?? "utf-8"
        return Array(text(of: bytes[...], encoding: encoding).utf8)
    }

    /// Whether bytes of ASCII may be text of an encoding that shifts, or of one with two bytes for each letter.
    private static func isShifted(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer {
            $0.place(of: 0x1B, from: 0) != nil || $0.place(of: 0, from: 0) != nil
        }
    }

    private static func isValid(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { UTF8Check.isValid($0) }
    }

    /// Returns the value of `charset` in a Content-Type.
    static func charset(inHeader header: String) -> String? {
        let lower = header.lowercased()
        guard let start = lower.firstRange(of: "charset=") else { return nil }
        let value = lower[start.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
        let label = value.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.:".contains($0)) }
        return label.isEmpty ? nil : String(label)
    }
}

extension CharacterDecoder {
    private static func byteOrderMark(of bytes: [UInt8]) -> (String, Int)? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return ("utf-8", 3) }
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return ("utf-32le", 4) }
        if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return ("utf-32be", 4) }
        if bytes.starts(with: [0xFF, 0xFE]) { return ("utf-16le", 2) }
        if bytes.starts(with: [0xFE, 0xFF]) { return ("utf-16be", 2) }
        return nil
    }

    /// `<` and a zero byte, in either order, twice: UTF-16 without a mark.
    private static func unmarkedUTF16(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x3C, 0]), bytes.dropFirst(3).first == 0 { return "utf-16le" }
        if bytes.starts(with: [0, 0x3C, 0]) { return "utf-16be" }
        return nil
    }

    /// The encoding of an XML declaration or of a `meta` element in the first 1024 bytes.
    private static func charset(inPrologueOf bytes: [UInt8]) -> String? {
        let head = String(decoding: bytes.prefix(1024).map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
            .lowercased()
        if let declaration = head.firstRange(of: "<?xml"),
            let end = head[declaration.upperBound...].firstRange(of: "?>"),
            let name = head[declaration.upperBound..<end.lowerBound].firstRange(of: "encoding")
        {
            let value = head[name.upperBound..<end.lowerBound].drop { " =\"'\n\r\t".contains($0) }
            let label = value.prefix { $0.isLetter || $0.isNumber || "-_.:".contains($0) }
            if !label.isEmpty, !label.hasPrefix("utf-16") { return String(label) }
        }
        var rest = head[...]
        while let start = rest.firstRange(of: "<meta") {
            let tag = rest[start.upperBound...].prefix { $0 != ">" }
            let label = charset(inHeader: tag.filter { $0 != " " })
            // The tag could be read as ASCII, so it cannot be UTF-16.
            if let label { return label.hasPrefix("utf-16") ? "utf-8" : label }
            rest = rest[start.upperBound...]
        }
        return nil
    }

    private static func text(of bytes: ArraySlice<UInt8>, encoding label: String) -> String {
        switch EncodingLabels.name(of: label) {
        case "UTF-8", nil: return unicode(bytes)
        case "windows-1252": return windows1252(bytes)
        case "x-user-defined":
            return String(
                decoding: bytes.map { $0 < 0x80 ? UInt16($0) : 0xF700 + UInt16($0) },
                as: UTF16.self
            )
        case .some(let name):
            guard let converter = CharacterConverter(from: name) else { return unicode(bytes) }
            defer { converter.close() }
            return String(decoding: converter.utf8(from: bytes), as: UTF8.self)
        }
    }

    /// UTF-8 where the bytes are valid, or broken in so few places that they were meant to be.
    private static func unicode(_ bytes: ArraySlice<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let text = String(decoding: bytes, as: UTF8.self)
        let broken = text.unicodeScalars.count { $0.value == 0xFFFD }
        let whole = text.unicodeScalars.count { $0.value > 0x7F } - broken
        return whole > broken ? text : windows1252(bytes)
    }

    /// Every byte has a meaning: <https://encoding.spec.whatwg.org/#legacy-single-byte-encodings>.
    private static func windows1252(_ bytes: ArraySlice<UInt8>) -> String {
        let units = bytes.map { byte in
            byte >= 0x80 && byte < 0xA0 ? SingleByteTables.windows1252[Int(byte) - 0x80] : UInt16(byte)
        }
        return String(decoding: units, as: UTF16.self)
    }
}
