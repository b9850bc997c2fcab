import TallyModel

/// Who bears a share, a seat or a vote, where the claim names no subject: the name that stands before the number.
enum Bearer {
    /// Whether two claims may have one bearer; only results have any.
    static func isSame(_ a: Claim, _ b: Claim) -> Bool {
        guard bears(a), bears(b) else { return true }
        let first = name(before: a)
        let second = name(before: b)
        if a.quantity.unit == "seat", first.isEmpty != second.isEmpty { return false }
        return first.isEmpty || second.isEmpty || !first.isDisjoint(with: second)
    }

    /// Returns the words of the nearest name before the number in its sentence; empty where there is none.
    static func name(before claim: Claim) -> Set<String> {
        if let subject = claim.subject { return Words.content(of: subject) }
        guard let position = claim.sentence.firstRange(of: claim.surface)?.lowerBound else { return [] }
        let words = Words.all(of: String(claim.sentence[..<position]))
        guard let last = words.lastIndex(where: isName) else { return [] }
        let run = words[...last].reversed().prefix(while: isName).map { Words.stem(of: $0.text) }
        return Set(run).subtracting(Words.content(of: claim.counted ?? ""))
    }

    private static func bears(_ claim: Claim) -> Bool {
        let unit = claim.quantity.unit
        return claim.predicate == "win" || unit == "seat" || unit == "vote"
    }

    private static func isName(_ word: Words.Word) -> Bool {
        word.isCapitalised && !StopWords.all.contains(word.text) && word.text.first?.isNumber == false
    }
}
