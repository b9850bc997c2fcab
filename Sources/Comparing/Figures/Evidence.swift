import FoundationEssentials
import Glibc
import TallyModel

/// What speaks for and against two claims being of one figure: the features of the same-figure test, each 0 to 1 but the
/// ratio of the numbers.
///
/// Each is the same whichever claim comes first, and tells nothing of units within a dimension.
struct Evidence {
    /// The names of the features, as the table of weights has them.
    enum Feature: String, CaseIterable {
        case countedAlike = "counted_alike"
        case countedApart = "counted_apart"
        case countedUnknown = "counted_unknown"
        case countedWords = "counted_words"
        case predicateSame = "predicate_same"
        case predicateNear = "predicate_near"
        case predicateHalf = "predicate_half"
        case predicateWord = "predicate_word"
        case predicateLight = "predicate_light"
        case sentence = "sentence"
        case local = "local"
        case place = "place"
        case placeHalf = "place_half"
        case placeNone = "place_none"
        case numberLong = "number_long"
        case numberShort = "number_short"
        case numberNear = "number_near"
        case numberRatio = "number_ratio"
        case rareDimension = "rare_dimension"
        case share = "share"
        case span = "span"
        case everybody = "everybody"
        case timeApart = "time_apart"
        case timeHalf = "time_half"
        case kindSame = "kind_same"
        case subjectApart = "subject_apart"
        case modalitySame = "modality_same"
        case lead = "lead"
    }

    private(set) var values = [Double](repeating: 0, count: Feature.allCases.count)
    /// Whether both state one number that is too long to be one by chance.
    let isOneNumber: Bool

    /// Returns a feature's value.
    subscript(_ feature: Feature) -> Double { values[Self.position[feature, default: 0]] }

    /// The features by their names.
    var named: [String: Double] {
        Dictionary(uniqueKeysWithValues: zip(Feature.allCases.map(\.rawValue), values))
    }

    /// Gathers the evidence of two claims of one dimension.
    init(_ a: ClaimProfile, _ b: ClaimProfile, place: Double) {
        let isEqual = a.interval == b.interval
        isOneNumber = isEqual && a.interval.isPoint && a.digits >= 3
        let counted = a.counted.likeness(to: b.counted)
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
        set(.predicateHalf, isTold.0 != isTold.1)
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
        let ratio = Self.logRatio(a.interval.centre, b.interval.centre)
        set(.numberNear, ratio < 0.06)
        set(.numberRatio, ratio)
        set(.rareDimension, FigureMatcher.rareDimensions.contains(a.dimension))
        set(.share, a.dimension == "share")
        set(.span, a.dimension == "length" || a.dimension == "time")
        set(.everybody, a.counted.isEverybody && b.counted.isEverybody)
        set(.timeApart, !FigureMatcher.isSameScope(a.claim.timeScope, b.claim.timeScope))
        set(.timeHalf, (a.claim.timeScope == nil) != (b.claim.timeScope == nil))
        set(.kindSame, FigureMatcher.isSameKind(a.claim, b.claim))
        if let first = a.claim.subject, let second = b.claim.subject {
            set(.subjectApart, !FigureMatcher.isSameSubject(first, second))
        }
        set(.modalitySame, a.claim.modality == b.claim.modality)
        set(.lead, a.claim.start < Self.leadLength && b.claim.start < Self.leadLength)
    }

    /// How many Unicode scalars of a text tell its news first.
    private static let leadLength = 300

    private static let position = Dictionary(
        uniqueKeysWithValues: Feature.allCases.enumerated().map { ($0.element, $0.offset) }
    )

    private mutating func set(_ feature: Feature, _ value: Double) {
        values[Self.position[feature, default: 0]] = value
    }

    private mutating func set(_ feature: Feature, _ value: Bool) { set(feature, value ? 1 : 0) }

    private static func part(of words: Set<String>, in others: Set<String>) -> Double {
        words.isEmpty ? 0 : Double(words.intersection(others).count) / Double(words.count)
    }

    /// The natural logarithm of how many times one number is the other, at most 5.
    private static func logRatio(_ a: Decimal, _ b: Decimal) -> Double {
        guard let first = Double("\(a)"), let second = Double("\(b)"), first > 0, second > 0 else {
            return a == b ? 0 : 5
        }
        return min(5, abs(log(first / second)))
    }
}
