import FoundationEssentials

/// When an entry's page is looked at again.
enum RecheckPolicy {
    /// The failures after which an article that could never be read is given up.
    static let maximumFailures = 6

    /// Returns when an entry that was read is looked at again; `nil` when it is too old to be edited quietly.
    ///
    /// `ages` are in seconds and grow.
    static func nextCheck(firstSeenAt: Date, now: Date, ages: [Double]) -> Date? {
        let age = now.timeIntervalSince(firstSeenAt)
        return ages.first { $0 > age + min(60, $0 / 10) }.map { firstSeenAt.addingTimeInterval($0) }
    }

    /// Returns when an entry that could not be read is tried again: 1, 2, 4 … minutes after the failure, and not
    /// before the time that the server asks for.
    static func nextTry(failureCount: Int, retryAfterSeconds: Double = 0, now: Date) -> Date? {
        guard failureCount < maximumFailures else { return nil }
        let wait = 60 * Double(1 << max(failureCount - 1, 0))
        return now.addingTimeInterval(max(wait, min(retryAfterSeconds, 86400)))
    }
}
