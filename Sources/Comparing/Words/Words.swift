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
            let properties = scalar.properties
            if properties.isAlphabetic || properties.numericType != nil {
                if current.isEmpty {
                    isCapitalised = properties.isUppercase
                    isStart = nextIsStart
                    nextIsStart = false
                }
                if let plain = accents[scalar] {
                    current += plain
                } else {
                    current += properties.lowercaseMapping
                }
            } else if scalar == "'" || scalar == "\u{2019}" {
                if !current.isEmpty { current += "'" }
            } else if properties.generalCategory != .nonspacingMark {
                close()
                if ".!?:\n\u{201C}\"".unicodeScalars.contains(scalar) { nextIsStart = true }
            }
        }
        close()
        return words
    }

    /// Returns the stems of a text's content words, without numbers and stop words.
    static func content(of text: String) -> Set<String> {
        Set(
            all(of: text).map(\.text)
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
