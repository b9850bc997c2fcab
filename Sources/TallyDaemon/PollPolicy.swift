import FoundationEssentials
import TallyModel

/// When a source is polled next, and when the state of a source is news.
struct PollPolicy: Sendable {
    /// The longest wait that a feed's `ttl` or a server's `max-age` may ask for, in seconds.
    var maximumHintSeconds: Double = 3600
    /// The longest wait that `Retry-After` or repeated failures lead to, in seconds.
    var maximumWaitSeconds: Double = 86400
    /// The failures in a row that make a source failing.
    var failuresUntilFailing = 3

    /// What the last poll asks for.
    struct Hints: Sendable {
        /// RSS `ttl` or `Cache-Control: max-age`, in seconds.
        var freshForSeconds: Double = 0
        /// `Retry-After` of a 429 or 503, in seconds.
        var retryAfterSeconds: Double = 0
    }

    /// Returns the time until the next poll in seconds: the source's interval, stretched by hints and failures, ±10 %.
    ///
    /// - Parameters:
    ///   - every: The source's interval in seconds.
    ///   - failureCount: The failures in a row, this poll's included.
    ///   - hints: What the poll asked for.
    ///   - jitter: A number from 0 to 1 that belongs to the source and the poll.
    /// - Returns: Seconds, always positive.
    func secondsUntilNext(every: Double, failureCount: Int, hints: Hints, jitter: Double) -> Double {
        var wait = max(every, min(hints.freshForSeconds, maximumHintSeconds))
        if failureCount > 0 {
            wait = min(wait * Double(1 << min(failureCount - 1, 10)), max(maximumWaitSeconds, every))
        }
        wait = max(wait, min(hints.retryAfterSeconds, maximumWaitSeconds))
        return wait * (0.9 + 0.2 * jitter)
    }

    /// Returns a number from 0 to 1 that is the same for the same source and time.
    static func jitter(of source: Source, at now: Date) -> Double {
        let digits = Identifier.derived(from: [source.name, String(Int(now.timeIntervalSince1970))])
        return Double(UInt32(digits.prefix(8), radix: 16) ?? 0) / Double(UInt32.max)
    }
}

/// When an entry's page is looked at again.
enum RecheckPolicy {
    /// Ages of an entry, in seconds, at which its page is asked for a quiet edit: dense while a story is fresh.
    static let ages: [Double] = [600, 1800, 3600, 7200, 14400, 28800, 86400, 172_800, 259_200]

    /// The failures after which an article that could never be read is given up.
    static let maximumFailures = 6

    /// Returns when an entry that was read is looked at again; `nil` when it is too old to be edited quietly.
    static func nextCheck(firstSeenAt: Date, now: Date) -> Date? {
        let age = now.timeIntervalSince(firstSeenAt)
        return ages.first { $0 > age + 60 }.map { firstSeenAt.addingTimeInterval($0) }
    }

    /// Returns when an entry that could not be read is tried again: 1, 2, 4 … minutes after the failure.
    static func nextTry(failureCount: Int, now: Date) -> Date? {
        guard failureCount < maximumFailures else { return nil }
        return now.addingTimeInterval(60 * Double(1 << max(failureCount - 1, 0)))
    }
}
