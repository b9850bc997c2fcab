import FoundationEssentials
import TallyModel

/// What the same-figure test looks at of a claim, worked out once.
struct ClaimProfile {
    let claim: Claim
    let counted: Counted
    let predicate: PredicateClass?
    /// The name of the dimension, or the unit itself where no table has it.
    let dimension: String
    let interval: Interval
    /// How many digits the number is stated in, without the zeros behind.
    let digits: Int
    /// The content words of the sentence.
    let words: Set<String>
    /// The content words next to the number.
    let local: Set<String>
    /// The content words of what is counted.
    let countedWords: Set<String>

    /// How many words on each side of a number are next to it.
    private static let reach = 8

    /// Creates the profile of a claim; cost is linear in its sentence.
    init(_ claim: Claim) {
        self.claim = claim
        counted = Counted(claim)
        predicate = PredicateWords.predicateClass(of: claim)
        dimension = FigureMatcher.dimension(of: claim)
        interval = Interval(claim.quantity)
        digits = Tolerance.significantDigits(of: interval.centre)
        words = Words.content(of: claim.sentence)
        countedWords = Words.content(of: claim.counted ?? "")
        if let range = claim.sentence.firstRange(of: claim.surface) {
            let before = Words.all(of: String(claim.sentence[..<range.lowerBound])).suffix(Self.reach)
            let behind = Words.all(of: String(claim.sentence[range.upperBound...])).prefix(Self.reach)
            local = Set((before + behind).map { Words.stem(of: $0.text) }.filter(words.contains))
        } else {
            local = words
        }
    }

    /// Whether its predicate says nothing of what happened.
    var isLight: Bool { claim.predicate.map { FigureMatcher.lightVerbs.contains($0) } ?? true }
}
