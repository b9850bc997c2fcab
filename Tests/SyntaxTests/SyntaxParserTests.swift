import Testing

@testable import Syntax

@Suite struct SyntaxParserTests {
    struct Case: Sendable {
        var sentence: String
        /// As spaCy 3.8 parses it: the tag, the head's index and the relation of each token.
        var analysis: String
    }

    static let cases = [
        Case(
            sentence: "The death toll from the landslide rose to 43 on Tuesday , officials said .",
            analysis: "DT/2/det NN/2/compound NN/6/nsubj IN/2/prep DT/5/det NN/3/pobj VBD/13/ccomp "
                + "IN/6/prep CD/7/pobj IN/6/prep NNP/9/pobj ,/13/punct NNS/13/nsubj VBD/13/ROOT ./13/punct"
        ),
        Case(
            sentence: "Two of the miners , who were trapped for nine days , have been freed .",
            analysis:
                "CD/14/nsubjpass IN/0/prep DT/3/det NNS/1/pobj ,/3/punct WP/7/nsubjpass VBD/7/auxpass VBN/3/relcl "
                + "IN/7/prep CD/10/nummod NNS/8/pobj ,/0/punct VBP/14/aux VBN/14/auxpass VBN/14/ROOT ./14/punct"
        ),
        Case(
            sentence: "The company earned $ 12 million from its harbour and did n't pay a dividend .",
            analysis:
                "DT/1/det NN/2/nsubj VBD/2/ROOT $/5/quantmod CD/5/compound CD/2/dobj IN/2/prep PRP$/8/poss "
                + "NN/6/pobj CC/2/cc VBD/12/aux RB/12/neg VB/2/conj DT/14/det NN/12/dobj ./2/punct"
        ),
        Case(
            sentence: "Police put the crowd at 18,000 , but organisers said it was three times that .",
            analysis: "NNS/1/nsubj VBD/1/ROOT DT/3/det NN/1/dobj IN/1/prep CD/4/pobj ,/1/punct CC/1/cc "
                + "NNS/9/nsubj VBD/1/conj PRP/11/nsubj VBD/9/ccomp CD/14/nummod NNS/12/quantmod DT/11/attr ./9/punct"
        ),
        Case(
            sentence: "The ferry 's crew of 14 had left the ship before it sank .",
            analysis: "DT/1/det NN/3/poss POS/1/case NN/7/nsubj IN/3/prep CD/4/pobj VBD/7/aux "
                + "VBN/7/ROOT DT/9/det NN/7/dobj IN/12/mark PRP/12/nsubj VBD/7/advcl ./7/punct"
        ),
    ]

    static func tokens(_ sentence: String) -> [SyntaxToken] {
        let words = sentence.split(separator: " ").map(String.init)
        return words.indices.map { index in
            let isGluedNext =
                index + 1 < words.count && [".", ",", "n't", "%", "'s"].contains(words[index + 1])
            return SyntaxToken(
                text: words[index],
                isSpaceBehind: index + 1 < words.count && !isGluedNext && words[index] != "$"
            )
        }
    }

    static func words(of tree: SyntaxTree) -> String {
        tree.tags.indices.map { index in
            "\(tree.tags[index].rawValue)/\(tree.heads[index])/\(tree.labels[index].rawValue)"
        }.joined(separator: " ")
    }

    @Test("a sentence is parsed as spaCy parses it", arguments: cases)
    func parse(_ example: Case) throws {
        let tree = try #require(SyntaxParser().trees(of: [Self.tokens(example.sentence)]).first)
        #expect(Self.words(of: tree) == example.analysis, "\(example.sentence)")
    }

    @Test("sentences that are parsed together know nothing of each other")
    func batch() {
        let parser = SyntaxParser()
        let sentences = Self.cases.map { Self.tokens($0.sentence) }
        let together = parser.trees(of: sentences)
        #expect(together == sentences.flatMap { parser.trees(of: [$0]) })
    }

    @Test("an empty sentence has an empty tree")
    func empty() {
        let trees = SyntaxParser().trees(of: [[], Self.tokens("Two boats sank .")])
        #expect(trees.map(\.heads.count) == [0, 4])
        #expect(SyntaxParser().trees(of: []).isEmpty)
    }
}
