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
        var reader = WordReader()
        reader.read(text.utf8.span)
        return reader.words
    }

    /// Returns a letter of another alphabet's word as it is folded: without its accent, or in lower case.
    static func folded(_ scalar: Unicode.Scalar) -> String {
        accents[scalar] ?? scalar.properties.lowercaseMapping
    }

    /// Returns where some words stand first in a text; `nil` where they do not.
    static func range(of words: String, in text: String) -> Range<String.Index>? {
        let sought = Array(words.utf8)
        guard let first = sought.first, sought.allSatisfy({ $0 < 0x80 }) else {
            return text.firstRange(of: words)
        }
        let bytes = Array(text.utf8)
        guard bytes.count >= sought.count,
            let start = (0...bytes.count - sought.count).first(where: {
                bytes[$0] == first && bytes[$0..<$0 + sought.count].elementsEqual(sought)
            })
        else { return nil }
        let end = start + sought.count
        // Between two bytes of ASCII one character ends and another begins, but for a line's end of two.
        let neighbours = [start > 0 ? bytes[start - 1] : 0, end < bytes.count ? bytes[end] : 0]
        guard neighbours.allSatisfy({ $0 < 0x80 && $0 != 0x0A && $0 != 0x0D }) else {
            return text.firstRange(of: words)
        }
        let lower = text.utf8.index(text.startIndex, offsetBy: start)
        return lower..<text.utf8.index(lower, offsetBy: sought.count)
    }

    /// Returns the stems of a text's content words, without numbers and stop words.
    static func content(of text: String) -> Set<String> {
        text.isEmpty ? [] : content(of: all(of: text))
    }

    /// Returns the stems of the content words among some, without numbers and stop words.
    static func content(of words: some Sequence<Word>) -> Set<String> {
        var stems: Set<String> = []
        for word in words where word.text.utf8.count > 1 && !isNumber(word.text) && isLong(word.text) {
            if !StopWords.all.contains(word.text) { stems.insert(stem(of: word.text)) }
        }
        return stems
    }

    /// Whether a word begins with a number.
    static func isNumber(_ word: String) -> Bool {
        guard let first = word.utf8.first, first >= 0x80 else {
            return word.utf8.first.map { (0x30...0x39).contains($0) } ?? false
        }
        return word.first?.isNumber == true
    }

    /// Whether a word has more than one character.
    private static func isLong(_ word: String) -> Bool {
        // Two plain letters are two characters; only others may be one with what follows.
        var bytes = word.utf8.makeIterator()
        if let first = bytes.next(), let second = bytes.next(), first < 0x80, second < 0x80 { return true }
        return word.count > 1
    }

    /// Returns a word without the ending of its plural.
    static func stem(of word: String) -> String {
        guard let last = word.utf8.last else { return word }
        // The last letters of the plurals, the irregular ones among them.
        guard "enst".utf8.contains(last) else { return word }
        if let irregular = irregularPlurals[word] { return irregular }
        guard last == UInt8(ascii: "s"), word.utf8.count > 3, word.count > 3, !word.hasSuffix("ss"),
            !word.hasSuffix("us"), !word.hasSuffix("is")
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
