import FoundationEssentials
import Syntax
import TallyModel

/// Adds to a claim what surrounds it: time, place, speaker, modality and kind.
struct ContextReader: Sendable {
    private let sentences: [Sentence]
    private let times: TimeReader
    private let attributions: AttributionReader
    private let modalities: ModalityReader
    private let places: PlaceReader
    private let subjects = SubjectReader()
    /// The dates of the sentence that was read last.
    private var lastMentions: (sentence: Int, mentions: [TimeReader.Mention]) = (-1, [])

    init(sentences: [Sentence], published: Date?) {
        self.sentences = sentences
        let today = published.map { CalendarDay($0) }
        times = TimeReader(today: today)
        modalities = ModalityReader(today: today)
        attributions = AttributionReader(sentences: sentences)
        places = PlaceReader(sentences: sentences)
    }

    /// Returns who or what bears a measure: the capitalised subject of its clause.
    func subject(of reading: QuantityReading, in sentence: Sentence) -> String? {
        guard let verb = subjects.verb(in: sentence, before: reading.tokens.lowerBound),
            let phrase = subjects.phrase(in: sentence, endingAt: verb - 1),
            sentence.tokens[phrase.start..<phrase.end].contains(where: \.isCapitalised)
        else { return nil }
        return phrase.text
    }

    /// Fills in the fields of a claim that its surroundings tell.
    mutating func complete(
        _ claim: inout Claim,
        of reading: QuantityReading,
        predicateAt predicate: Int?,
        sentenceAt index: Int
    ) {
        let sentence = sentences[index]
        if lastMentions.sentence != index { lastMentions = (index, times.mentions(in: sentence)) }
        let mentions = lastMentions.mentions
        claim.asOf = times.asOf(in: sentence, mentions: mentions, near: reading.tokens.lowerBound)
        claim.modality =
            reading.isAge ? .asserted : modalities.modality(of: reading, in: sentence, mentions: mentions)
        claim.attribution = attributions.speaker(ofSentenceAt: index, near: reading.tokens.lowerBound)
        if isPolled(claim, in: sentence) { claim.modality = .forecast }
        // Jobs are cut by a plan, and the plan is the claim.
        if claim.predicate == "layoff", claim.modality == .forecast { claim.modality = .asserted }
        claim.place = places.place(ofSentenceAt: index, of: reading)
        claim.timeScope = timeScope(of: reading, in: sentence, mentions: mentions)
        claim.kind = kind(of: reading, claim: claim, in: sentence)
        claim.names = names(in: sentence)
        claim.confidence = confidence(of: claim)
    }
}

private extension ContextReader {
    /// The proper names of a sentence by its tags, without days, months and the dateline.
    func names(in sentence: Sentence) -> [String] {
        guard let tree = sentence.tree else { return [] }
        var names: [String] = []
        for (index, token) in sentence.tokens.enumerated()
        where tree.tags[index].isProperNoun && token.isWord && !Words.isCalendar(token.lower)
            && !names.contains(token.lower)
        {
            names.append(token.lower)
        }
        return names
    }

    func timeScope(
        of reading: QuantityReading,
        in sentence: Sentence,
        mentions: [TimeReader.Mention]
    ) -> String? {
        let end = reading.nounStart
        let next = sentence.lower(end)
        if next == "a" || next == "per" || next == "an" || next == "each" || next == "every",
            UnitTable.isTime(sentence.lower(end + 1))
        {
            return "per " + sentence.lower(end + 1)
        }
        if next == "annually" || next == "yearly" { return "per year" }
        if next == "daily" { return "per day" }
        let mentions = mentions.filter {
            Belonging.isOwn(max(0, $0.tokens.lowerBound - 1), in: sentence, of: reading)
                && !isCompared($0, in: sentence)
        }
        for mention in mentions where mention.link == "since" || mention.link == "last" {
            return mention.link == "last"
                ? sentence.words(mention.tokens) : "since " + sentence.words(mention.tokens)
        }
        for index in sentence.tokens.indices
        where ["past", "last"].contains(sentence.lower(index)) && isSmallNumber(sentence, at: index + 1)
            && UnitTable.isTime(sentence.lower(index + 2))
        {
            return sentence.words(index..<(index + 3)).lowercased()
        }
        for mention in mentions where mention.link == "in" && mention.text.utf8.count <= 7 {
            return "in " + sentence.words(mention.tokens)
        }
        for index in sentence.tokens.indices
        where ["this", "past", "last", "next"].contains(sentence.lower(index))
            && UnitTable.isTime(sentence.lower(index + 1))
            && Belonging.isOwn(index + 1, in: sentence, of: reading)
        {
            return sentence.words(index..<(index + 2)).lowercased()
        }
        return nil
    }

    /// Whether a date is of what a number is held against: "7.8 points more than in 2022", "the highest since 1998".
    func isCompared(_ mention: TimeReader.Mention, in sentence: Sentence) -> Bool {
        let link = mention.tokens.lowerBound - 1
        if sentence.lower(link - 1) == "than" { return true }
        return (1...2).contains { before in
            let word = sentence.lower(link - before)
            return word == "worst" || word == "most"
                || word.hasSuffix("est") && sentence.lower(link - before - 1) == "the"
        }
    }

    /// Whether a result is only a poll's: "an exit poll showed the party with 38 per cent".
    func isPolled(_ claim: Claim, in sentence: Sentence) -> Bool {
        guard claim.modality == .asserted, Self.results.contains(claim.predicate ?? "") else { return false }
        let last = claim.attribution?.lowercased().split(separator: " ").last.map(String.init) ?? ""
        if Self.polls.contains(Words.singular(last)) { return true }
        // "trailed on 33.5 percent in the survey"
        return sentence.tokens.indices.contains { index in
            sentence.lower(index) == "in" && Words.determiners.contains(sentence.lower(index + 1))
                && Self.polls.contains(sentence.lower(index + 2))
        }
    }

    private static let results: Set<String> = ["lead", "trail", "vote", "win"]

    static let polls: Set<String> = ["poll", "projection", "survey"]

    func isSmallNumber(_ sentence: Sentence, at index: Int) -> Bool {
        let word = sentence.lower(index)
        return sentence.token(index)?.isNumber ?? false || NumberWords.small[word] != nil
            || ["few", "several"].contains(word)
    }

    func kind(of reading: QuantityReading, claim: Claim, in sentence: Sentence) -> Claim.Kind {
        if claim.quantity.unit == "percent", isInflation(reading, of: claim, in: sentence) { return .total }
        if reading.isIncrement || isIncrement(reading, in: sentence) { return .increment }
        // "19 new cases" came on top of the earlier ones.
        if claim.quantity.unit == "people", sentence.lower(reading.nounStart) == "new" { return .increment }
        if isOnTop(reading, in: sentence) { return .increment }
        // "23 hurt, three critically"
        if claim.quantity.unit == "people",
            Self.severities.contains(sentence.lower(reading.nounStart))
                || Self.severities.contains(sentence.lower(reading.nounStart + 1))
                    && sentence.tokens[reading.nounStart].isWord
        {
            return .part
        }
        if let scope = claim.timeScope, scope.hasPrefix("per ") { return .rate }
        if sentence.lower(reading.nounStart) == "per" { return .rate }
        if claim.quantity.unit == "percent", sentence.lower(reading.nounStart) == "of" || reading.isFraction {
            return .share
        }
        return .total
    }

    /// Whether prices that are rising by 8 %, or are 8 % above a year earlier, are told: an inflation of 8 %; those that rose
    /// from a month to the next are none.
    func isInflation(_ reading: QuantityReading, of claim: Claim, in sentence: Sentence) -> Bool {
        let counted = claim.counted?.lowercased() ?? ""
        guard counted.hasPrefix("prices") || counted.hasPrefix("consumer prices") else { return false }
        let end = reading.tokens.upperBound
        return (1...3).contains { Self.rising.contains(sentence.lower(reading.tokens.lowerBound - $0)) }
            || (end..<end + 8).contains { sentence.lower($0) == "year" }
    }

    static let rising: Set<String> = ["climbing", "growing", "increasing", "rising"]

    /// How badly some of those who were hurt are.
    static let severities: Set<String> = ["critically", "gravely", "seriously", "severely"]

    /// "833 more deaths" came on top of the earlier ones; "12 dead and 40 more injured" are two totals.
    func isOnTop(_ reading: QuantityReading, in sentence: Sentence) -> Bool {
        let end = reading.tokens.upperBound
        // "58 dead, six more than on Monday"
        if reading.unit == nil, ["fewer", "less", "more"].contains(sentence.lower(end)),
            sentence.lower(end + 1) == "than"
        {
            return true
        }
        guard reading.unit == nil, sentence.lower(end) == "more" else {
            return false
        }
        let earlier = sentence.tokens.prefix(reading.tokens.lowerBound).lastIndex(where: \.isNumber)
        return earlier.map { ["more", "new"].contains(sentence.lower($0 + 1)) } ?? true
    }

    /// "rose by 12", "up 3%", "fell 38%".
    func isIncrement(_ reading: QuantityReading, in sentence: Sentence) -> Bool {
        var position = reading.tokens.lowerBound - 1
        if ["just", "only"].contains(sentence.lower(position)) { position -= 1 }
        let before = sentence.lower(position)
        if before == "by" { return changes(sentence, before: position) }
        if before == "up" || before == "down", let unit = reading.unit, !UnitTable.lengths.contains(unit) {
            return true
        }
        if reading.unit == "percent" || reading.unit == "percentage_point" || reading.unit == "basis_point" {
            if before == "of", CountedReader.moves.contains(sentence.lower(reading.tokens.lowerBound - 2)) {
                return true
            }
            if let name = PredicateWords.verbs[before], name == "rise" || name == "fall" { return true }
            if [
                "rise", "increase", "fall", "drop", "decline", "higher", "lower", "more", "fewer", "less",
                "cut",
            ].contains(sentence.lower(reading.nounStart)) {
                return true
            }
        }
        return false
    }

    func changes(_ sentence: Sentence, before index: Int) -> Bool {
        for position in stride(from: index - 1, through: max(0, index - 6), by: -1) {
            if let name = PredicateWords.verbs[sentence.lower(position)],
                ["cut", "fall", "raise", "rise"].contains(name)
            {
                return true
            }
            if ["up", "down", "narrowed", "widened"].contains(sentence.lower(position)) { return true }
        }
        return false
    }

    func confidence(of claim: Claim) -> Double {
        var confidence = 0.9
        if claim.counted == nil { confidence -= 0.2 }
        if claim.predicate == nil { confidence -= 0.1 }
        if claim.quantity.qualifier == .vague { confidence -= 0.1 }
        return confidence
    }
}
