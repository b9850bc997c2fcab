import Testing

@testable import Syntax

@Suite struct LexicalHashTests {
    struct Case: Sendable {
        var shows: String
        var word: String
        var hash: UInt64
    }

    // Values of spaCy 3.8: `spacy.strings.hash_string`.
    static let cases = [
        Case(shows: "a short word", word: "the", hash: 7_425_985_699_627_899_538),
        Case(shows: "no word at all", word: "", hash: 0),
    ]

    @Test("a word has the hash that spaCy gives it", arguments: cases)
    func hash(_ example: Case) {
        #expect(LexicalHash.hash(example.word) == example.hash, "\(example.shows)")
    }

    @Test("a hash leads to the four rows that thinc takes")
    func rows() {
        let rows = LexicalHash.rows(of: 7_425_985_699_627_899_538, seed: 8)
        #expect(rows == [2_332_737_498, 1_315_472_909, 1_351_622_599, 1_973_209_364])
    }

    @Test("a shape keeps at most four of a kind")
    func shape() {
        #expect(LexicalFeatures.shape(of: "Mobilisation".unicodeScalars) == "Xxxxx")
        #expect(LexicalFeatures.shape(of: "10,000".unicodeScalars) == "dd,ddd")
    }
}
