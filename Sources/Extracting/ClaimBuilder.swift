import FoundationEssentials
import Syntax
import TallyModel

/// Makes claims of quantities: what is counted, what happened, where, when, and who says so.
struct ClaimBuilder {
    let sentences: [Sentence]
    private var context: ContextReader
    private var counted: CountedReader
    private let persons: PersonReader

    init(sentences: [Sentence], published: Date?) {
        self.sentences = sentences
        context = ContextReader(sentences: sentences, published: published)
        counted = CountedReader(sentences: sentences)
        persons = PersonReader(sentences: sentences)
    }

    /// Returns what a quantity is of; `nil` where it turns out to count nothing.
    mutating func counting(of reading: QuantityReading, sentenceAt index: Int) -> CountedReader.Counting? {
        counted.counting(of: reading, in: sentences[index], at: index)
    }

    /// Returns the claim of a quantity.
    mutating func claim(
        of reading: QuantityReading,
        _ counting: CountedReader.Counting,
        sentenceAt index: Int
    ) -> Claim {
        let sentence = sentences[index]
        let start = sentence.tokens[reading.tokens.lowerBound].start
        let end = sentence.tokens[reading.tokens.upperBound - 1].end
        let scalars = sentence.text.unicodeScalars.dropFirst(start - sentence.start).prefix(end - start)
        var claim = Claim(
            surface: String(String.UnicodeScalarView(scalars)),
            sentence: sentence.text,
            start: start,
            end: end,
            quantity: Quantity(
                low: reading.low,
                high: reading.high,
                qualifier: reading.qualifier,
                unit: counting.unit
            )
        )
        claim.counted = counting.phrase?.text
        claim.head = counting.phrase?.head
        claim.predicate = PredicateRefinement.name(
            counting.predicate.name,
            head: counting.phrase?.head,
            unit: counting.unit
        )
        if UnitTable.codes.contains(counting.unit),
            PredicateRefinement.isWorth(reading, predicate: claim.predicate, in: sentence)
        {
            claim.predicate = "worth"
        }
        if reading.isAge {
            claim.predicate = "age"
            claim.subject = persons.description(ofAgeInSentenceAt: index)
        } else if let bearer = counting.bearer {
            claim.subject = bearer
        } else if counting.isMeasure {
            claim.subject = context.subject(of: reading, in: sentence)
        }
        context.complete(&claim, of: reading, predicateAt: counting.predicate.index, sentenceAt: index)
        if counting.isPart, claim.kind == .total { claim.kind = .part }
        if counting.isElliptic { claim.confidence -= 0.15 }
        return claim
    }

    /// Returns which words gave a claim its slots.
    func explanation(of counting: CountedReader.Counting, sentenceAt index: Int) -> ClaimExplanation {
        let sentence = sentences[index]
        var words: String?
        if counting.rule != .ellipsis, let phrase = counting.phrase, phrase.start < phrase.end,
            phrase.end <= sentence.tokens.count
        {
            words = sentence.words(phrase.start..<phrase.end)
        }
        let predicate = counting.predicate.index.flatMap { sentence.token($0)?.text }
        var lines: [String] = []
        if let tree = sentence.tree {
            lines = sentence.tokens.indices.map { token in
                let head = tree.heads[token]
                let link = head == token ? "" : " \(sentence.tokens[head].text)"
                return
                    "\(sentence.tokens[token].text) \(tree.tags[token].rawValue) \(tree.labels[token].rawValue)\(link)"
            }
        }
        return ClaimExplanation(
            countedWords: words,
            countedRule: counting.rule,
            predicateWord: predicate,
            tree: lines
        )
    }
}
