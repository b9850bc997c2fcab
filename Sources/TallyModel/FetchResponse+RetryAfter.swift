public import FoundationEssentials

extension FetchResponse {
    /// Returns the seconds of `Retry-After` (RFC 9110 §10.2.3), given as seconds or as a date; `nil` for none.
    public func retryAfterSeconds(now: Date) -> Double? {
        guard let text = header("retry-after") else { return nil }
        if let seconds = Double(text) { return seconds >= 0 && seconds.isFinite ? seconds : nil }
        return HTTPDate.date(from: text).map { max($0.timeIntervalSince(now), 0) }
    }

    /// Returns by how many seconds the server's clock is ahead of `now`, by its `Date` field; `nil` without one.
    public func clockSkewSeconds(now: Date) -> Double? {
        header("date").flatMap(HTTPDate.date).map { $0.timeIntervalSince(now) }
    }
}
