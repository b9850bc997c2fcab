/// What a text is about: its words with weights, names above the rest.
enum Terms {
    /// Returns the terms of an article, weighted by how often they stand and whether they are names.
    static func weights(title: String, words: [Words.Word]) -> [String: Double] {
        var counts: [String: Double] = [:]
        var names: [String: Int] = [:]
        let headline = Words.all(of: title)
        for word in words where isTerm(word.text) {
            let stem = Words.stem(of: word.text)
            counts[stem, default: 0] += 1
            if word.isCapitalised, !word.isSentenceStart { names[stem, default: 0] += 1 }
        }
        for word in headline where isTerm(word.text) { counts[Words.stem(of: word.text), default: 0] += 2 }
        return counts.reduce(into: [:]) { weights, entry in
            let isName = Double(names[entry.key] ?? 0) * 2 >= entry.value
            weights[entry.key] = rootOf(entry.value) * (isName ? 2 : 1)
        }
    }

    private static func isTerm(_ word: String) -> Bool {
        word.utf8.count >= 3 && !Words.isNumber(word) && !StopWords.all.contains(word)
    }

    private static func rootOf(_ count: Double) -> Double { min(count, 16).squareRoot() }
}
