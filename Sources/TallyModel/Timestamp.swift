public import FoundationEssentials

/// Points in time as text: RFC 3339 (<https://www.rfc-editor.org/rfc/rfc3339>), in UTC unless a zone is asked for.
public enum Timestamp {
    /// Returns `2026-02-12T06:10:00Z`; parts of a second are written only where there are some.
    public static func text(of date: Date) -> String {
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        let hasFraction = milliseconds.truncatingRemainder(dividingBy: 1000) != 0
        return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: hasFraction))
    }

    /// Returns the date of an RFC 3339 text, of one without seconds, or of a bare day or minute in UTC; `nil` for anything else.
    public static func date(from text: String) -> Date? {
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        var text = String(text.trimmingPrefix { $0 == " " })
        if text.count == 10 { text += "T00:00:00Z" }
        // A time without seconds: they stand behind the sixteenth character, before the zone.
        let minuteEnd = text.index(text.startIndex, offsetBy: 16, limitedBy: text.endIndex)
        if let minuteEnd, minuteEnd == text.endIndex || text[minuteEnd] != ":" {
            text.insert(contentsOf: ":00", at: minuteEnd)
        }
        if text.count == 19 { text += "Z" }
        for isFractional in [false, true] {
            // The style throws for any text that is not in its form: the next form is tried.
            if let date = try? Date.ISO8601FormatStyle(includingFractionalSeconds: isFractional).parse(text) {
                return date
            }
        }
        return nil
    }

    /// Returns `2026-02-12T07:10:00+01:00`, the time of day in a zone; in UTC where none is given.
    ///
    /// - Parameters:
    ///   - date: The point in time.
    ///   - minutesEast: The zone's distance from UTC, -1439 to 1439.
    /// - Returns: An RFC 3339 text.
    public static func text(of date: Date, minutesEast: Int?) -> String {
        guard let minutesEast, minutesEast != 0 else { return text(of: date) }
        let local = text(of: date.addingTimeInterval(Double(minutesEast) * 60)).dropLast()
        let size = abs(minutesEast)
        func digits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(local)\(minutesEast < 0 ? "-" : "+")\(digits(size / 60)):\(digits(size % 60))"
    }

    /// Returns the zone of an RFC 3339 text in minutes east of UTC; `nil` where it names none.
    public static func minutesEast(in text: String) -> Int? {
        if text.hasSuffix("Z") || text.hasSuffix("z") { return 0 }
        let zone = text.suffix(6)
        guard let sign = zone.first, sign == "+" || sign == "-", zone.dropFirst(3).first == ":",
            let hours = Int(zone.dropFirst().prefix(2)), let minutes = Int(zone.suffix(2)), hours < 24,
            minutes < 60
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
    }
}
