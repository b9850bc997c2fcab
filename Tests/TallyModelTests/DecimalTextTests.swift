import FoundationEssentials
import TallyModel
import Testing

@Suite struct DecimalTextTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let number: Decimal?
        var testDescription: String { text.isEmpty ? "nothing" : text }
    }

    static let cases = [
        Case(text: "12", number: 12),
        Case(text: "-3.50", number: Decimal(string: "-3.5")),
        Case(text: "12_000", number: 12000),
        Case(text: "1,234.5", number: Decimal(string: "1234.5")),
        Case(text: "10-12", number: nil),
        Case(text: "1.2.3", number: nil),
        Case(text: "--5", number: nil),
        Case(text: "5.", number: nil),
        Case(text: "1e3", number: nil),
        Case(text: "", number: nil),
        Case(text: "-", number: nil),
    ]

    @Test("a number is read whole or not at all", arguments: cases)
    func reads(_ sample: Case) {
        #expect(DecimalText.number(sample.text) == sample.number)
    }
}
