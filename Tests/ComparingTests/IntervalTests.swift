import FoundationEssentials
import TallyModel
import Testing

@testable import Comparing

@Suite struct IntervalTests {
    struct Case: Sendable {
        let shows: String
        let a: Interval
        let b: Interval
        let overlaps: Bool
        let isNarrower: Bool
    }

    static let cases: [Case] = [
        Case(shows: "one number in a range", a: at(12, 12), b: at(10, 14), overlaps: true, isNarrower: true),
        Case(
            shows: "one number is not narrower than itself",
            a: at(12, 12),
            b: at(12, 12),
            overlaps: true,
            isNarrower: false
        ),
        Case(shows: "above an open bound", a: at(15, 15), b: at(12, nil), overlaps: true, isNarrower: true),
        Case(shows: "below an open bound", a: at(9, 9), b: at(12, nil), overlaps: false, isNarrower: false),
        Case(
            shows: "two open bounds that meet",
            a: at(12, nil),
            b: at(nil, 20),
            overlaps: true,
            isNarrower: false
        ),
        Case(
            shows: "two open bounds that do not",
            a: at(30, nil),
            b: at(nil, 20),
            overlaps: false,
            isNarrower: false
        ),
        Case(shows: "two that touch", a: at(1, 5), b: at(5, 9), overlaps: true, isNarrower: false),
    ]

    static func at(_ low: Decimal?, _ high: Decimal?) -> Interval { Interval(low: low, high: high) }

    @Test("open bounds reach to the end of the numbers", arguments: cases)
    func algebra(_ sample: Case) {
        #expect(sample.a.overlaps(sample.b) == sample.overlaps, "\(sample.shows)")
        #expect(sample.b.overlaps(sample.a) == sample.overlaps, "\(sample.shows)")
        #expect(sample.a.isNarrower(than: sample.b) == sample.isNarrower, "\(sample.shows)")
        #expect(sample.a.overlaps(sample.a))
    }

    struct UnitCase: Sendable {
        let shows: String
        let a: Quantity
        let b: Quantity
    }

    static let units: [UnitCase] = [
        UnitCase(
            shows: "miles",
            a: Samples.quantity(10, 10, unit: "mile"),
            b: Samples.quantity(16_093.44, 16_093.44, unit: "metre")
        ),
        UnitCase(
            shows: "weeks",
            a: Samples.quantity(2, 3, .range, unit: "week"),
            b: Samples.quantity(14, 21, .range, unit: "day")
        ),
        UnitCase(
            shows: "tonnes",
            a: Samples.quantity(nil, 4, .atMost, unit: "tonne"),
            b: Samples.quantity(nil, 4_000, .atMost, unit: "kg")
        ),
    ]

    @Test("units do not matter", arguments: units)
    func unitIndependence(_ sample: UnitCase) {
        #expect(Interval(sample.a) == Interval(sample.b), "\(sample.shows)")
    }
}
