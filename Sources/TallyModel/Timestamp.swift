public import FoundationEssentials

/// Points in time as text: RFC 3339 (<https://www.rfc-editor.org/rfc/rfc3339>), in UTC unless a zone is asked for.
public enum Timestamp {
    /// Returns `2026-02-12T06:10:00Z`; parts of a second are written only where there are some.
    public static func text(of date: Date) -> String {
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        if let text = usual(milliseconds) { return text }
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

    /// Years of four digits, which nearly all dates have, without a general formatter.
    private static func usual(_ milliseconds: Double) -> String? {
        guard milliseconds >= 0, milliseconds < 253_402_300_800_000 else { return nil }
        let total = Int(milliseconds)
        let seconds = total / 1000
        let clock = seconds % 86400
        // Civil from days (<https://howardhinnant.github.io/date_algorithms.html#civil_from_days>).
        let days = seconds / 86400 + 719_468
        let era = days / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        func append(_ number: Int, _ digits: Int, _ end: UInt8) {
            var power = 1
            for _ in 1..<digits { power *= 10 }
            while power > 0 {
                text.append(UInt8(ascii: "0") + UInt8(number / power % 10))
                power /= 10
            }
            text.append(end)
        }
        append(year, 4, UInt8(ascii: "-"))
        append(month, 2, UInt8(ascii: "-"))
        append(dayOfYear - (153 * part + 2) / 5 + 1, 2, UInt8(ascii: "T"))
        append(clock / 3600, 2, UInt8(ascii: ":"))
        append(clock / 60 % 60, 2, UInt8(ascii: ":"))
        append(clock % 60, 2, total % 1000 == 0 ? UInt8(ascii: "Z") : UInt8(ascii: "."))
        if total % 1000 != 0 { append(total % 1000, 3, UInt8(ascii: "Z")) }
        return String(decoding: text, as: UTF8.self)
    }
}
