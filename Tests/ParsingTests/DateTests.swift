import Foundation
import TallyModel
import Testing

@testable import Parsing

/// Dates as feeds write them.
///
/// The moment is always 12 February 2026, 06:10:00 UTC, or what is left of it.
@Suite("Dates")
struct DateTests {
    static let moment = "2026-02-12T06:10:00Z"
    static let day = "2026-02-12T00:00:00Z"

    static let moments = [
        "Thu, 12 Feb 2026 06:10:00 GMT", "Thu, 12 Feb 2026 06:10:00 UT", "Thu, 12 Feb 2026 06:10:00 UTC",
        "Thu, 12 Feb 2026 06:10:00 Z", "Thu, 12 Feb 2026 06:10:00 +0000", "Thu, 12 Feb 2026 06:10:00 -0000",
        "Thu, 12 Feb 2026 07:10:00 +0100", "Thu, 12 Feb 2026 01:10:00 -0500",
        "Thu, 12 Feb 2026 11:40:00 +05:30",
        "Thu, 12 Feb 2026 01:10:00 EST", "Wed, 11 Feb 2026 22:10:00 PST", "Wed, 11 Feb 2026 23:10:00 MST",
        "Thu, 12 Feb 2026 00:10:00 CST", "Thu, 12 Feb 2026 07:10:00 CET", "Thu, 12 Feb 2026 08:10:00 EET",
        "Thu, 12 Feb 2026 09:10:00 MSK", "Thu, 12 Feb 2026 15:10:00 JST", "Thu, 12 Feb 2026 11:40:00 IST",
        "Thu, 12 Feb 2026 17:10:00 AEDT", "Thu, 12 Feb 2026 06:10:00 WET",
        "Thu, 12 Feb 2026 06:10:00 Etc/GMT",
        "Thu, 12 Feb 2026 08:10:00 GMT+2", "Thu, 12 Feb 2026 08:10:00 GMT+0200",
        "Thu, 12 Feb 2026 08:10:00 UTC+02:00",
        "Thu, 12 Feb 2026 06:10:00", "Thu, 12 Feb 2026 06:10", "12 Feb 2026 06:10:00 GMT",
        "12 Feb 26 06:10:00 GMT",
        "Thu, 12 Feb 26 06:10 GMT", "Mon, 12 Feb 2026 06:10:00 GMT", "Thu,12 Feb 2026 06:10:00 GMT",
        "Thu 12 Feb 2026 06:10:00 GMT", "thu, 12 feb 2026 06:10:00 gmt",
        "Thursday, 12 February 2026 06:10:00 GMT",
        "Thu, 12  Feb  2026  06:10:00  GMT", "Thu, 12 Feb 2026 06:10:00 GMT ",
        "Thu, 12-Feb-2026 06:10:00 GMT",
        "Thursday, 12-Feb-26 06:10:00 GMT", "Thu Feb 12 06:10:00 2026", "Thu Feb 12 06:10:00 UTC 2026",
        "Thu Feb 12 01:10:00 EST 2026", "Feb 12, 2026 06:10:00 GMT", "February 12, 2026 6:10 AM",
        "Feb 12 2026 6:10AM",
        "Thursday, February 12, 2026 at 6:10 AM", "12 February 2026 06:10", "12 Feb 2026, 06:10",
        "Thu, 12 Feb 2026 06:10:00 +0000 (UTC)", "Thu, 12 Feb 2026 06:10:00.000 GMT",
        "2026-02-12T06:10:00Z", "2026-02-12T06:10:00z", "2026-02-12t06:10:00Z", "2026-02-12T06:10Z",
        "2026-02-12T07:10:00+01:00", "2026-02-12T07:10:00+0100", "2026-02-12T07:10:00+01",
        "2026-02-12T07:10+01:00",
        "2026-02-12T06:10:00.000Z", "2026-02-12T06:10:00,000Z", "2026-02-12T06:10:00.000000Z",
        "2026-02-12T06:10:00",
        "2026-02-12T06:10:00 Z", "2026-02-12T07:10:00 +01:00", "2026-02-12 06:10:00", "2026-02-12 06:10",
        "2026-02-12 06:10:00Z",
        "2026-02-12 06:10:00 UTC", "2026-02-12 06:10:00 +0000", "2026-02-12 01:10:00 EST", "2026-02-12 6:10",
        "2026/02/12 06:10:00", "2026/2/12 06:10", "20260212T061000Z", "20260212T0610Z", "20260212061000",
        "2026-043T06:10:00Z", "2026-W07-4T06:10:00Z", "2026-2-12T6:10:00Z", "12.02.2026 06:10",
        "12.2.2026, 06:10:00",
        "1770876600", "1770876600000", "Do, 12 Feb 2026 06:10:00 GMT", "jeu., 12 févr. 2026 06:10:00 GMT",
        "2026.02.12 06:10", "2026年2月12日 06:10", "2026年02月12日 06:10:00", "12 февраля 2026, 06:10",
        "12 de febrero de 2026 06:10", "12. Februar 2026 06:10", "gio, 12 feb 2026 06:10:00 GMT",
    ]

    static let days = [
        "2026-02-12", "20260212", "2026/02/12", "2026-2-12", "12 Feb 2026", "12 February 2026",
        "Feb 12, 2026",
        "February 12, 2026", "Thu, 12 Feb 2026", "Thursday 12 February 2026", "12-Feb-2026", "12.02.2026",
        "2026-043",
        "2026-W07-4", "12th February 2026", "Feb 12th, 2026", "2026-02-12T", "12 février 2026",
        "2026-02-12T00:00:00", "2026.02.12", "2026年2月12日", "2026년 2월 12일", "12 февраля 2026 г.",
    ]

    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let expected: String?
        var testDescription: String { text }
    }

    static let others = [
        Case(text: "2026-02", expected: "2026-02-01T00:00:00Z"),
        Case(text: "2026", expected: "2026-01-01T00:00:00Z"),
        Case(text: "2026-02-12T06:10:00.5Z", expected: "2026-02-12T06:10:00.500Z"),
        Case(text: "2026-02-12T24:00:00Z", expected: "2026-02-13T00:00:00Z"),
        Case(text: "Thu, 12 Feb 2026 23:59:60 GMT", expected: "2026-02-13T00:00:00Z"),
        Case(text: "29 Feb 2024 00:00:00 GMT", expected: "2024-02-29T00:00:00Z"),
        Case(text: "12 Feb 99 06:10:00 GMT", expected: "1999-02-12T06:10:00Z"),
        Case(text: "12 Feb 70 06:10:00 GMT", expected: "1970-02-12T06:10:00Z"),
        Case(text: "6:10 PM", expected: nil),
        Case(text: "February 12, 2026 12:10 AM", expected: "2026-02-12T00:10:00Z"),
        Case(text: "February 12, 2026 12:10 pm", expected: "2026-02-12T12:10:00Z"),
        Case(text: "Mon, 2 Mar 2026 00:00:00 GMT", expected: "2026-03-02T00:00:00Z"),
        Case(text: "Sun, 1 Nov 2026 00:00:00 GMT", expected: "2026-11-01T00:00:00Z"),
        Case(text: "Sat, 5 Sep 2026 00:00:00 GMT", expected: "2026-09-05T00:00:00Z"),
        Case(text: "5 Sept 2026", expected: "2026-09-05T00:00:00Z"),
        Case(text: "31 Feb 2026 00:00:00 GMT", expected: nil),
        Case(text: "2026-02-30T00:00:00Z", expected: nil),
        Case(text: "2025-02-29", expected: nil),
        Case(text: "2026-13-01", expected: nil),
        Case(text: "2026-00-10", expected: nil),
        Case(text: "0000-00-00 00:00:00", expected: nil),
        Case(text: "Thu, 12 Feb 2026 25:10:00 GMT", expected: nil),
        Case(text: "yesterday", expected: nil),
        Case(text: "n/a", expected: nil),
        Case(text: "", expected: nil),
        Case(text: "12", expected: nil),
        Case(text: "+++", expected: nil),
        Case(text: "9999999999999999999999-01-01", expected: nil),
        Case(text: "Feb", expected: nil),
        Case(text: "2026-367", expected: nil),
        Case(text: "2026-W60-1", expected: nil),
        Case(text: "13/02/2026", expected: "2026-02-13T00:00:00Z"),
        Case(text: "02/13/2026 06:10", expected: "2026-02-13T06:10:00Z"),
        Case(text: "02/12/2026", expected: nil),
        Case(text: "13/13/2026", expected: nil),
        Case(text: "2026年", expected: nil),
        Case(text: "2026年13月1日", expected: nil),
        Case(text: "1.2.3", expected: nil),
    ]

    static let cases =
        moments.map { Case(text: $0, expected: moment) } + days.map { Case(text: $0, expected: day) } + others

    @Test("a date is understood without a locale", arguments: cases)
    func date(_ sample: Case) {
        #expect(DateText.date(from: sample.text).map(Timestamp.text(of:)) == sample.expected)
    }
}
