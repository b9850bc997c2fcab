/// Tells a text's language by its script and its commonest words.
enum LanguageDetector {
    /// Returns a BCP 47 tag; `nil` where the text is too short or shows no language clearly.
    static func language(of text: String) -> String? {
        if let script = language(ofScript: text.unicodeScalars.prefix(4000)) { return script }
        var counts: [String: Int] = [:]
        var words = 0
        for word in text.prefix(20_000).lowercased().split(whereSeparator: { !$0.isLetter }) {
            words += 1
            for language in StopWords.languages(of: String(word)) { counts[language, default: 0] += 1 }
        }
        let ranked = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
        guard let best = ranked.first, best.value >= 3, best.value * 12 >= words else { return nil }
        guard ranked.count < 2 || best.value > ranked[1].value else { return nil }
        return best.key
    }

    /// The language of a script that is used by one, or by one above all.
    private static func language(ofScript scalars: Substring.UnicodeScalarView.SubSequence) -> String? {
        var counts: [String: Int] = [:]
        var letters = 0
        for scalar in scalars where scalar.properties.isAlphabetic {
            letters += 1
            switch scalar.value {
            case 0x370...0x3FF: counts["el", default: 0] += 1
            case 0x590...0x5FF: counts["he", default: 0] += 1
            case 0x600...0x6FF: counts["ar", default: 0] += 1
            case 0x900...0x97F: counts["hi", default: 0] += 1
            case 0xE00...0xE7F: counts["th", default: 0] += 1
            case 0x3040...0x30FF: counts["ja", default: 0] += 4
            case 0x4E00...0x9FFF: counts["zh", default: 0] += 1
            case 0xAC00...0xD7A3: counts["ko", default: 0] += 1
            default: break
            }
        }
        guard letters >= 8, let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else {
            return nil
        }
        return best.value * 2 > letters ? best.key : nil
    }
}
