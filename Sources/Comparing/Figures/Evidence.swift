import FoundationEssentials
import Glibc
import TallyModel

/// What speaks for and against two claims being of one figure: the features of the same-figure test, each 0 to 1 but the
/// ratio of the numbers.
///
/// Each is the same whichever claim comes first, and tells nothing of units within a dimension.
struct Evidence {
    /// The names of the features, as the table of weights has them.
    enum Feature: Int, CaseIterable {
        case countedAlike
        case countedApart
        case countedUnknown
        case countedWords
        case predicateSame
        case predicateNear
        case predicateHalf
        case predicateWord
        case predicateLight
        case sentence
        case local
        case place
        case placeHalf
        case placeNone
        case numberLong
        case numberShort
        case numberNear
        case numberRatio
        case rareDimension
        case share
        case span
        case everybody
        case timeApart
        case timeHalf
        case kindSame
        case subjectApart
        case modalitySame
        case lead

        /// Its name in the table of weights: "numberNear" is `number_near`.
        var name: String {
            String(describing: self).map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }.joined()
        }
    }

    private(set) var values = [Double](repeating: 0, count: Feature.allCases.count)
    /// Returns a feature's value.
    subscript(_ feature: Feature) -> Double { values[feature.rawValue] }

    /// The features by their names.
    var named: [String: Double] {
        Dictionary(uniqueKeysWithValues: zip(Feature.allCases.map(\.name), values))
    }

    /// Gathers the evidence of two claims of one dimension, with how well their places and what they count agree.
    init(_ a: ClaimProfile, _ b: ClaimProfile, place: Double, counted: Double?) {
        let isEqual = Self.isEqual(a, b)
        let isOneNumber = Self.isOneNumber(a, b)
        set(.countedAlike, counted ?? 0)
        set(.countedApart, counted == nil)
        set(.countedUnknown, a.claim.counted == nil || b.claim.counted == nil)
        set(
            .countedWords,
            (Self.part(of: a.countedWords, in: b.words) + Self.part(of: b.countedWords, in: a.words)) / 2
        )
        let isTold = (a.predicate != nil, b.predicate != nil)
        if let first = a.predicate, let second = b.predicate {
            set(.predicateSame, first == second)
            set(.predicateNear, PredicateWords.isNear(first, second))
        }
        // A share of its own name is the same whether it is told to rise or to be.
        let isNamed = Self.isNamedShare(a, b)
        set(.predicateHalf, isTold.0 != isTold.1 && !isNamed)
        set(.predicateWord, !isTold.0 && !isTold.1 && a.claim.predicate == b.claim.predicate)
        set(.predicateLight, a.isLight || b.isLight)
        set(.sentence, FigureMatcher.overlap(a.words, b.words, least: 4))
        set(.local, FigureMatcher.overlap(a.local, b.local, least: 3))
        let isPlaced = (a.claim.place != nil, b.claim.place != nil)
        set(.place, place)
        set(.placeHalf, isPlaced.0 != isPlaced.1)
        set(.placeNone, !isPlaced.0 && !isPlaced.1)
        set(.numberLong, isOneNumber)
        set(.numberShort, isEqual && !isOneNumber)
        let ratio = Self.logRatio(a.centre, b.centre)
        set(.numberNear, ratio < 0.06)
        set(.numberRatio, ratio)
        set(.rareDimension, FigureMatcher.rareDimensions.contains(a.dimension) || isNamed)
        set(.share, a.dimension == "share")
        set(.span, a.dimension == "length" || a.dimension == "time")
        set(.everybody, a.counted.isEverybody && b.counted.isEverybody)
        set(.timeApart, !FigureMatcher.isSameScope(a.claim.timeScope, b.claim.timeScope))
        set(.timeHalf, (a.claim.timeScope == nil) != (b.claim.timeScope == nil))
        set(.kindSame, FigureMatcher.isSameKind(a, b))
        set(.subjectApart, !a.subject.isEmpty && !b.subject.isEmpty && a.subject.isDisjoint(with: b.subject))
        set(.modalitySame, a.claim.modality == b.claim.modality)
        set(.lead, a.claim.start < Self.leadLength && b.claim.start < Self.leadLength)
    }

    /// How many Unicode scalars of a text tell its news first.
    private static let leadLength = 300

    private mutating func set(_ feature: Feature, _ value: Double) {
        values[feature.rawValue] = value
    }

    private mutating func set(_ feature: Feature, _ value: Bool) { set(feature, value ? 1 : 0) }

    private static func part(of words: Set<String>, in others: Set<String>) -> Double {
        words.isEmpty ? 0 : Double(FigureMatcher.sharedCount(words, others)) / Double(words.count)
    }

    private static func isEqual(_ a: ClaimProfile, _ b: ClaimProfile) -> Bool {
        // Two numbers that are one have one middle, which is compared sooner.
        a.centre == b.centre && a.interval == b.interval
    }

    /// Whether both state one number that is too long to be one by chance.
    static func isOneNumber(_ a: ClaimProfile, _ b: ClaimProfile) -> Bool {
        a.digits >= 3 && isEqual(a, b) && a.interval.isPoint
    }

    /// Whether both are the one share of its name that a story tells of: the inflation, the part of a fire that is contained.
    private static func isNamedShare(_ a: ClaimProfile, _ b: ClaimProfile) -> Bool {
        guard a.dimension == "share", a.claim.kind != .increment else { return false }
        if a.predicate?.name == "contain", b.predicate == a.predicate { return true }
        return !a.counted.head.intersection(b.counted.head).isDisjoint(with: namedShares)
    }

    private static let namedShares: Set<String> = ["inflation", "turnout", "unemployment"]

    /// The natural logarithm of how many times one number is the other, at most 5.
    private static func logRatio(_ a: Double, _ b: Double) -> Double {
        // None left of a few is no far cry.
        guard a > 0, b > 0 else { return a == b ? 0 : min(2, log(max(a, b, 0) + 1)) }
        return min(5, abs(log(a / b)))
    }
}
