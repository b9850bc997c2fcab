import TallyModel

/// Tells which nation's currency is meant by a name that several share: pesos are Colombian where Colombia is named.
struct NationalCurrency {
    private let sentences: [Sentence]
    /// The countries that the text names, in its order.
    private lazy var nations: [(start: Int, code: String)] = Self.nations(of: sentences)

    init(sentences: [Sentence]) { self.sentences = sentences }

    /// Gives money its nation's currency: that of the country named last before it, else of the first one behind it.
    mutating func complete(_ reading: inout QuantityReading, in sentence: Sentence) {
        guard let unit = reading.unit, let homes = Self.homes[unit] else { return }
        let start = sentence.tokens[reading.numberStart].start
        let named = nations.filter { homes[$0.code] != nil }
        guard let nation = named.last(where: { $0.start < start }) ?? named.first else { return }
        reading.unit = homes[nation.code]
    }

    private static func nations(of sentences: [Sentence]) -> [(start: Int, code: String)] {
        var nations: [(start: Int, code: String)] = []
        for sentence in sentences {
            for (index, token) in sentence.tokens.enumerated() where token.isWord && token.isCapitalised {
                let pair = sentence.token(index + 1).flatMap { Gazetteer.nation("\(token.text) \($0.text)") }
                guard let code = pair ?? Gazetteer.nation(token.text) else { continue }
                nations.append((token.start, code))
            }
        }
        return nations
    }

    /// The currencies of nations by what all of them are called: a "colombian peso" is the peso of Colombia.
    ///
    /// A dollar of no nation is American, whatever the text is about.
    private static let homes: [String: [String: String]] = {
        let table = Table("currencies.tsv", PackageResources.currencies_tsv, columns: 2)
        let codes = table.pairs
        var homes: [String: [String: String]] = [:]
        for row in table.rows {
            let words = row[0].split(separator: " ")
            guard words.count > 1, let shared = codes[String(words[words.count - 1])], shared != "usd",
                let nation = Gazetteer.nation(
                    words.dropLast().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
                )
            else { continue }
            homes[shared, default: [:]][nation] = row[1]
        }
        return homes.filter { Set($0.value.values).count > 1 }
    }()
}
