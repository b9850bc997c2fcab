public import FoundationEssentials

/// Points in time as text: RFC 3339 (<https://www.rfc-editor.org/rfc/rfc3339>), always read and written in UTC.
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
}
