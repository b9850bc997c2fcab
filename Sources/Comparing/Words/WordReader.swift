/// Reads the words of a text off its bytes; nearly all of a news text is ASCII.
struct WordReader {
    /// The words read so far.
    private(set) var words: [Words.Word] = []
    private var current: [UInt8] = []
    private var isCapitalised = false
    private var isStart = true
    private var nextIsStart = true

    /// Reads a text in UTF-8 to its end.
    mutating func read(_ bytes: Span<UInt8>) {
        words.reserveCapacity(bytes.count / 6 + 1)
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            guard byte < 0x80 else {
                let (scalar, length) = Self.scalar(of: bytes, at: place)
                read(scalar)
                place += length
                continue
            }
            read(byte)
            place += 1
        }
        close()
    }
}

private extension WordReader {
    mutating func read(_ byte: UInt8) {
        switch byte {
        case 0x30...0x39, 0x61...0x7A:
            if current.isEmpty { begin(isUpper: false) }
            current.append(byte)
        case 0x41...0x5A:
            if current.isEmpty { begin(isUpper: true) }
            current.append(byte | 0x20)
        case UInt8(ascii: "'"): apostrophe()
        default:
            close()
            switch byte {
            case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":"),
                UInt8(ascii: "\n"), UInt8(ascii: "\""):
                nextIsStart = true
            default: break
            }
        }
    }

    mutating func read(_ scalar: Unicode.Scalar) {
        let properties = scalar.properties
        if properties.isAlphabetic || properties.numericType != nil {
            if current.isEmpty { begin(isUpper: properties.isUppercase) }
            current += Words.folded(scalar).utf8
        } else if scalar == "\u{2019}" {
            apostrophe()
        } else if properties.generalCategory != .nonspacingMark {
            close()
            if scalar == "\u{201C}" { nextIsStart = true }
        }
    }

    mutating func begin(isUpper: Bool) {
        isCapitalised = isUpper
        isStart = nextIsStart
        nextIsStart = false
    }

    mutating func apostrophe() {
        if !current.isEmpty { current.append(UInt8(ascii: "'")) }
    }

    mutating func close() {
        guard !current.isEmpty else { return }
        while current.last == UInt8(ascii: "'") { current.removeLast() }
        if current.count >= 2, current.last == UInt8(ascii: "s"),
            current[current.count - 2] == UInt8(ascii: "'")
        {
            current.removeLast(2)
        }
        if !current.isEmpty {
            words.append(
                Words.Word(
                    text: String(decoding: current, as: UTF8.self),
                    isCapitalised: isCapitalised,
                    isSentenceStart: isStart
                )
            )
        }
        current.removeAll(keepingCapacity: true)
    }

    /// Returns the scalar that begins at a byte of well-formed UTF-8 above ASCII, and how many bytes it has.
    static func scalar(of bytes: Span<UInt8>, at place: Int) -> (Unicode.Scalar, Int) {
        let first = UInt32(bytes[place])
        let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        var value = first & (0xFF >> UInt32(length + 1))
        for next in place + 1..<place + length { value = value << 6 | UInt32(bytes[next] & 0x3F) }
        guard let scalar = Unicode.Scalar(value) else { preconditionFailure("a string holds scalars only") }
        return (scalar, length)
    }
}
