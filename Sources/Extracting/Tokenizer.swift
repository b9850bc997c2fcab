/// Cuts a range of Unicode scalars into tokens.
struct Tokenizer: Sendable {
    /// Returns the tokens of a range, in order.
    func tokens(of scalars: [Unicode.Scalar], in range: Range<Int>) -> [Token] {
        var tokens: [Token] = []
        tokens.reserveCapacity(range.count / 5 + 2)
        var index = range.lowerBound
        var lastEnd = -1
        while index < range.upperBound {
            let scalar = scalars[index]
            if Self.isSpace(scalar) {
                index += 1
                continue
            }
            let start = index
            let kind: Token.Kind
            if Self.isDigit(scalar) {
                kind = .number
                index = endOfNumber(scalars, from: index, to: range.upperBound)
            } else if Self.isLetter(scalar) {
                kind = .word
                index = endOfWord(scalars, from: index, to: range.upperBound)
            } else if Self.isApostrophe(scalar), isPossessive(scalars, at: index, to: range.upperBound) {
                kind = .word
                index += 2
            } else {
                kind = Self.isQuote(scalar) ? .quote : .symbol
                index += 1
            }
            tokens.append(
                Self.token(scalars, start: start, end: index, kind: kind, isGlued: start == lastEnd)
            )
            lastEnd = index
        }
        return tokens
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 48 && scalar.value <= 57 }

    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 0x80 { return (value | 0x20) >= 97 && (value | 0x20) <= 122 }
        return scalar.properties.isAlphabetic
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20, 0x09...0x0D, 0x85, 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
            true
        default: false
        }
    }

    static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { scalar == "'" || scalar == "\u{2019}" }

    static func isQuote(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\"", "\u{201C}", "\u{201D}", "\u{201E}", "\u{AB}", "\u{BB}", "\u{2018}", "\u{2019}", "'": true
        default: false
        }
    }

    static func isUppercase(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 0x80 { return value >= 65 && value <= 90 }
        return scalar.properties.isUppercase
    }
}

private extension Tokenizer {
    static func token(
        _ scalars: [Unicode.Scalar],
        start: Int,
        end: Int,
        kind: Token.Kind,
        isGlued: Bool
    ) -> Token {
        var text = ""
        var lower = ""
        for index in start..<end {
            let scalar = scalars[index]
            text.unicodeScalars.append(scalar)
            if scalar.value < 0x80 {
                let isUpper = scalar.value >= 65 && scalar.value <= 90
                lower.unicodeScalars.append(isUpper ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar)
            } else if scalar == "\u{2019}" {
                lower.unicodeScalars.append("'")
            } else {
                lower += scalar.properties.lowercaseMapping
            }
        }
        return Token(
            text: text,
            lower: lower,
            kind: kind,
            start: start,
            end: end,
            isGlued: isGlued,
            isCapitalised: kind == .word && isUppercase(scalars[start])
        )
    }

    func isPossessive(_ scalars: [Unicode.Scalar], at index: Int, to end: Int) -> Bool {
        guard index > 0, index + 1 < end,
            Self.isLetter(scalars[index - 1]) || Self.isDigit(scalars[index - 1])
        else { return false }
        let next = scalars[index + 1]
        guard next == "s" || next == "S" else { return false }
        return index + 2 >= end || !(Self.isLetter(scalars[index + 2]) || Self.isDigit(scalars[index + 2]))
    }

    /// A word goes on over inner apostrophes ("don't"), initials ("U.S.", "a.m.") and combining marks.
    func endOfWord(_ scalars: [Unicode.Scalar], from start: Int, to end: Int) -> Int {
        var index = start
        while index < end {
            let scalar = scalars[index]
            if Self.isLetter(scalar)
                || (scalar.value >= 0x300 && scalar.properties.generalCategory == .nonspacingMark)
            {
                index += 1
            } else if Self.isApostrophe(scalar), index + 1 < end, Self.isLetter(scalars[index + 1]),
                !isPossessive(scalars, at: index, to: end)
            {
                index += 1
            } else if scalar == ".", isInitial(scalars, start: start, at: index, to: end) {
                index += 1
            } else {
                break
            }
        }
        return index
    }

    /// A full stop belongs to the word where single letters take turns with stops.
    func isInitial(_ scalars: [Unicode.Scalar], start: Int, at index: Int, to end: Int) -> Bool {
        guard (index - start) % 2 == 1 else { return false }
        for position in stride(from: start + 1, to: index, by: 2) where scalars[position] != "." {
            return false
        }
        let isNextLetter = index + 1 < end && Self.isLetter(scalars[index + 1])
        let isSingle = index + 2 >= end || !Self.isLetter(scalars[index + 2])
        return isNextLetter ? isSingle : index > start + 1
    }

    /// Digits in groups behind commas, blanks, apostrophes or full stops, and a decimal part.
    ///
    /// Groups have three digits each; behind commas all but the last may have two ("12,34,567"). Full stops part groups
    /// only where a comma parts the decimals ("1.111,11") or two of them stand ("1.234.567").
    func endOfNumber(_ scalars: [Unicode.Scalar], from start: Int, to end: Int) -> Int {
        var index = endOfDigits(scalars, from: start, to: end)
        guard index - start <= 3 else { return endOfDecimals(scalars, from: index, to: end, mark: ".") }
        if index < end, scalars[index] == "," {
            index = endOfCommaGroups(scalars, from: index, to: end)
        } else if index < end, Self.isGroupMark(scalars[index]) || scalars[index] == "." {
            let mark = scalars[index]
            let groups = endOfGroups(scalars, from: index, to: end, mark: mark)
            if groups > index,
                mark != " " || isBlankGroups(scalars, start: start, first: index, end: groups, to: end)
            {
                let decimals = endOfDecimals(scalars, from: groups, to: end, mark: ",")
                let isShort = decimals - groups <= 3
                if mark != "." {
                    return decimals > groups && isShort
                        ? decimals : endOfDecimals(scalars, from: groups, to: end, mark: ".")
                }
                if decimals > groups, isShort { return decimals }
                if groups - index > 4 { return groups }
            }
        }
        return endOfDecimals(scalars, from: index, to: end, mark: ".")
    }

    func endOfDigits(_ scalars: [Unicode.Scalar], from start: Int, to end: Int) -> Int {
        var index = start
        while index < end, Self.isDigit(scalars[index]) { index += 1 }
        return index
    }

    func endOfDecimals(_ scalars: [Unicode.Scalar], from index: Int, to end: Int, mark: Unicode.Scalar) -> Int
    {
        guard index + 1 < end, scalars[index] == mark, Self.isDigit(scalars[index + 1]) else { return index }
        return endOfDigits(scalars, from: index + 1, to: end)
    }

    /// The end of groups of three digits behind one and the same mark.
    func endOfGroups(_ scalars: [Unicode.Scalar], from start: Int, to end: Int, mark: Unicode.Scalar) -> Int {
        var index = start
        while index < end, scalars[index] == mark {
            let next = endOfDigits(scalars, from: index + 1, to: end)
            guard next - index == 4 else { break }
            index = next
        }
        return index
    }

    /// The end of groups behind commas; groups of two only where one of three ends them.
    func endOfCommaGroups(_ scalars: [Unicode.Scalar], from start: Int, to end: Int) -> Int {
        var index = start
        while index < end, scalars[index] == "," {
            let next = endOfDigits(scalars, from: index + 1, to: end)
            guard next - index == 3 else { break }
            index = next
        }
        let groups = endOfGroups(scalars, from: index, to: end, mark: ",")
        return groups > index ? groups : start
    }

    /// Whether plain blanks part groups of one number ("40 000") and not several numbers: no more digits follow, none
    /// stand before, and the first group is no zero.
    func isBlankGroups(_ scalars: [Unicode.Scalar], start: Int, first: Int, end: Int, to limit: Int) -> Bool {
        guard scalars[start] != "0" else { return false }
        if start > 1, Self.isSpace(scalars[start - 1]) || scalars[start - 1] == "-",
            Self.isDigit(scalars[start - 2])
        {
            return false
        }
        return end + 1 >= limit || !(Self.isSpace(scalars[end]) || scalars[end] == "-")
            || !Self.isDigit(scalars[end + 1])
    }

    static func isGroupMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20, 0x27, 0xA0, 0x2009, 0x2019, 0x202F: true
        default: false
        }
    }
}
