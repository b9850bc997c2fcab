import FoundationEssentials

/// A day of the Gregorian calendar in UTC.
struct CalendarDay: Hashable, Sendable {
    let year: Int
    let month: Int
    let day: Int
    /// Days since 1 January 1970.
    let number: Int

    /// Creates the day of a point in time.
    init(_ date: Date) {
        self.init(number: Int((date.timeIntervalSince1970 / 86_400).rounded(.down)))
    }

    /// Creates a day from its number, by the algorithm of <https://howardhinnant.github.io/date_algorithms.html>.
    init(number: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * part + 2) / 5 + 1
        month = part < 10 ? part + 3 : part - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        self.number = number
    }

    /// The day of the week, 0 for Sunday.
    var weekday: Int { ((number % 7) + 11) % 7 }

    /// `2026-02-13`.
    var text: String { "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))" }

    /// Returns the newest day on or before this one that falls on a day of the week.
    func last(weekday wanted: Int) -> CalendarDay {
        CalendarDay(number: number - (weekday - wanted + 7) % 7)
    }

    /// Returns a number with leading zeros.
    static func digits(_ value: Int, _ count: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
}
