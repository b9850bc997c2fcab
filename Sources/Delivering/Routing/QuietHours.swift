public import Foundation
public import TallyModel

/// Hours of the day in which alerts wait for the end of them.
public struct QuietHours: Hashable, Sendable {
    /// The beginning, in minutes after midnight, 0 to 1439.
    public var from: Int
    /// The end, in minutes after midnight, 0 to 1439; before ``from`` it is the next day's.
    public var to: Int
    /// The days on which they begin, 1 Monday to 7 Sunday.
    public var days: Set<Int> = Set(1...7)
    /// Where the clock hangs.
    public var timeZone: TimeZone
    /// The severities that do not wait.
    public var except: Set<Alert.Severity> = [.critical]

    /// Creates quiet hours of every day that hold up all but critical alerts.
    public init(from: Int, to: Int, timeZone: TimeZone) {
        self.from = from
        self.to = to
        self.timeZone = timeZone
    }

    /// Returns the end of the quiet hours that a time lies in; `nil` for one that lies in none.
    public func end(at time: Date) -> Date? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let today = calendar.startOfDay(for: time)
        // Hours that began yesterday may not be over.
        for offset in [-1, 0] {
            guard let day = calendar.date(byAdding: .day, value: offset, to: today) else { continue }
            // Foundation counts from Sunday, 1.
            let weekday = (calendar.component(.weekday, from: day) + 5) % 7 + 1
            let endDay = from < to ? day : calendar.date(byAdding: .day, value: 1, to: day) ?? day
            guard days.contains(weekday), let start = Self.time(from, on: day, calendar),
                let end = Self.time(to, on: endDay, calendar)
            else { continue }
            if start <= time, time < end { return end }
        }
        return nil
    }

    /// The wall clock's time, also on the days on which it is set to another one.
    private static func time(_ minutes: Int, on day: Date, _ calendar: Calendar) -> Date? {
        calendar.date(bySettingHour: minutes / 60, minute: minutes % 60, second: 0, of: day)
    }
}
