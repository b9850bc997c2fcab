import FoundationEssentials
import Syntax
import TallyModel
import Testing

@testable import Extracting

@Suite struct SyntaxReaderTests {
    static func sentence(_ text: String) -> Sentence {
        SentenceSplitter().sentences(of: text)[0]
    }

    @Test("contractions, abbreviations and glued suffixes keep the tree on the sentence's own tokens")
    func tokens() throws {
        var sentences = [
            Self.sentence("Mr. Hale didn't say that 1.2bn kroner went to the 42nd Brigade in the U.S. army.")
        ]
        SyntaxReader().addTrees(to: &sentences, at: [0])
        let tree = try #require(sentences[0].tree)
        let words = sentences[0].tokens.map(\.text)
        #expect(tree.heads.count == words.count)
        let verb = try #require(words.firstIndex(of: "say"))
        let name = try #require(words.firstIndex(of: "Hale"))
        #expect(tree.heads[name] == verb)
        #expect(tree.labels[name] == .nsubj)
        let auxiliary = try #require(words.firstIndex(of: "didn't"))
        #expect(tree.heads[auxiliary] == verb)
    }

    @Test("heads that lead in a circle end at a root")
    func circles() {
        let labels = [Dependency](repeating: .dep, count: 5)
        let tags = [PartOfSpeech](repeating: .noun, count: 5)
        let tree = SentenceTree(tags: tags, heads: [1, 2, 0, 2, 4], labels: labels)
        #expect(tree.heads.indices.allSatisfy { tree.path(from: $0).count <= 5 })
        #expect(tree.extent(of: 3) == 3...3)
        #expect(tree.heads.indices.filter { tree.heads[$0] == $0 }.count == 2)
    }

    @Test("a sentence that is too long has no tree, and its claims are read all the same")
    func long() {
        let text =
            "At Orrin 14 miners were killed " + String(repeating: "in the pit of the town ", count: 2000)
            + "."
        var sentences = [Self.sentence(text)]
        SyntaxReader().addTrees(to: &sentences, at: [0])
        #expect(sentences[0].tree == nil)
        let claims = ClaimExtractor().claims(in: Article(published: nil, text: text), readAt: nil)
        #expect(claims.map(\.quantity.low) == [14])
        #expect(claims.first?.predicate == "kill")
    }
}
