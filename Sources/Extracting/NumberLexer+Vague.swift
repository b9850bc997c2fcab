import FoundationEssentials

extension NumberLexer {
    /// Reads "several", "dozens", "a few hundred", "tens of thousands", "a couple of".
    func vague(in sentence: Sentence, at index: Int) -> NumberReading? {
        let first = sentence.lower(index)
        if first == "a" { return pair(in: sentence, at: index) ?? few(in: sentence, at: index + 1) }
        if first == "many", let bounds = NumberWords.vague[sentence.lower(index + 1)], bounds.low >= 24 {
            return NumberReading(low: bounds.low, high: bounds.high, end: index + 2, form: .vague)
        }
        if first == "tens" || first == "hundreds", sentence.lower(index + 1) == "of",
            let bounds = NumberWords.vague[sentence.lower(index + 2)], bounds.low >= 2000
        {
            let factor: Decimal = first == "tens" ? 10 : 100
            // The upper bound stays the last whole number below the next word: 99,999 and not 99,990.
            let high = (bounds.high + 1) * factor - 1
            return NumberReading(low: bounds.low * factor, high: high, end: index + 3, form: .vague)
        }
        guard first != "few", first != "handful", NumberWords.vague[first] != nil else { return nil }
        return few(in: sentence, at: index)
    }
}

private extension NumberLexer {
    /// "a couple of", "a pair of", "a score of": numbers, and no vague ones.
    func pair(in sentence: Sentence, at index: Int) -> NumberReading? {
        let word = sentence.lower(index + 1)
        var end = index + 2
        if word == "score" {
            guard sentence.lower(end) == "of" || sentence.token(end)?.isWord ?? false else { return nil }
            return .value(20, end: end, form: .words)
        }
        guard word == "couple" || word == "pair" else { return nil }
        let scaleAt = sentence.lower(end) == "of" ? end + 1 : end
        if let scale = NumberWords.scales[sentence.lower(scaleAt)] {
            return .value(2 * scale, end: scaleAt + 1, form: .words, scale: scale)
        }
        // "a couple from Leeds" are two of a kind; "a couple" alone is left to the noun.
        if sentence.lower(end) == "of" { end += 1 } else if end < sentence.tokens.count { return nil }
        return .value(2, end: end, form: .words)
    }

    func few(in sentence: Sentence, at index: Int) -> NumberReading? {
        let word = sentence.lower(index)
        guard sentence.lower(index - 1) != "a" || word == "few" || word == "handful",
            let bounds = NumberWords.vague[word]
        else { return nil }
        var end = index + 1
        if bounds.high < 10 {
            let next = sentence.lower(end)
            if next == "dozen" || next == "dozens" {
                let isFew = word == "few"
                return NumberReading(low: isFew ? 24 : 36, high: isFew ? 60 : 99, end: end + 1, form: .vague)
            }
            if let scale = NumberWords.scales[next] {
                return NumberReading(
                    low: bounds.low * scale,
                    high: bounds.high * scale,
                    end: end + 1,
                    form: .vague,
                    scale: scale
                )
            }
        } else if sentence.lower(end) == "and", sentence.lower(end + 1) == word {
            // "thousands and thousands"
            end += 2
        }
        return NumberReading(low: bounds.low, high: bounds.high, end: end, form: .vague)
    }
}
