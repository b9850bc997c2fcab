import FoundationEssentials
import TallyModel
import Testing

@testable import Comparing

@Suite struct PartyTests {
    struct Case: Sendable {
        let shows: String
        let a: String?
        let b: String?
        let isSameSide: Bool
        let isRival: Bool
    }

    static let cases: [Case] = [
        Case(
            shows: "an office and its spokesman",
            a: "the defence ministry",
            b: "a spokesman for the ministry",
            isSameSide: true,
            isRival: false
        ),
        Case(
            shows: "a union of the police is not the police",
            a: "police",
            b: "the police union",
            isSameSide: false,
            isRival: true
        ),
        Case(shows: "two offices", a: "the coastguard", b: "the mayor", isSameSide: false, isRival: true),
        Case(shows: "nobody is named", a: nil, b: "the mayor", isSameSide: false, isRival: false),
    ]

    @Test("a side is known by its telling words", arguments: cases)
    func sides(_ sample: Case) {
        func party(_ attribution: String?, _ id: String) -> Party {
            Party(Samples.sourced(Samples.claim(5, 5, by: attribution), in: Samples.article(id)))
        }
        let a = party(sample.a, "a")
        let b = party(sample.b, "b")
        #expect(a.isSameSide(as: b) == sample.isSameSide, "\(sample.shows)")
        #expect(a.isRival(of: b) == sample.isRival, "\(sample.shows)")
        #expect(b.isRival(of: a) == sample.isRival, "\(sample.shows)")
    }
}
