extension CharacterReference {
    /// What an ampersand of a feed begins.
    enum Meaning {
        case characters(String)
        /// A name or a number that is not known.
        case unknown
        /// No reference: the ampersand is meant as it is.
        case none
    }

    /// The bytes of the longest reference that is looked at.
    private static let longestReference = 40

    /// Returns what the ampersand at the beginning of some bytes means, and how many bytes the reference has.
    ///
    /// In XML a reference has a semicolon (<https://www.w3.org/TR/xml/#sec-references>): in a feed an ampersand without
    /// one is mostly part of an address.
    static func read(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> (meaning: Meaning, length: Int) {
        let input = UnsafeBufferPointer(rebasing: bytes.prefix(longestReference))
        var end = 1
        while end < input.count, isNameByte(input[end]) { end += 1 }
        guard end < input.count, input[end] == UInt8(ascii: ";"), end > 1 else { return (.none, 1) }
        let name = UnsafeBufferPointer(rebasing: input[1..<end])
        if name.first == UInt8(ascii: "#") {
            guard let (code, place) = number(in: input), place == end, let scalar = scalar(of: code) else {
                return (.unknown, end + 1)
            }
            return (.characters(String(scalar)), end + 1)
        }
        if let scalar = common(name) { return (.characters(String(scalar)), end + 1) }
        guard let found = meaning(of: ArraySlice(Array(name))) else { return (.unknown, end + 1) }
        return (.characters(String(decoding: found.bytes, as: UTF8.self)), end + 1)
    }

    /// Appends text with its references read once; a name that is not known stays as it is, unless the document
    /// declares entities of its own, which are left out.
    static func decode(
        _ bytes: UnsafeBufferPointer<UInt8>,
        declaresEntities: Bool,
        to result: inout [UInt8]
    ) {
        var place = 0
        while let next = bytes.place(of: UInt8(ascii: "&"), from: place) {
            result.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[place..<next]))
            let (meaning, length) = read(bytes[next...])
            switch meaning {
            case .characters(let characters): result.append(contentsOf: characters.utf8)
            case .unknown where declaresEntities: break
            case .unknown, .none:
                result.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[next..<next + length]))
            }
            place = next + length
        }
        result.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[min(place, bytes.count)...]))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
}
