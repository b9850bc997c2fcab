import FoundationEssentials
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

    /// Returns the claim of a quantity; `nil` where the quantity turns out to count nothing.
    mutating func claim(of reading: QuantityReading, sentenceAt index: Int) -> Claim? {
        let sentence = sentences[index]
        guard let counting = counted.counting(of: reading, in: sentence, at: index) else { return nil }
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
        if reading.isAge {
            claim.predicate = "age"
            claim.subject = persons.description(ofAge: reading, sentenceAt: index)
        } else if counting.isMeasure {
            claim.subject = context.subject(of: reading, in: sentence)
        }
        context.complete(&claim, of: reading, predicateAt: counting.predicate.index, sentenceAt: index)
        if counting.isElliptic { claim.confidence -= 0.15 }
        return claim
    }
}
