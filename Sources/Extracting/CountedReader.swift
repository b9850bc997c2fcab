import FoundationEssentials
import Syntax
import TallyModel

/// Finds what a quantity counts or measures, and what happened to it.
///
/// The tree of the sentence comes first; where it shows nothing, the shape of the words does. What is left out ("two of
/// them", "dozens wounded", "it was 68 per cent") is what was counted or measured last.
struct CountedReader: Sendable {
    struct Counting {
        var unit: String
        var phrase: NounPhrase?
        var predicate: Predicate
        var isMeasure = false
        var rule = ClaimExplanation.Rule.noun
        /// Who bears it, where that is not the subject of its clause.
        var bearer: String?
        /// Whether it counts some of those counted before, and tells nothing else of them.
        var isPart = false

        var isElliptic: Bool { rule == .ellipsis }
    }

    let sentences: [Sentence]
    let nouns = NounPhraseReader()
    let predicates = PredicateReader()
    let measures = MeasureReader()
    let measureds = MeasuredReader()
    let phrases = TreePhraseReader()
    let subjects = SubjectReader()
    let persons: PersonReader
    var lastPeople: NounPhrase?
    var lastThing: (phrase: NounPhrase, unit: String, sentence: Int)?
    var lastPredicate: String?
    /// The heads of the people who were counted so far.
    var toldHeads: Set<String> = []
    /// What was counted last of which a class was told.
    var lastOf: [String: (phrase: NounPhrase, unit: String)] = [:]
    /// Who bears the votes or seats that were counted last.
    var lastBearer: String?
    var lastMoney: (phrase: NounPhrase?, sentence: Int, end: Int)?
    var lastCurrency: String?
    /// The measure that was told last of all numbers, where it is large enough to be told again without its unit.
    var lastMeasured:
        (phrase: NounPhrase?, unit: String, predicate: String?, sentence: Int, size: Decimal, isLatest: Bool)?
    /// What was measured last, in any unit.
    var lastAny: (phrase: NounPhrase, sentence: Int)?
    /// What was measured by the number before, where that was no count.
    var lastTold: (phrase: NounPhrase?, unit: String, predicate: String?, sentence: Int)?
    var lastMeasure: [String: (phrase: NounPhrase, predicate: String?, sentence: Int)] = [:]

    init(sentences: [Sentence]) {
        self.sentences = sentences
        persons = PersonReader(sentences: sentences)
    }

    private static let volumes: Set<String> = [
        "barrel", "cubic_metre", "cubic_metre_per_second", "litre", "tonne",
    ]
    private static let parents: Set<String> = ["dad", "father", "mother", "mum", "parent"]

    /// Returns what a quantity is of; `nil` where it turns out to count nothing.
    mutating func counting(of reading: QuantityReading, in sentence: Sentence, at index: Int) -> Counting? {
        let found = found(reading, in: sentence, at: index)
        if let found, found.isMeasure,
            UnitTable.areas.contains(found.unit) || UnitTable.codes.contains(found.unit)
                || Self.volumes.contains(found.unit), let size = reading.low ?? reading.high, size >= 1000
        {
            lastMeasured = (found.phrase, found.unit, found.predicate.name, index, size, true)
        } else {
            lastMeasured?.isLatest = false
        }
        if let found, found.rule != .age {
            let isMeasured = found.isMeasure && found.unit != "magnitude" || reading.unit != nil
            lastTold = isMeasured ? (found.phrase, found.unit, found.predicate.name, index) : nil
        }
        // People come in whole numbers, unless their noun says otherwise: "live on 98.4".
        if let found, found.unit == "people", found.isElliptic, let low = reading.low, reading.scale == nil,
            low != NumberLexer.rounded(low, places: 0), !reading.isFraction
        {
            return nil
        }
        return found
    }

    private mutating func found(_ reading: QuantityReading, in sentence: Sentence, at index: Int) -> Counting?
    {
        if reading.isAge {
            return Counting(
                unit: reading.unit ?? "year",
                phrase: persons.noun(ofAge: reading, in: sentence),
                predicate: Predicate(name: "age", index: nil),
                rule: .age
            )
        }
        if let unit = reading.unit { return measure(reading, unit: unit, in: sentence, at: index) }
        if let part = part(reading, in: sentence) { return part }
        // "a father of two": of children, whatever is told of them.
        if sentence.lower(reading.tokens.lowerBound - 1) == "of",
            Self.parents.contains(Words.singular(sentence.lower(reading.tokens.lowerBound - 2))),
            !(sentence.token(reading.nounStart)?.isWord ?? false)
                || PersonNouns.contains(Words.singular(sentence.lower(reading.nounStart))) == false
        {
            return Counting(
                unit: "people",
                phrase: NounPhrase(
                    text: "children",
                    head: "child",
                    start: reading.nounStart,
                    end: reading.nounStart
                ),
                predicate: Predicate(name: nil, index: nil)
            )
        }
        if isPronoun(sentence, at: reading.nounStart) { return elliptic(reading, in: sentence, at: index) }
        if let label = labelled(reading, in: sentence, at: index) { return label }
        // "7,000 of those who crossed the border"
        if sentence.matches(["of", "those", "who"], at: reading.nounStart) {
            let predicate = predicates.predicate(in: sentence, of: reading, phrase: nil)
            return playing(
                Counting(unit: "people", phrase: Self.people(at: reading.nounStart + 1), predicate: predicate)
            )
        }
        // "Five dead, dozens injured"
        if PersonNouns.adjectives.contains(sentence.lower(reading.nounStart)),
            !(sentence.token(reading.nounStart + 1)?.isWord ?? false)
        {
            return elliptic(reading, in: sentence, at: index)
        }
        guard let phrase = thing(reading, in: sentence) ?? following(reading, in: sentence) else {
            return bare(reading, in: sentence, at: index)
        }
        if PersonNouns.adjectives.contains(sentence.lower(reading.nounStart)),
            phrase.end <= reading.nounStart + 1
        {
            return elliptic(reading, in: sentence, at: index)
        }
        if phrase.head == "time" { return ratio(reading, times: phrase, in: sentence) }
        if phrase.head == "point" { return points(reading, phrase: phrase, in: sentence) }
        return things(reading, phrase: phrase, in: sentence, at: index)
    }
}
