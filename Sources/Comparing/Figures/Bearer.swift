import TallyModel

/// Who bears a share, a seat or a vote, where the claim names no subject: the name that stands before the number.
struct Bearer: Sendable {
    /// Whether the claim is of a result, which somebody bears.
    let isResult: Bool
    /// The words of the nearest name before the number in its sentence; empty where there is none.
    let name: Set<String>

    /// Reads the bearer of a claim off the words before its number.
    init(of claim: Claim, before words: [Words.Word]) {
        let unit = claim.quantity.unit
        isResult = claim.predicate == "win" || unit == "seat" || unit == "vote"
        name = isResult ? Self.name(of: claim, before: words) : []
    }

    private static func name(of claim: Claim, before words: [Words.Word]) -> Set<String> {
        if let subject = claim.subject { return Words.content(of: subject) }
        guard let last = words.lastIndex(where: isName) else { return [] }
        let run = words[...last].reversed().prefix(while: isName).map { Words.stem(of: $0.text) }
        return Set(run).subtracting(Words.content(of: claim.counted ?? ""))
    }

    /// Whether two claims may have one bearer; only results have any.
    static func isSame(_ a: ClaimProfile, _ b: ClaimProfile) -> Bool {
        guard a.bearer.isResult, b.bearer.isResult else { return true }
        let first = a.bearer.name
        let second = b.bearer.name
        if a.claim.quantity.unit == "seat", first.isEmpty != second.isEmpty { return false }
        return first.isEmpty || second.isEmpty || !first.isDisjoint(with: second)
    }

    private static func isName(_ word: Words.Word) -> Bool {
        word.isCapitalised && !StopWords.all.contains(word.text) && word.text.first?.isNumber == false
    }
}
