import Syntax
import TallyModel

/// Tells whether a sentence stands behind a number.
struct ModalityReader: Sendable {
    let today: CalendarDay?

    /// Words that deny what stands behind them.
    static let denials: Set<String> = [
        "denied", "denies", "deny", "denying", "dismissed", "dismisses", "fabrication", "refuted", "refutes",
        "rejected", "rejects", "untrue",
    ]

    /// Returns the modality of a quantity in its sentence.
    func modality(
        of reading: QuantityReading,
        in sentence: Sentence,
        mentions: [TimeReader.Mention]
    ) -> Claim.Modality {
        let index = reading.tokens.lowerBound
        if reading.isDenial { return .asserted }
        if isDenied(sentence, before: index) { return .denied }
        if isBackground(reading, in: sentence, mentions: mentions) { return .background }
        if OwnFigure.isTold(by: reading, in: sentence) { return .asserted }
        if let modality = prospect(sentence, around: reading.tokens) { return modality }
        if isComingHarm(reading, in: sentence) || isDue(reading, in: sentence) { return .forecast }
        return .asserted
    }
}

private extension ModalityReader {
    /// "denied that 63 soldiers …": the number stands behind the denial, in the same clause.
    func isDenied(_ sentence: Sentence, before index: Int) -> Bool {
        var position = index - 1
        while let token = sentence.token(position) {
            if token.text == ";" { return false }
            // "denies this and says that …": what is denied was told before.
            let isOfOther =
                ["it", "them", "this"].contains(sentence.lower(position + 1))
                && sentence.tree?.labels[position + 1] == .dobj
            if Self.denials.contains(token.lower), !isOfOther, !isRuling(sentence, behind: position) {
                return !isTold(sentence, index, beside: position)
            }
            if token.lower == "and", let next = sentence.token(position + 1),
                VerbForms.isClearVerb(next.lower)
            {
                return false
            }
            if token.lower == "but" || token.lower == "saying" || token.lower == "said" { return false }
            if token.lower == "truth", sentence.lower(position - 1) == "no" { return true }
            position -= 1
        }
        // "Reports that 15 people died are false."
        for position in index..<sentence.tokens.count where Self.falsehoods.contains(sentence.lower(position))
        {
            let before = sentence.lower(position - 1)
            let isNamed = ["a", "an", "fairy", "pure"].contains(before)
            let verbs = isNamed ? [position - 2, position - 3] : [position - 1]
            if verbs.contains(where: { Words.auxiliaries.contains(sentence.lower($0)) }) { return true }
        }
        return false
    }

    /// "A judge dismisses the $10bn lawsuit": what is dismissed is one plea, and the sum of it is denied by nobody.
    func isRuling(_ sentence: Sentence, behind denial: Int) -> Bool {
        guard Self.rulings.contains(sentence.lower(denial)), let tree = sentence.tree,
            denial < tree.tags.count, let object = tree.child(of: denial, .dobj)
        else { return false }
        return Self.pleas.contains(sentence.lower(object))
    }

    /// Whether a number is told of what is denied, and is not the denial's own: "denies any part in the raid that killed 8".
    func isTold(_ sentence: Sentence, _ index: Int, beside denial: Int) -> Bool {
        guard let tree = sentence.tree, index < tree.heads.count else { return false }
        for token in tree.path(from: index) {
            if token == denial { return false }
            if tree.labels[token] == .relcl { return true }
            // "denies a quagmire as the cost hits $25bn"
            let isBeside = tree.labels[token] == .advcl && token > denial
            if isBeside, tree.children[token].contains(where: { Self.meanwhile.contains(sentence.lower($0)) })
            {
                return true
            }
        }
        return false
    }

    func isBackground(
        _ reading: QuantityReading,
        in sentence: Sentence,
        mentions: [TimeReader.Mention]
    ) -> Bool {
        let index = reading.tokens.lowerBound
        // "not 4,212", "to 371 from 418", "down from 6", "instead of 12"
        let last = ["the", "an", "a"].contains(sentence.lower(index - 1)) ? index - 2 : index - 1
        let before = sentence.lower(last)
        if before == "not", reading.qualifier == .exact { return true }
        if before == "from", isChange(sentence, before: last) { return true }
        if before == "of", sentence.lower(last - 1) == "instead" { return true }
        if before == "than", sentence.lower(last - 1) == "rather" { return true }
        // "£597.1m (previously reported: £612.4m)", "(Q1 2025: £599.8m)"
        if before == ":", isAside(sentence, before: last) { return true }
        if isFormer(sentence, before: index) || isPutBefore(sentence, before: index)
            || isAfterEarlier(sentence, before: index)
        {
            return true
        }
        let after = reading.nounStart
        for position in after..<max(after, min(after + 5, sentence.tokens.count)) {
            if sentence.tokens[position].isNumber || sentence.lower(position) == "(" { break }
            if ["first", "previously", "earlier", "initially", "originally"].contains(
                sentence.lower(position)
            ),
                [
                    "reported", "announced", "stated", "given", "said", "published", "claimed", "estimated",
                    "thought",
                ].contains(sentence.lower(position + 1))
            {
                return true
            }
        }
        if isSuperseded(sentence, before: index) { return true }
        if isWholeWar(sentence, before: index) || isEarlierEvent(sentence, around: index) { return true }
        guard let today else { return false }
        for mention in mentions where isOld(mention, today: today) {
            guard mention.isYearStated, mention.link != "since" else { continue }
            if sharesClause(sentence, index, mention.tokens.lowerBound) { return true }
            // "The last outbreak was in 2013, when 97 people caught measles."
            let end = mention.tokens.upperBound
            if end < index, sentence.lower(end) == ",", sentence.lower(end + 1) == "when" { return true }
        }
        // "the deadliest since 31 soldiers died"
        let since = sentence.tokens.indices.prefix(index).last { sentence.lower($0) == "since" }
        if let since, isSuperlative(sentence, before: index),
            Belonging.isOwn(since, in: sentence, of: reading)
        {
            return true
        }
        return false
    }

    /// Whether a label before a number, in brackets, is of an earlier number or time.
    func isAside(_ sentence: Sentence, before colon: Int) -> Bool {
        guard let open = (max(0, colon - 6)..<colon).last(where: { sentence.lower($0) == "(" }) else {
            return false
        }
        return (open + 1..<colon).contains { position in
            Self.former.contains(sentence.lower(position))
                || sentence.tokens[position].isNumber && sentence.tokens[position].text.utf8.count == 4
        }
    }

    static let former: Set<String> = [
        "before", "earlier", "formerly", "originally", "previous", "previously", "was",
    ]

    /// "Before Saturday, 11 people had died": what had been until the event is of other events.
    func isFormer(_ sentence: Sentence, before index: Int) -> Bool {
        guard let before = (0..<min(index, 3)).first(where: { sentence.lower($0) == "before" }),
            let comma = (before + 1..<index).first(where: { sentence.lower($0) == "," }), comma - before <= 5,
            (before + 1..<comma).allSatisfy({ !sentence.tokens[$0].isNumber })
        else { return false }
        return (index..<min(index + 6, sentence.tokens.count)).contains { sentence.lower($0) == "had" }
    }

    /// "The prefecture had put the dead at eight": what somebody had told is no news.
    func isPutBefore(_ sentence: Sentence, before index: Int) -> Bool {
        for position in stride(from: index - 1, through: max(1, index - 8), by: -1) {
            if [",", ";", "that", "but"].contains(sentence.lower(position)) { return false }
            if Self.puttings.contains(sentence.lower(position)) {
                return (1...2).contains { sentence.lower(position - $0) == "had" }
            }
        }
        return false
    }

    static let puttings: Set<String> = ["given", "listed", "put", "reported", "spoken"]

    /// "comes weeks after nineteen people died in …": another event before this one.
    func isAfterEarlier(_ sentence: Sentence, before index: Int) -> Bool {
        (1...3).map { index - $0 }.contains { position in
            sentence.lower(position) == "after" && Self.spans.contains(sentence.lower(position - 1))
        }
    }

    static let spans: Set<String> = ["days", "month", "months", "week", "weeks", "year", "years"]

    /// Whether an earlier version, count or report is quoted.
    func isSuperseded(_ sentence: Sentence, before index: Int) -> Bool {
        for position in 0..<index where Self.earlier.contains(sentence.lower(position)) {
            for next in (position + 1)..<(position + 4) where Self.statements.contains(sentence.lower(next)) {
                return true
            }
        }
        return false
    }

    /// Whether a long course of events is the subject: "the war has cost more than 8,000 lives".
    func isWholeWar(_ sentence: Sentence, before index: Int) -> Bool {
        for position in 0..<index where Self.courses.contains(sentence.lower(position)) {
            var next = position + 1
            while Self.perfects.contains(sentence.lower(next)) { next += 1 }
            if next > position + 1, let name = PredicateWords.verbs[sentence.lower(next)],
                ["cost", "displace", "kill", "wound"].contains(name) || sentence.lower(next) == "claimed"
            {
                return true
            }
        }
        return false
    }

    /// "in the last great epidemic", "during the previous flood": another event than the one that is told of.
    func isEarlierEvent(_ sentence: Sentence, around index: Int) -> Bool {
        for position in sentence.tokens.indices where Self.before.contains(sentence.lower(position)) {
            guard ["the", "its", "their"].contains(sentence.lower(position - 1)),
                Self.within.contains(sentence.lower(position - 2)), sharesClause(sentence, index, position)
            else { continue }
            for noun in (position + 1)..<(position + 4)
            where NounKinds.table[Words.singular(sentence.lower(noun))] == "event" { return true }
        }
        return false
    }

    static let before: Set<String> = ["earlier", "last", "previous"]
    static let within: Set<String> = ["after", "by", "during", "from", "in"]
    static let courses: Set<String> = ["campaign", "conflict", "insurgency", "rebellion", "uprising", "war"]
    static let perfects: Set<String> = ["already", "had", "has", "have", "so", "far"]
    static let comparisons: Set<String> = ["against", "compared", "from", "since", "than", "versus"]
    static let earlier: Set<String> = ["earlier", "initial", "original", "previous"]
    static let statements: Set<String> = [
        "count", "estimate", "figure", "figures", "number", "report", "reports", "statement", "tally", "toll",
        "version",
    ]

    func isOld(_ mention: TimeReader.Mention, today: CalendarDay) -> Bool {
        let months = (today.year - mention.year) * 12 + today.month - (mention.month ?? 12)
        return months > 3 && mention.text.utf8.count <= 7 || months > 6
    }

    func isSuperlative(_ sentence: Sentence, before index: Int) -> Bool {
        for position in stride(from: index - 1, through: max(0, index - 16), by: -1) {
            let lower = sentence.lower(position)
            if lower == "worst" || lower == "most"
                || (lower.hasSuffix("est") && sentence.lower(position - 1) == "the") || lower == "first"
            {
                return true
            }
        }
        return false
    }

    /// Whether no semicolon or "but" parts a number from a date.
    func sharesClause(_ sentence: Sentence, _ first: Int, _ second: Int) -> Bool {
        let range = min(first, second)..<max(first, second)
        var commas = 0
        for index in range {
            let lower = sentence.lower(index)
            if lower == ";" || lower == "but" || lower == "while" || Self.comparisons.contains(lower) {
                return false
            }
            if lower == "," { commas += 1 }
        }
        return commas == 0 || (commas == 1 && range.lowerBound <= 2 && second < first)
    }

    func isChange(_ sentence: Sentence, before index: Int) -> Bool {
        for position in stride(from: index - 1, through: max(0, index - 14), by: -1) {
            let lower = sentence.lower(position)
            if ["up", "down", "revised", "changed", "corrected", "lowered", "restated"].contains(lower) {
                return true
            }
            if let name = PredicateWords.verbs[lower], ["cut", "fall", "raise", "rise"].contains(name) {
                return true
            }
        }
        return false
    }

    func prospect(_ sentence: Sentence, around tokens: Range<Int>) -> Claim.Modality? {
        for index in 0..<min(3, sentence.tokens.count) where sentence.lower(index) == "if" {
            return .hypothetical
        }
        // The words of the quantity are read too: "could exceed one hundred".
        var position = tokens.upperBound - 1
        var steps = 0
        while let token = sentence.token(position), steps < 14, token.text != ";",
            token.kind != .quote || steps < 2
        {
            if let modality = word(token, in: sentence, at: position) { return modality }
            if token.lower == "and" || token.lower == "but" || token.lower == "said" || token.lower == ",",
                steps > 3
            {
                break
            }
            if token.lower == "if" { return .hypothetical }
            position -= 1
            steps += 1
        }
        position = tokens.upperBound
        steps = 0
        while let token = sentence.token(position), steps < 6, token.isWord {
            if ["and", "but", "that", "where", "which", "who", "whose"].contains(token.lower)
                || token.lower == "in" && sentence.lower(position + 1) == "which"
            {
                break
            }
            if let modality = word(token, in: sentence, at: position) { return modality }
            if token.lower == "expected" { return .forecast }
            position += 1
            steps += 1
        }
        return nil
    }

    /// "30 million will be infected": nobody plans to come to harm, as a firm plans to cut jobs.
    func isComingHarm(_ reading: QuantityReading, in sentence: Sentence) -> Bool {
        guard let tree = sentence.tree, let top = tree.top(of: reading.number) else { return false }
        let verb = tree.path(from: top).first { tree.tags[$0].isVerb }
        guard let verb, let name = PredicateWords.verbs[sentence.lower(verb)], Self.harms.contains(name)
        else {
            return false
        }
        return tree.children[verb].contains { sentence.lower($0) == "will" || sentence.lower($0) == "'ll" }
    }

    /// "180,000 children are to be vaccinated": it is still to come; a plan to close shops or cut jobs is told by itself.
    func isDue(_ reading: QuantityReading, in sentence: Sentence) -> Bool {
        guard let tree = sentence.tree, let top = tree.top(of: reading.number) else { return false }
        return tree.path(from: top).prefix(4).contains { verb in
            tree.tags[verb].isVerb && sentence.lower(verb - 1) == "be" && sentence.lower(verb - 2) == "to"
                && ["are", "is"].contains(sentence.lower(verb - 3))
                && Self.dues.contains(PredicateWords.verbs[sentence.lower(verb)] ?? "")
        }
    }

    /// What is done to people when its day has come.
    static let dues: Set<String> = [
        "evacuate", "hospitalise", "release", "rescue", "test", "treat", "vaccinate",
    ]

    static let harms: Set<String> = ["displace", "homeless", "hospitalise", "infect", "kill", "wound"]

    /// A modal or a verb of prospect.
    ///
    /// What someone says that he would do is a statement.
    func word(_ token: Token, in sentence: Sentence, at index: Int) -> Claim.Modality? {
        guard !token.isCapitalised, let modality = Self.words[token.lower] else { return nil }
        // "whom they could not find", "could not be more than 55": what could not be is no prospect, but for what nobody knows.
        if token.lower == "could", ["not", "n't"].contains(sentence.lower(index + 1)),
            !Self.knowing.contains(sentence.lower(index + 2))
        {
            return nil
        }
        if token.lower == "would" {
            // "I would say close to 320"
            if ["estimate", "guess", "put", "reckon", "say"].contains(sentence.lower(index + 1)) {
                return nil
            }
            for before in 0..<index where Self.sayings.contains(sentence.lower(before)) { return nil }
        }
        return modality
    }

    /// What nobody could do who does not know whether it is so.
    static let knowing: Set<String> = [
        "confirm", "establish", "exclude", "independently", "rule", "say", "verify",
    ]

    static let sayings: Set<String> = ["announced", "confirmed", "promised", "said", "says", "told"]

    static let meanwhile: Set<String> = ["after", "as", "when", "while"]

    static let rulings: Set<String> = ["dismissed", "dismisses", "rejected", "rejects"]

    /// What courts, boards and agencies rule on.
    static let pleas: Set<String> = [
        "appeal", "application", "bid", "case", "complaint", "lawsuit", "motion", "offer", "petition", "plan",
        "proposal",
        "suit",
    ]

    static let falsehoods: Set<String> = [
        "fabricated", "fabrication", "false", "untrue", "wrong", "nonsense", "baseless", "devoid",
        "groundless",
        "fantasy", "fiction", "invented", "invention", "lie", "myth", "tale", "unfounded", "unsubstantiated",
    ]

    static let words: [String: Claim.Modality] = [
        "could": .hypothetical, "might": .hypothetical, "would": .hypothetical, "may": .hypothetical,
        "expect": .forecast, "expects": .forecast, "expected": .forecast, "forecast": .forecast,
        "forecasts": .forecast,
        "foresee": .forecast, "foresees": .forecast, "predict": .forecast, "predicts": .forecast,
        "predicted": .forecast, "project": .forecast,
        "projects": .forecast, "projected": .forecast, "anticipates": .forecast, "anticipated": .forecast,
        "intends": .forecast, "hopes": .forecast, "foreseen": .forecast, "probability": .forecast,
        "guidance": .forecast, "outlook": .forecast, "consensus": .forecast,
    ]
}
