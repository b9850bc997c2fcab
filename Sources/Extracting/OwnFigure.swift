/// A number that a party is known to hold: "the company's total of 97", "the ministry's figure of 3,200".
///
/// It is the party's own, even where the sentence only supposes that it is right, and its noun tells nothing of what it
/// counts.
enum OwnFigure {
    /// Whether a quantity stands behind a noun for numbers that somebody has.
    static func isTold(by reading: QuantityReading, in sentence: Sentence) -> Bool {
        let of = reading.tokens.lowerBound - 1
        guard sentence.lower(of) == "of", CountedReader.stand.contains(sentence.lower(of - 1)) else {
            return false
        }
        return (2...4).contains { sentence.lower(of - $0) == "'s" }
    }
}
