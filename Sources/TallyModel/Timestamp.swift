public import FoundationEssentials

/// Points in time as text: RFC 3339 (<https://www.rfc-editor.org/rfc/rfc3339>), always read and written in UTC.
public enum Timestamp {
    /// Returns `2026-02-12T06:10:00Z`; parts of a second are written only where there are some.
    public static func text(of date: Date) -> String {
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        let hasFraction = milliseconds.truncatingRemainder(dividingBy: 1000) != 0
        return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: hasFraction))
    }

    /// Returns the date of an RFC 3339 text, or of a bare day or minute in UTC; `nil` for anything else.
    public static func date(from text: String) -> Date? {
        let trimmed = text.trimmingPrefix { $0 == " " }
        for isFractional in [false, true] {
            // The style throws for any text that is not in its form: the next form is tried.
            if let date = try? Date.ISO8601FormatStyle(includingFractionalSeconds: isFractional).parse(
                String(trimmed)
            ) {
                return date
            }
        }
        guard trimmed.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let day = trimmed.prefix(10)
        guard day.utf8.count == 10, day.utf8.filter({ $0 == UInt8(ascii: "-") }).count == 2 else {
            return nil
        }
        switch trimmed.dropFirst(10).count {
        case 0: return date(from: "\(day)T00:00:00Z")
        case 6: return date(from: "\(trimmed):00Z")
        case 7 where trimmed.hasSuffix("Z"): return date(from: "\(trimmed.dropLast()):00Z")
        default: return nil
        }
    }
}
