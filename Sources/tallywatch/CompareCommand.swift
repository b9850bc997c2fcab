import ArgumentParser
import Comparing
import Extracting
import Foundation
import TallyModel

struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Hold the claims of two documents against each other.",
        discussion: "A is the earlier document. A document is an HTML page, plain text, or an article's JSON."
    )

    @Argument(help: "The earlier document: a file, URL or -.")
    var earlier: String

    @Argument(help: "The later document: a file or URL.")
    var later: String

    @Flag(help: "Show how likely each pair is of one figure, and what speaks for and against it.")
    var explain = false

    @OptionGroup var documents: DocumentOption
    @OptionGroup var output: JSONFlag

    func run() async throws {
        let first = try await claims(of: earlier)
        let second = try await claims(of: later)
        // Of two documents without a date neither is the later.
        let isDated = (first + second).contains { $0.article.published.timeIntervalSince1970 != 0 }
        let relations = Comparator().relations(between: first, and: second, isOrdered: isDated)
        if output.json {
            let rows = relations.map {
                RelationRow(
                    a: $0.a.claim,
                    b: $0.b.claim,
                    relation: $0.relation,
                    reason: $0.reason,
                    likeness: explain ? $0.likeness : nil,
                    evidence: explain ? $0.evidence : nil
                )
            }
            try Output.json(RelationDocument(relations: rows))
            return
        }
        for relation in relations where relation.relation != .different {
            Output.line("\(relation.relation.rawValue.uppercased())  \(relation.reason)")
            Output.line("  A: “\(relation.a.claim.sentence)”")
            Output.line("  B: “\(relation.b.claim.sentence)”")
            if explain { Output.line("  \(words(of: relation))") }
        }
        let different = relations.count { $0.relation == .different }
        Output.line("\(relations.count - different) pairs about one figure, \(different) that look alike")
    }

    private func words(of relation: ClaimRelation) -> String {
        let evidence = relation.evidence.filter { $0.value != 0 }.sorted { $0.key < $1.key }
            .map { "\($0.key) \(rounded($0.value))" }
        return "likeness \(rounded(relation.likeness)): \(evidence.joined(separator: ", "))"
    }

    private func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }

    private func claims(of name: String) async throws -> [SourcedClaim] {
        let article = try await documents.article(name)
        let reference = ArticleReference(
            id: name,
            revisionID: name,
            url: article.url,
            title: article.title,
            outlet: article.outlet,
            published: article.published ?? Date(timeIntervalSince1970: 0)
        )
        return ClaimExtractor().claims(in: article, readAt: nil).map {
            SourcedClaim(claim: $0, article: reference)
        }
    }
}

private struct RelationRow: Encodable {
    let a: Claim
    let b: Claim
    let relation: Comparison.Relation
    let reason: String
    let likeness: Double?
    let evidence: [String: Double]?
}

private struct RelationDocument: Encodable {
    let relations: [RelationRow]
}
