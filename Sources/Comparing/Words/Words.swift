/// Folded words of a text: lower case, without accents, without possessive endings.
struct Words {
    /// One word and what its first letter tells.
    struct Word: Hashable {
        /// The folded word.
        let text: String
        /// Whether it begins with a capital letter.
        let isCapitalised: Bool
        /// Whether it begins a sentence, so that its capital tells nothing.
        let isSentenceStart: Bool
    }

    /// Returns the words of a text in order; cost is linear in its length.
    static func all(of text: String) -> [Word] {
        var words: [Word] = []
        var current = ""
        var isCapitalised = false
        var isStart = true
        var nextIsStart = true
        func close() {
            defer { current = "" }
            while current.hasSuffix("'") { current.removeLast() }
            if current.hasSuffix("'s") { current.removeLast(2) }
            guard !current.isEmpty else { return }
            words.append(Word(text: current, isCapitalised: isCapitalised, isSentenceStart: isStart))
        }
        for scalar in text.unicodeScalars {
            if isOfWord(scalar) {
                let isUpper =
                    scalar.isASCII
                    ? scalar.value > 0x40 && scalar.value < 0x60 : scalar.properties.isUppercase
                if current.isEmpty {
                    isCapitalised = isUpper
                    isStart = nextIsStart
                    nextIsStart = false
                }
                if scalar.isASCII {
                    current.unicodeScalars.append(
                        isUpper ? Unicode.Scalar(UInt8(scalar.value | 0x20)) : scalar
                    )
                } else if let plain = accents[scalar] {
                    current += plain
                } else {
                    current += scalar.properties.lowercaseMapping
                }
            } else if scalar == "'" || scalar == "\u{2019}" {
                if !current.isEmpty { current += "'" }
            } else if scalar.isASCII || scalar.properties.generalCategory != .nonspacingMark {
                close()
                switch scalar {
                case ".", "!", "?", ":", "\n", "\u{201C}", "\"": nextIsStart = true
                default: break
                }
            }
        }
        close()
        return words
    }

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case ..<0x80: false
        default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
    }

    /// Returns the stems of a text's content words, without numbers and stop words.
    static func content(of text: String) -> Set<String> {
        text.isEmpty ? [] : content(of: all(of: text))
    }

    /// Returns the stems of the content words among some, without numbers and stop words.
    static func content(of words: some Sequence<Word>) -> Set<String> {
        Set(
            words.lazy.map(\.text)
                .filter { !StopWords.all.contains($0) && $0.first?.isNumber == false && $0.count > 1 }
                .map(stem(of:))
        )
    }

    /// Returns a word without the ending of its plural.
    static func stem(of word: String) -> String {
        if let irregular = irregularPlurals[word] { return irregular }
        guard word.count > 3, word.hasSuffix("s"), !word.hasSuffix("ss"), !word.hasSuffix("us"),
            !word.hasSuffix("is")
        else { return word }
        if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
        for ending in ["sses", "shes", "ches", "xes"] where word.hasSuffix(ending) {
            return String(word.dropLast(2))
        }
        return String(word.dropLast())
    }

    private static let irregularPlurals = [
        "children": "child", "feet": "foot", "fishermen": "fisherman", "gunmen": "gunman", "lives": "life",
        "men": "man", "people": "person", "persons": "person", "policemen": "policeman",
        "servicemen": "serviceman", "women": "woman", "yen": "yen",
    ]

    private static let accents: [Unicode.Scalar: String] = {
        let rows = """
            a àáâãäåāăąÀÁÂÃÄÅĀĂĄ
            ae æÆ
            c çćčÇĆČ
            d ďđðĎĐÐ
            e èéêëēėęěÈÉÊËĒĖĘĚ
            g ğģĞĢ
            i ìíîïīįıÌÍÎÏĪĮİ
            l łľļŁĽĻ
            n ñńňņÑŃŇŅ
            o òóôõöøōőÒÓÔÕÖØŌŐ
            r řŕŘŔ
            s śšşșŚŠŞȘ
            ss ß
            t ťţțŤŢȚ
            u ùúûüūůűųÙÚÛÜŪŮŰŲ
            y ýÿÝŸ
            z źžżŹŽŻ
            """
        var table: [Unicode.Scalar: String] = [:]
        for row in rows.split(separator: "\n") {
            let cells = row.split(separator: " ")
            guard cells.count == 2 else { preconditionFailure("a row of accents has no two cells: \(row)") }
            for scalar in cells[1].unicodeScalars { table[scalar] = String(cells[0]) }
        }
        return table
    }()
}
