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
        let claims = ClaimExtractor().claims(in: article, readAt: nil)
        if output.json {
            try Output.json(Extraction(article: article, claims: claims))
            return
        }
        Output.line(article.title.isEmpty ? "(no title)" : article.title)
        let published = article.published.map(Timestamp.text(of:)) ?? "no date"
        Output.line([article.outlet, published, article.url].filter { !$0.isEmpty }.joined(separator: "  "))
        Output.line("")
        for claim in claims {
            Output.line(ClaimText.line(of: claim))
            Output.line("    “\(claim.sentence)”")
        }
        if claims.isEmpty { Output.line("no claims") }
    }
}

private struct Extraction: Encodable {
    let article: Article
    let claims: [Claim]
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
