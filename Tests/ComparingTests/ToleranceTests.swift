import FoundationEssentials
import TallyModel
import Testing

@testable import Comparing

@Suite struct ToleranceTests {
    struct Case: Sendable {
        let shows: String
        let a: Decimal
        let b: Decimal
        let agrees: Bool
    }

    static let cases: [Case] = [
        Case(shows: "thousands", a: 3_987, b: 4_000, agrees: true),
        Case(shows: "hundreds", a: 253, b: 250, agrees: true),
        Case(shows: "two counts", a: 253, b: 251, agrees: false),
        Case(shows: "small counts are exact", a: 14, b: 10, agrees: false),
        Case(shows: "too coarse", a: 140, b: 100, agrees: false),
        Case(
            shows: "a decimal place",
            a: Decimal(string: "3.14") ?? 0,
            b: Decimal(string: "3.1") ?? 0,
            agrees: true
        ),
        Case(
            shows: "no place cut",
            a: Decimal(string: "3.16") ?? 0,
            b: Decimal(string: "3.1") ?? 0,
            agrees: false
        ),
    ]

    @Test("a number agrees with its rounding, either way", arguments: cases)
    func rounding(_ sample: Case) {
        #expect(Tolerance.isRounding(sample.a, of: sample.b) == sample.agrees, "\(sample.shows)")
        #expect(Tolerance.isRounding(sample.b, of: sample.a) == sample.agrees, "\(sample.shows)")
    }

    @Test("a sum may be cut off, a count may not")
    func cut() {
        func sum(_ value: Decimal, _ unit: String = "usd") -> Quantity {
            Samples.quantity(value, value, unit: unit)
        }
        #expect(Tolerance.isCut(sum(43_000_000), of: sum(43_885_310)))
        #expect(!Tolerance.isCut(sum(43_000_000), of: sum(44_885_310)))
        #expect(!Tolerance.isCut(sum(43_000_000), of: sum(43_900_000)))
        #expect(!Tolerance.isCut(sum(43_000, "people"), of: sum(43_885, "people")))
    }

    @Test("the part is the largest that applies")
    func part() {
        let about = Samples.quantity(100, 100, .approx)
        let exact = Samples.quantity(100, 100)
        let general = Decimal(5) / 100
        #expect(Tolerance.part(between: exact, and: exact, approximate: general, own: nil) == 0)
        #expect(Tolerance.part(between: about, and: exact, approximate: general, own: nil) == general)
        #expect(Tolerance.part(between: exact, and: exact, approximate: general, own: 1) == 1)
    }
}
