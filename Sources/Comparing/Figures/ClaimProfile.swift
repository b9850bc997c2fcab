import FoundationEssentials
import TallyModel

/// What the same-figure test looks at of a claim, worked out once and shared by all that look at it.
final class ClaimProfile: Sendable {
    let claim: Claim
    let counted: Counted
    let predicate: PredicateClass?
    /// The name of the dimension, or the unit itself where no table has it.
    let dimension: String
    let interval: Interval
    /// The middle of the interval.
    let centre: Double
    /// How many digits the number is stated in, without the zeros behind.
    let digits: Int
    /// Where it is; `nil` where the claim names no place.
    let place: PlaceScope?
    /// The words of who bears a result; empty where nobody is named or it is no result.
    let bearer: Bearer
    /// The places in a row of events that the sentence gives.
    let order: Set<Int>
    /// The periods that the sentence names for a result.
    let periods: Set<String>
    /// The nations whose weapons or forces the sentence names, where it tells of their victims.
    let assailants: Set<String>
    /// The names of whose a result is.
    let owner: Set<String>
    /// The content words of the subject.
    let subject: Set<String>
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
        let number = "\(interval.centre)"
        centre = Double(number) ?? 0
        digits = Tolerance.significantDigits(of: number)
        place = claim.place.map(PlaceScope.init)
        countedWords = Words.content(of: claim.counted ?? "")
        // "Prices rose by 8 %": what is measured bears no measure.
        let bearers = Words.content(of: claim.subject ?? "")
        subject = bearers.isSubset(of: countedWords) ? [] : bearers
        let sentence = Words.all(of: claim.sentence)
        words = Words.content(of: sentence)
        order = EventOrder.places(in: sentence)
        periods = Period.labels(of: claim, in: sentence, dimension: dimension)
        assailants = Assailants.nations(of: claim)
        owner = Owner.names(of: claim, dimension: dimension)
        let stated = Words.range(of: claim.surface, in: claim.sentence)
        let before = stated.map { Words.all(of: String(claim.sentence[..<$0.lowerBound])) } ?? []
        bearer = Bearer(of: claim, before: before)
        if let stated {
            let behind = Words.all(of: String(claim.sentence[stated.upperBound...])).prefix(Self.reach)
            local = Words.content(of: before.suffix(Self.reach) + behind).intersection(words)
        } else {
            local = words
        }
    }

    /// Whether its predicate says nothing of what happened.
    var isLight: Bool { claim.predicate.map { FigureMatcher.lightVerbs.contains($0) } ?? true }
}
