extension StringProtocol {
    /// The text without white space at its ends.
    var trimmed: String {
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

    /// Whether the text begins so, in capitals or not; the prefix is given in lower case.
    func beginsIgnoringCase(_ prefix: String) -> Bool {
        self.prefix(prefix.count).lowercased() == prefix
    }
}
