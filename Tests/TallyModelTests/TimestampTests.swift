import FoundationEssentials
import TallyModel
import Testing

@Suite struct TimestampTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let shows: String
        let text: String
        let seconds: Double?
        var testDescription: String { shows }
    }

    static let cases = [
        Case(shows: "UTC", text: "2026-02-12T06:10:00Z", seconds: 1_770_876_600),
        Case(shows: "an offset", text: "2026-02-12T08:10:00+02:00", seconds: 1_770_876_600),
        Case(shows: "parts of a second", text: "2026-02-12T06:10:00.250Z", seconds: 1_770_876_600.25),
        Case(shows: "a bare minute", text: "2026-02-12T06:10Z", seconds: 1_770_876_600),
        Case(shows: "a minute with an offset", text: "2026-02-12T14:10+08:00", seconds: 1_770_876_600),
        Case(shows: "a minute without a zone", text: "2026-02-12T06:10", seconds: 1_770_876_600),
        Case(shows: "a bare day", text: "2026-02-12", seconds: 1_770_854_400),
        Case(shows: "a month alone is no date", text: "2026-02", seconds: nil),
        Case(shows: "words are no date", text: "yesterday", seconds: nil),
        Case(shows: "nothing is no date", text: "", seconds: nil),
    ]

    @Test("reads RFC 3339, bare minutes and bare days in UTC, and nothing else", arguments: cases)
    func reads(_ sample: Case) {
        #expect(Timestamp.date(from: sample.text)?.timeIntervalSince1970 == sample.seconds)
    }

    @Test("writes what it reads", arguments: ["2026-02-12T06:10:00Z", "1999-12-31T23:59:59.500Z"])
    func writes(_ text: String) throws {
        let date = try #require(Timestamp.date(from: text))
        #expect(Timestamp.date(from: Timestamp.text(of: date)) == date)
    }

    struct ZoneCase: CustomTestStringConvertible, Sendable {
        let shows: String
        let minutes: Int?
        let text: String
        var testDescription: String { shows }
    }

    @Test(
        "a time is written in its zone and read again",
        arguments: [
            ZoneCase(shows: "none", minutes: nil, text: "2026-02-12T06:10:00Z"),
            ZoneCase(shows: "UTC", minutes: 0, text: "2026-02-12T06:10:00Z"),
            ZoneCase(shows: "east", minutes: 330, text: "2026-02-12T11:40:00+05:30"),
            ZoneCase(shows: "west, the day before", minutes: -600, text: "2026-02-11T20:10:00-10:00"),
        ]
    )
    func zone(example: ZoneCase) {
        let date = Date(timeIntervalSince1970: 1_770_876_600)
        #expect(Timestamp.text(of: date, minutesEast: example.minutes) == example.text)
        #expect(Timestamp.date(from: example.text) == date)
        #expect(Timestamp.minutesEast(in: example.text) == example.minutes ?? 0)
    }
}
