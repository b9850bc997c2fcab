extension StringProtocol {
    /// The text without white space at its ends.
    var trimmed: String {
        // Mostly both ends are letters of ASCII already.
        let bytes = utf8
        guard let first = bytes.first, let last = bytes.suffix(1).first else { return "" }
        if first > 0x20, first < 0x80, last > 0x20, last < 0x80 { return String(self) }
        let scalars = unicodeScalars
        guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace && $0 != "\u{FEFF}" })
        else { return "" }
        var end = scalars.endIndex
        while end > start {
            let before = scalars.index(before: end)
            guard scalars[before].properties.isWhitespace || scalars[before] == "\u{FEFF}" else { break }
            end = before
        }
        return String(self[start..<end])
    }

    /// The text with every run of white space as one space, without any at its ends.
    var collapsed: String {
        if isCollapsed { return String(self) }
        var result = String.UnicodeScalarView()
        var isPending = false
        for scalar in unicodeScalars {
            // Soft hyphens and zero-width marks would cut a figure in two.
            if scalar == "\u{AD}" || scalar == "\u{200B}" || scalar == "\u{FEFF}" || scalar == "\u{2060}" {
                continue
            }
            if scalar.properties.isWhitespace {
                isPending = !result.isEmpty
                continue
            }
            if isPending { result.append(" ") }
            isPending = false
            result.append(scalar)
        }
        return String(result)
    }

    /// Whether the text surely has neither white space to collapse nor a mark to leave out.
    private var isCollapsed: Bool {
        var isAfterSpace = true
        for byte in utf8 {
            switch byte {
            case 0x20:
                if isAfterSpace { return false }
                isAfterSpace = true
            case 0..<0x20, 0xC2, 0xE1...0xE3, 0xEF: return false
            default: isAfterSpace = false
            }
        }
        return !isAfterSpace || utf8.isEmpty
    }

    /// Whether the text begins so, in capitals or not; the prefix is given in lower case.
    func beginsIgnoringCase(_ prefix: String) -> Bool {
        var bytes = utf8.makeIterator()
        for wanted in prefix.utf8 {
            guard let byte = bytes.next() else { return false }
            guard wanted < 0x80, byte < 0x80 else {
                return self.prefix(prefix.count).lowercased() == prefix
            }
            let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            if (isCapital ? byte | 0x20 : byte) != wanted { return false }
        }
        return true
    }

    /// Whether a part stands in the text, byte by byte.
    func holds(_ part: String) -> Bool {
        let part = part.utf8
        guard let first = part.first else { return true }
        var rest = utf8[...]
        while let place = rest.firstIndex(of: first) {
            rest = rest[place...]
            if rest.starts(with: part) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
