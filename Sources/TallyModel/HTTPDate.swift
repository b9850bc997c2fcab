public import FoundationEssentials

/// Dates of HTTP fields in their three forms (RFC 9110 §5.6.7).
public enum HTTPDate {
    /// Returns the date of `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
    /// `Sun Nov  6 08:49:37 1994`; `nil` for any other text.
    public static func date(from text: String) -> Date? {
        var words = text.split { $0 == " " || $0 == "," || $0 == "-" }
        if words.count == 6, words[5] == "GMT" || words[5] == "UTC" {
            words.removeLast()
        } else if words.count == 5 {
            words = [words[0], words[2], words[1], words[4], words[3]]
        }
        guard words.count == 5, let day = Int(words[1]),
            let month = months.firstIndex(of: words[2].lowercased()),
            var year = Int(words[3])
        else { return nil }
        // A year of two digits is of this century: servers that write one are of no other.
        if words[3].count == 2 { year += 2000 }
        return Timestamp.date(from: "\(year)-\(padded(month + 1))-\(padded(day))T\(words[4])Z")
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
}
