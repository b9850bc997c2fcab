import Testing

@testable import Comparing

@Suite struct PlaceScopeTests {
    struct Case: Sendable {
        let shows: String
        let a: String?
        let b: String?
        let isOne: Bool
    }

    static let cases: [Case] = [
        Case(shows: "no place is any", a: nil, b: "Ostrel", isOne: true),
        Case(shows: "what it is adds nothing", a: "Ostrel", b: "Ostrel district", isOne: true),
        Case(shows: "two spellings", a: "Kharkiv", b: "Kharkov", isOne: true),
        Case(shows: "two names", a: "Ostrel", b: "Vannau", isOne: false),
        Case(shows: "the country and a town of it", a: "nationwide", b: "town of Ostrel", isOne: false),
        Case(shows: "the country and its capital", a: "country", b: "capital", isOne: false),
        Case(shows: "two words for the country", a: "nationwide", b: "country", isOne: true),
        Case(shows: "a name for what is meant", a: "camp", b: "Ostrel camp", isOne: true),
    ]

    @Test("a place is told from another, and not from itself", arguments: cases)
    func likeness(_ sample: Case) {
        let forth = PlaceScope.likeness(sample.a, sample.b)
        #expect((forth != nil) == sample.isOne, "\(sample.shows)")
        #expect(forth == PlaceScope.likeness(sample.b, sample.a), "\(sample.shows)")
    }

    @Test("the same place is likelier than one that only may be")
    func degrees() throws {
        let same = try #require(PlaceScope.likeness("Ostrel", "Ostrel"))
        let open = try #require(PlaceScope.likeness("Ostrel", nil))
        #expect(same > open)
    }
}
