import TallyModel

/// The countries and places that a sentence names, read off its capitals.
struct NamedPlaces {
    /// One name and where it stands among the words.
    private struct Name {
        let text: String
        let words: Range<Int>
    }

    private let words: [Substring]
    private let names: [Name]

    /// Reads a sentence; cost is linear in its length.
    init(_ sentence: String) {
        let words = sentence.split { $0.isWhitespace || $0 == "/" }
        var names: [Name] = []
        var start = 0
        while start < words.count {
            guard let name = Self.name(at: start, in: words) else { start += 1; continue }
            names.append(name)
            start = name.words.upperBound
        }
        self.words = words
        self.names = names
    }

    /// The ISO 3166 codes of the countries that are named, by themselves or by their people.
    var nations: Set<String> { Set(names.compactMap { Gazetteer.nation($0.text) }) }

    /// The ISO 3166 codes of the countries in which something is told to be: "in Vietnam", "Banjar, Indonesia".
    var located: Set<String> {
        Set(
            names.compactMap { name in
                let start = name.words.lowerBound
                guard start > 0, let code = Gazetteer.country(name.text) else { return nil }
                let last = words[start - 1]
                let isAddress = last.hasSuffix(",") && last.contains(where: \.isUppercase)
                return isAddress || Self.links.contains(last.lowercased()) ? code : nil
            }
        )
    }

    /// The country that a sentence begins with, or the region that reports in it; `nil` where there is none.
    private var leading: String? {
        guard let first = names.first(where: { $0.words.lowerBound < Self.lead }) else { return nil }
        if let code = Gazetteer.nation(first.text) { return code }
        return words.prefix(Self.opening).contains { Self.reports.contains($0.lowercased()) }
            ? first.text : nil
    }

    /// The countries by their codes, the other places by their names.
    private var all: Set<String> { Set(names.map { Gazetteer.nation($0.text) ?? $0.text }) }

    /// Whether two sentences begin with two countries of which neither is named in the other: each tells its own doings.
    static func areLedApart(_ a: NamedPlaces, _ b: NamedPlaces) -> Bool {
        guard let first = a.leading, let second = b.leading else { return false }
        return !b.all.contains(first) && !a.all.contains(second)
    }

    /// How many words a sentence may have before the country that it begins with.
    private static let lead = 3
    /// Within how many words a sentence says that it reports.
    private static let opening = 8
    private static let reports: Set<String> = [
        "announced", "announces", "confirms", "report", "reported", "reports", "said", "says",
    ]

    private static let links: Set<String> = ["across", "around", "in", "inside", "near", "off", "over"]

    /// The places that stand in one list: "Jamaica and Haiti", "Kelbia, Ostland and Orrin".
    var listed: Set<String> {
        var listed: Set<String> = []
        let places = names.filter { Gazetteer.isPlace($0.text) }
        for (first, second) in zip(places, places.dropFirst())
        where isList(between: first.words.upperBound, and: second.words.lowerBound) {
            listed.formUnion([first.text, second.text])
        }
        return listed
    }

    /// The one place that is named; `nil` where none or several are.
    var only: String? {
        let places = Set(names.filter { Gazetteer.isPlace($0.text) }.map(\.text))
        return places.count == 1 ? places.first : nil
    }

    /// The one place that is named within some words; `nil` where none or several are.
    func only(within text: String?) -> String? { text.flatMap { NamedPlaces($0).only } }

    private func isList(between end: Int, and start: Int) -> Bool {
        if start == end { return words[end - 1].hasSuffix(",") }
        return start == end + 1 && ["and", "&", "or"].contains(words[end])
    }

    /// How many words a name has at most.
    private static let longest = 4

    private static func name(at start: Int, in words: [Substring]) -> Name? {
        guard words[start].contains(where: \.isUppercase) else { return nil }
        for count in (1...longest).reversed() where start + count <= words.count {
            let text = words[start..<start + count].map(plain).joined(separator: " ")
            if Gazetteer.isPlace(text) || Gazetteer.nation(text) != nil {
                return Name(text: text, words: start..<start + count)
            }
        }
        return nil
    }

    /// A word without the signs around it and the ending of the genitive; "U.S." keeps its points.
    static func plain(_ word: Substring) -> String {
        var text = word.drop { !$0.isLetter }
        while let last = text.last, !last.isLetter, !(last == "." && text.dropLast().contains(".")) {
            text = text.dropLast()
        }
        for ending in ["'s", "\u{2019}s", "'", "\u{2019}"] where text.hasSuffix(ending) {
            return String(text.dropLast(ending.count))
        }
        return String(text)
    }
}
