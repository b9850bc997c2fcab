import Foundation
import TallyModel
import Testing

@Suite struct ContractTests {
    @Test("a claim is written as one flat object with null for what is not known")
    func claimKeys() throws {
        let quantity = Quantity(low: 10000, high: nil, qualifier: .moreThan, unit: "people")
        let claim = Claim(
            surface: "over 10,000",
            sentence: "Over 10,000 came.",
            start: 0,
            end: 11,
            quantity: quantity
        )
        let object = try object(of: claim)
        #expect(object["low"] as? Int == 10000)
        #expect(object["high"] is NSNull)
        #expect(object["qualifier"] as? String == "more_than")
        #expect(object["place"] is NSNull)
        #expect(object["as_of"] is NSNull)
        #expect(object["attribution"] is NSNull)
        #expect(object["modality"] as? String == "asserted")
    }

    @Test(
        "a claim's value is a number to the last digit",
        arguments: ["0.1", "1234567890.123", "97.3", "-0.65"]
    )
    func exactValues(_ digits: String) throws {
        let value = try #require(Decimal(string: digits))
        let quantity = Quantity(low: value, high: value, qualifier: .exact, unit: "percent")
        let claim = Claim(surface: digits, sentence: digits, start: 0, end: digits.count, quantity: quantity)
        let text = try TallyJSON.text(of: claim)
        #expect(text.contains("\"low\":\(digits),"))
        #expect(try TallyJSON.decoder().decode(Claim.self, from: Data(text.utf8)) == claim)
    }

    @Test("an alert keeps every key of the contract, and reads back as it was")
    func alertKeys() throws {
        let article = ArticleReference(
            id: "a",
            revisionID: "r",
            url: "https://example.org/1",
            title: "Quay",
            outlet: "Example",
            published: Date(timeIntervalSince1970: 1_700_000_000)
        )
        let quantity = Quantity(low: 12, high: 12, qualifier: .exact, unit: "people")
        let claim = Claim(surface: "12", sentence: "12 died.", start: 0, end: 2, quantity: quantity)
        let sourced = SourcedClaim(claim: claim, article: article)
        var details = Alert.Details(severity: .critical, reason: "12 against 9")
        details.story = Alert.StoryReference(id: "s", title: "Quay")
        details.figure = Alert.FigureReference(id: "f", label: "people killed", unit: "people")
        details.claim = Alert.ClaimInAlert(sourced)
        details.baseline = Alert.BaselineInAlert(Baseline(low: 9, best: 9, high: 9), claims: [sourced])
        let alert = Alert(id: "alert_1", type: .contradicted, timestamp: article.published, data: details)
        let object = try object(of: alert)
        #expect(object["type"] as? String == "figure.contradicted")
        #expect(object["timestamp"] as? String == "2023-11-14T22:13:20Z")
        let data = try #require(object["data"] as? [String: Any])
        for key in ["severity", "story", "watch", "figure", "claim", "baseline", "reason", "first_of_story"] {
            #expect(data[key] != nil, "\(key)")
        }
        let text = try TallyJSON.text(of: alert)
        #expect(!text.contains("\n"))
        #expect(try TallyJSON.decoder().decode(Alert.self, from: Data(text.utf8)) == alert)
    }

    @Test("an article's JSON may leave out everything but its text")
    func sparseArticle() throws {
        let article = try TallyJSON.decoder().decode(Article.self, from: Data(#"{"text": "One."}"#.utf8))
        #expect(article == Article(text: "One."))
    }

    private func object(of value: some Encodable) throws -> [String: Any] {
        let data = try TallyJSON.encoder().encode(value)
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
}
