import ArgumentParser
import Extracting
import Foundation
import Parsing
import TallyModel

struct ExtractCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Show the article and the claims of an HTML or text document."
    )

    @Argument(help: "A file, an http or https URL, or - for standard input.")
    var document: String

    @Option(name: .long, help: "The URL that the document is from.")
    var url: String?

    @Option(name: .long, help: "The document's media type, with its charset where it is known.")
    var contentType: String?

    @Option(name: .long, help: "When it was published (RFC 3339), if the document does not say.")
    var published: String?

    @Flag(
        name: .long,
        help: "Show for each claim which words gave which slot, and how its sentence was parsed."
    )
    var explain = false

    @OptionGroup var documents: DocumentOption
    @OptionGroup var output: JSONFlag

    func run() async throws {
        var article = try await documents.article(document, url: url, contentType: contentType)
        if let published {
            guard let date = Timestamp.date(from: published) else {
                throw Failure.configuration("--published: \(published) is not RFC 3339")
            }
            article.published = article.published ?? date
        }
        let found: [(claim: Claim, explanation: ClaimExplanation?)] =
            explain
            ? ClaimExtractor().explainedClaims(in: article, readAt: nil).map { ($0, $1) }
            : ClaimExtractor().claims(in: article, readAt: nil).map { ($0, nil) }
        if output.json {
            let claims = found.map { ExplainedClaim(claim: $0.claim, explanation: $0.explanation) }
            try Output.json(Extraction(article: article, claims: claims))
            return
        }
        Output.line(article.title.isEmpty ? "(no title)" : article.title)
        let published = article.published.map(Timestamp.text(of:)) ?? "no date"
        Output.line([article.outlet, published, article.url].filter { !$0.isEmpty }.joined(separator: "  "))
        Output.line("")
        for (claim, explanation) in found {
            Output.line(ClaimText.line(of: claim))
            Output.line("    “\(claim.sentence)”")
            if let explanation { Self.lines(of: claim, explanation).forEach { Output.line("    \($0)") } }
        }
        if found.isEmpty { Output.line("no claims") }
    }
}

private extension ExtractCommand {
    static func lines(of claim: Claim, _ explanation: ClaimExplanation) -> [String] {
        let counted =
            explanation.countedWords.map { "“\($0)”" }
            ?? (claim.counted == nil ? "nothing" : "another sentence")
        var lines = [
            "value      “\(claim.surface)” (\(claim.quantity.qualifier.rawValue))",
            "counted    \(counted), as \(words(for: explanation.countedRule))",
            "predicate  " + (explanation.predicateWord.map { "“\($0)”" } ?? "no word of the sentence"),
        ]
        for (name, slot) in [("place", claim.place), ("as of", claim.asOf), ("says", claim.attribution)] {
            if let slot { lines.append(name.padding(toLength: 11, withPad: " ", startingAt: 0) + slot) }
        }
        return lines + ["tree:"] + explanation.tree.map { "  \($0)" }
    }

    static func words(for rule: ClaimExplanation.Rule) -> String {
        switch rule {
        case .age: "the person whose age it is"
        case .unit: "the unit tells"
        case .noun: "the noun that the number hangs on"
        case .measured: "the noun that the measure is said of"
        case .converted: "the same amount in another currency"
        case .label: "the label before the number"
        case .subject: "the noun to the left of the number"
        case .ellipsis: "what was counted or measured last"
        }
    }
}

private struct Extraction: Encodable {
    let article: Article
    let claims: [ExplainedClaim]
}

/// A claim's object, with its explanation where one was asked for.
private struct ExplainedClaim: Encodable {
    let claim: Claim
    let explanation: ClaimExplanation?

    private enum CodingKeys: String, CodingKey {
        case explanation
    }

    func encode(to encoder: any Encoder) throws {
        try claim.encode(to: encoder)
        guard let explanation else { return }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(explanation, forKey: .explanation)
    }
}

/// A claim as people read it.
enum ClaimText {
    static func line(of claim: Claim) -> String {
        var parts = [interval(claim.quantity), claim.quantity.unit]
        if let counted = claim.counted ?? claim.subject { parts.append("· \(counted)") }
        if let predicate = claim.predicate { parts.append("· \(predicate)") }
        if let place = claim.place { parts.append("· in \(place)") }
        if let asOf = claim.asOf { parts.append("· as of \(asOf)") }
        if let scope = claim.timeScope { parts.append("· \(scope)") }
        if let attribution = claim.attribution { parts.append("· says \(attribution)") }
        if claim.modality != .asserted { parts.append("· \(claim.modality.rawValue)") }
        return parts.joined(separator: " ")
    }

    static func interval(_ quantity: Quantity) -> String {
        switch (quantity.low, quantity.high) {
        case (let low?, let high?) where low == high: "\(quantity.qualifier == .approx ? "~" : "")\(low)"
        case (let low?, let high?): "\(low)–\(high)"
        case (let low?, nil): "≥\(low)"
        case (nil, let high?): "≤\(high)"
        case (nil, nil): "?"
        }
    }
}
