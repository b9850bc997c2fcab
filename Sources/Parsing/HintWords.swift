/// Splits the names of classes into words.
enum HintWords {
    /// Returns the lower-case words of `article-body__relatedLinks`.
    static func words(of name: some StringProtocol) -> [String] {
        var words: [String] = []
        var current = ""
        var isAfterLower = false
        for scalar in name.unicodeScalars.prefix(200) {
            let isUpper = scalar.value >= 0x41 && scalar.value <= 0x5A
            let isLower = scalar.value >= 0x61 && scalar.value <= 0x7A
            if !isUpper, !isLower {
                if !current.isEmpty { words.append(current) }
                current = ""
            } else if isUpper, isAfterLower {
                if !current.isEmpty { words.append(current) }
                current = ""
            }
            if isUpper || isLower { current += String(scalar).lowercased() }
            isAfterLower = isLower
        }
        if !current.isEmpty { words.append(current) }
        return words
    }
}
