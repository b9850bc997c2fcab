import TallyModel

/// The wordings by which a sentence takes an older number back.
enum CorrectionWords {
    /// Whether a sentence says that it corrects.
    static func isCorrection(_ sentence: String) -> Bool {
        let text = " " + words(of: sentence).joined(separator: " ") + " "
        return phrases.contains { text.contains(" \($0) ") }
    }

    /// Whether a sentence says that what was first told was wrong, and not only that it was more or less.
    static func isRetraction(_ sentence: String) -> Bool {
        let words = Set(words(of: sentence))
        let strong: Set<String> = [
            "corrected", "correction", "corrects", "error", "restated", "restatement", "restates",
            "miscounted", "mistakenly", "retracted",
            "retracts",
            "withdrawn", "withdrew", "wrongly",
        ]
        guard words.isDisjoint(with: strong) else { return true }
        if words.contains("lowered"), !words.isDisjoint(with: estimates) { return true }
        if Words.range(of: "in place of the", in: sentence) != nil { return true }
        return isCorrection(sentence) && words.contains("first")
            && !words.isDisjoint(with: ["announced", "reported"])
    }

    /// The part of a claim's sentence that may take its number back: what explains a correction behind a colon corrects
    /// nothing itself ("lowered to 27: two of them had been entered twice").
    static func telling(_ claim: Claim) -> String {
        guard let colon = Words.range(of: ": ", in: claim.sentence),
            let number = Words.range(of: claim.surface, in: claim.sentence),
            number.lowerBound >= colon.upperBound,
            claim.sentence[..<colon.lowerBound].contains(where: \.isNumber)
        else { return claim.sentence }
        return String(claim.sentence[colon.upperBound...])
    }

    /// What goes before a "correction" of prices.
    private static let markets: Set<String> = [
        "enter", "entered", "entering", "enters", "in", "into", "market", "near",
    ]
    private static let estimates: Set<String> = ["count", "estimate", "figure", "number", "tally", "toll"]

    /// Whether a sentence says what is so in spite of what others tell: "27 schools are in fact closed".
    static func isContested(_ sentence: String) -> Bool {
        let text = " " + Words.all(of: sentence).map(\.text).joined(separator: " ") + " "
        return contests.contains { text.contains(" \($0) ") }
    }

    // Source: WordNet's synonyms of "in fact" and "true".
    private static let contests = [
        "in fact", "in reality", "in truth", "real figure", "real number", "real toll", "true figure",
        "true number",
        "true toll",
    ]

    /// The words of a sentence, without the corrections that are none of numbers: a falling market is in "correction
    /// territory".
    private static func words(of sentence: String) -> [String] {
        let all = Words.all(of: sentence).map(\.text)
        return all.indices.filter { index in
            all[index] != "correction"
                || (index + 1 == all.count || all[index + 1] != "territory")
                    && (index == 0 || !markets.contains(all[index - 1]))
        }.map { all[$0] }
    }

    // Source: the standard wordings of correction notices and lowered tolls in agency news.
    private static let phrases: [String] = """
        an earlier version
        corrected
        correcting
        correction
        corrects
        by mistake
        correct figure
        correct number
        counted twice
        double counting
        down from
        first announced
        first reported
        had earlier said
        in place of the
        initially
        in error
        listed twice
        lowered
        miscounted
        mistakenly
        not as announced
        not as reported
        previously reported
        previously said
        recount
        registered twice
        restated
        restatement
        restates
        retracted
        retracts
        revised
        withdrawn
        withdrew
        wrongly
        """.split(separator: "\n").map(String.init)
}
