import Extracting
import Foundation
import TallyModel
import Testing

@testable import Comparing

/// Two texts and the relation of the numbers that they are about.
struct TextPair: Decodable, Sendable, CustomTestStringConvertible {
    struct Text: Decodable, Sendable {
        let text: String
        let focus: String
        let source: String?
        let date: String?
    }

    let id: String
    let kind: String
    let relation: String
    let a: Text
    let b: Text

    var testDescription: String { "\(id) \(kind)" }

    /// The class of the relation that the comparator sees, the text of the earlier date first.
    var found: String {
        (b.date ?? "") < (a.date ?? "") ? Self.found(b, a) : Self.found(a, b)
    }

    /// The same with the texts in their other order.
    var foundBackwards: String {
        (b.date ?? "") < (a.date ?? "") ? Self.found(a, b) : Self.found(b, a)
    }

    /// Returns the class of a relation: a narrower number agrees, and a new one is another.
    static func name(of relation: Comparison.Relation) -> String {
        switch relation {
        case .agree, .refine: "agree"
        case .update: "update"
        case .contradict: "contradict"
        case .different, .new: "different"
        }
    }

    private static func found(_ a: Text, _ b: Text) -> String {
        let relations = Comparator().relations(
            between: claims(of: a, "a"),
            and: claims(of: b, "b"),
            isOrdered: a.date != nil || b.date != nil
        )
        let hit = relations.first { covers($0.a.claim, a.focus) && covers($0.b.claim, b.focus) }
        return hit.map { name(of: $0.relation) } ?? "different"
    }

    private static func covers(_ claim: Claim, _ focus: String) -> Bool {
        claim.surface.contains(focus) || focus.contains(claim.surface)
            || focus.split(separator: " ").last.map { claim.surface.contains($0) } ?? false
    }

    private static func claims(of text: Text, _ id: String) -> [SourcedClaim] {
        let article = Article(
            outlet: text.source ?? "",
            published: text.date.flatMap(Timestamp.date(from:)),
            text: text.text
        )
        let reference = ArticleReference(
            id: id,
            revisionID: id,
            url: "",
            title: "",
            outlet: article.outlet,
            published: article.published ?? Date(timeIntervalSince1970: 0)
        )
        return ClaimExtractor().claims(in: article, readAt: nil).map {
            SourcedClaim(claim: $0, article: reference)
        }
    }
}
