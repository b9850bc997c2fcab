import Foundation
import TallyModel
import Testing

@testable import Storing

/// The documents of the store are the JSON that the contracts read, though no general coder writes or reads them.
@Suite struct DocumentTests {
    private static func claim(_ change: (inout Claim) -> Void = { _ in }) -> Claim {
        var claim = Claim(
            surface: "over 1,200.5",
            sentence: "The dam holds over 1,200.5 cubic metres, \u{201C}officials\u{201D} said.",
            start: 14,
            end: 26,
            quantity: Quantity(
                low: Decimal(string: "1200.5"),
                high: nil,
                qualifier: .moreThan,
                unit: "cubic_metre"
            )
        )
        claim.confidence = 0.85
        change(&claim)
        return claim
    }

    private static func full(_ claim: inout Claim) {
        claim.counted = "North Korean soldiers"
        claim.head = "soldier"
        claim.subject = "Ana \"Nan\" O\\Brien"
        claim.predicate = "kill"
        claim.place = "Łódź/\u{1F30A}"
        claim.asOf = "2024-10"
        claim.timeScope = "since\t2021"
        claim.attribution = "line one\nline two\r\u{8}\u{C}\u{1}\u{1F}\u{7F}"
        claim.modality = .background
        claim.kind = .increment
        claim.names = ["kim", "", "o\\b"]
        claim.confidence = 1
    }

    static let claims: [Claim] = [
        claim(),
        claim(full),
        claim { $0.quantity.high = Decimal(string: "-0.000000000000000000123") },
        claim { $0.quantity.high = Decimal(string: "123456789012345678901234567890") },
        claim { $0.quantity = Quantity(low: nil, high: 100, qualifier: .atMost, unit: "people") },
        claim { $0.confidence = 0.1 + 0.2 },
    ]

    @Test("whatever a text has to escape, and wherever that stands in it, is read back")
    func escapes() throws {
        let scalars = (UInt8.min...UInt8.max).map { Unicode.Scalar($0) }
        for scalar in scalars + ["\u{2019}", "\u{1F30A}"] {
            for length in 0..<20 {
                var claim = Self.claim()
                claim.subject = String(repeating: "a", count: length) + String(scalar) + "tail of it"
                let text = Data(ClaimDocument.text(of: claim).utf8)
                #expect(try TallyJSON.decoder().decode(Claim.self, from: text).subject == claim.subject)
            }
        }
    }

    @Test("a claim that the contract's encoder wrote is read as well", arguments: claims)
    func written(claim: Claim) throws {
        let text = try TallyJSON.text(of: claim)
        #expect(try ClaimDocument.claim(of: Data(text.utf8)) == claim)
        #expect(ClaimDocument.text(of: claim).utf8.count <= text.utf8.count)
        #expect(!ClaimDocument.text(of: claim).contains("null"))
    }

    @Test("a claim is read back whole", arguments: claims)
    func read(claim: Claim) throws {
        let document = Data(ClaimDocument.text(of: claim).utf8)
        let found = try ClaimDocument.claim(of: document)
        #expect(found == claim)
        #expect(found == (try TallyJSON.decoder().decode(Claim.self, from: document)))
        #expect(found.quantity.low?.description == claim.quantity.low?.description)
    }

    @Test(
        "a claim of another hand is read by the general reader: spaces, escapes, missing and further fields"
    )
    func foreign() throws {
        let text = """
            { "surface": "5", "sentence": "5 d\\u00e9put\\u00e9s", "low": 5, "high": 5.0e0, "qualifier": "exact",
              "unit": "people", "more": {"a": 1} }
            """
        let claim = try ClaimDocument.claim(of: Data(text.utf8))
        #expect(
            claim.sentence == "5 d\u{E9}put\u{E9}s" && claim.quantity.low == 5 && claim.quantity.high == 5
        )
        #expect(claim.confidence == 0.5 && claim.modality == .asserted && claim.names == [])
    }

    @Test(
        "what is no claim is an error",
        arguments: [
            "", "{}", "[]", #"{"surface":"5""#, #"{"surface":"5","sentence":"5","unit":"people"}"#,
            #"{"surface":"5","sentence":"5","qualifier":"never","unit":"people"}"#,
            #"{"qualifier":"exact","sentence":"5","surface":"5","unit":"people"} x"#,
            #"{"low":1.2.3,"qualifier":"exact","sentence":"5","surface":"5","unit":"people"}"#,
        ]
    )
    func broken(text: String) {
        #expect(throws: DecodingError.self) { try ClaimDocument.claim(of: Data(text.utf8)) }
    }

    @Test("an article and a story's terms are written as the contract's encoder writes them")
    func others() throws {
        var article = Article(
            url: "https://example.org/1",
            title: "A \"quay\"",
            authors: ["A", "B"],
            published: Date(timeIntervalSince1970: 1_770_000_000.25),
            modified: Date(timeIntervalSince1970: 1_770_000_060),
            text: "One.\n\nTwo."
        )
        article.publishedZone = -330
        #expect(ArticleDocument.text(of: article) == (try TallyJSON.text(of: article)))
        #expect(
            ArticleDocument.text(of: Article(text: "")) == (try TallyJSON.text(of: Article(text: "")))
        )
        let terms = ["quay": 2.5, "a\"b": 3, "élan": 0.1 + 0.2, "zoo": 1e-7, "big": 1e20]
        #expect(TermsDocument.text(of: terms) == (try TallyJSON.text(of: terms)))
        #expect(TermsDocument.text(of: [:]) == "{}")
    }
}
