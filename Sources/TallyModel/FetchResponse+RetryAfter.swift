public import FoundationEssentials

extension FetchResponse {
    /// Returns the seconds of `Retry-After` (RFC 9110 §10.2.3), given as seconds or as a date; `nil` for none.
    public func retryAfterSeconds(now: Date) -> Double? {
        guard let text = header("retry-after") else { return nil }
        if let seconds = Double(text) { return seconds >= 0 && seconds.isFinite ? seconds : nil }
        return Self.date(text).map { max($0.timeIntervalSince(now), 0) }
    }

    /// Returns by how many seconds the server's clock is ahead of `now`, by its `Date` field; `nil` without one.
    public func clockSkewSeconds(now: Date) -> Double? {
        header("date").flatMap(Self.date).map { $0.timeIntervalSince(now) }
    }

    /// Returns the date of `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7); `nil` for the obsolete forms.
    private static func date(_ text: String) -> Date? {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])) else {
            return nil
        }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return Timestamp.date(from: "\(words[3])-\(number)-\(words[1])T\(words[4])Z")
    }
}
