import FoundationEssentials
import TallyModel

/// When a source is polled next, and when the state of a source is news.
struct PollPolicy: Sendable {
    /// The longest wait that a feed or a server that is well may ask for, in seconds.
    var maximumHintSeconds: Double = 43200
    /// The longest wait that `Retry-After` or repeated failures lead to, in seconds.
    var maximumWaitSeconds: Double = 86400
    /// The failures in a row that make a source failing.
    var failuresUntilFailing = 3
    /// The time between two looks at a source that is gone for good, in seconds: servers err.
    var goneSeconds: Double = 7 * 86400

    /// What the last poll asks for.
    struct Hints: Sendable {
        /// `Cache-Control: max-age` or `Expires`, in seconds.
        var freshForSeconds: Double = 0
        /// `Retry-After` of a 429 or 503, in seconds.
        var retryAfterSeconds: Double = 0
        /// Until when the source's hub tells what is new; `nil` for a source that has to be polled.
        var toldUntil: Date?
        /// The usual wait while a hub tells what is new, in seconds.
        var toldSeconds: Double = 0
    }

    /// When a source is due, and why then.
    struct Next: Equatable {
        var waitSeconds: Double
        var reason: String
    }

    /// Returns the time until the next poll: the source's interval, stretched where it is quiet, where it or its
    /// server asks for more, and where it fails.
    ///
    /// The interval and what stretches it by our own reckoning vary by 10 % either way; what was asked for is a lower
    /// bound and only grows, by 10 % at most.
    ///
    /// - Parameters:
    ///   - source: The source.
    ///   - state: Its state after the poll: failures, hints of the feed, rate of entries.
    ///   - hints: What the answer asked for.
    ///   - now: The end of the poll.
    ///   - jitter: A number from 0 to 1 that belongs to the source and the poll.
    /// - Returns: The wait in seconds, always positive, and the reason in a few words.
    func next(of source: Source, _ state: SourceState, hints: Hints, now: Date, jitter: Double) -> Next {
        let around = 0.9 + 0.2 * jitter
        let beyond = 1 + 0.1 * jitter
        if state.goneAt != nil {
            return Next(waitSeconds: goneSeconds * beyond, reason: "gone for good by the server's word (410)")
        }
        var next = state.failureCount > 0 ? afterFailure(source, state) : whenWell(source, state, now)
        next.waitSeconds *= around
        if hints.retryAfterSeconds > 0 {
            next.stretch(to: min(hints.retryAfterSeconds, maximumWaitSeconds) * beyond, "Retry-After")
        }
        guard state.failureCount == 0 else { return next }
        if let until = hints.toldUntil {
            next.stretch(to: min(hints.toldSeconds * around, until.timeIntervalSince(now)), Self.told)
        }
        let fresh = min(hints.freshForSeconds, maximumHintSeconds)
        next.stretch(to: fresh * beyond, "the answer is fresh until then")
        let kept = min(state.feedHints.freshForSeconds ?? 0, maximumHintSeconds)
        next.stretch(to: kept * beyond, "the feed asks for it")
        let skipped = skipping(state.feedHints, from: now.addingTimeInterval(next.waitSeconds), now: now)
        next.stretch(to: skipped.timeIntervalSince(now), "the feed skips the hours before")
        return next
    }

    private func afterFailure(_ source: Source, _ state: SourceState) -> Next {
        let wait = source.everySeconds * Double(1 << min(state.failureCount - 1, 16))
        let times = state.failureCount == 1 ? "once" : "\(state.failureCount) times in a row"
        return Next(
            waitSeconds: min(wait, max(maximumWaitSeconds, source.everySeconds)),
            reason: "failed \(times)"
        )
    }

    /// A quarter of the time in which nothing came: a source that writes daily is not asked every minute.
    private func whenWell(_ source: Source, _ state: SourceState, _ now: Date) -> Next {
        let silence = state.lastChangeAt.map { now.timeIntervalSince($0) } ?? 0
        // What has just changed may change again soon.
        let isBusy = silence < source.everySeconds
        let gap = isBusy ? 0 : max(state.entryGapSeconds ?? 0, silence) / 4
        let wait = min(max(source.everySeconds, gap), source.maximumEverySeconds)
        return Next(
            waitSeconds: wait,
            reason: wait > source.everySeconds ? Self.quiet : Self.interval
        )
    }

    /// The first time from a given one on at which the feed may change (RSS 2.0, `skipHours` and `skipDays`), within
    /// the longest wait.
    private func skipping(_ hints: FeedHints, from time: Date, now: Date) -> Date {
        guard !hints.skipHours.isEmpty || !hints.skipDays.isEmpty else { return time }
        let latest = max(time, now.addingTimeInterval(maximumHintSeconds))
        var time = time
        while time < latest {
            let seconds = Int(time.timeIntervalSince1970)
            let hour = seconds / 3600 % 24
            // 1 January 1970 was a Thursday.
            let day = (seconds / 86400 + 4) % 7
            guard hints.skipHours.contains(hour) || hints.skipDays.contains(day) else { return time }
            time = Date(timeIntervalSince1970: Double((seconds / 3600 + 1) * 3600))
        }
        return latest
    }

    private static let interval = "the source's interval"
    private static let quiet = "new entries are rare"
    private static let told = "its hub tells what is new"

    /// Returns when a source is due by what is remembered of it; `nil` where it has not been polled.
    ///
    /// A restart polls nothing early, but an interval that has been made shorter since counts at once, and what a clock
    /// has written that was set back since counts no more. So does the longer wait for which a hub was trusted, unless
    /// it still is.
    static func due(
        _ source: Source,
        _ state: SourceState,
        at now: Date,
        isTold: Bool = false
    ) -> Date? {
        guard let last = state.lastPollAt, !isFromTheFuture(state, at: now) else { return nil }
        let longest =
            switch state.reason {
            case interval: source.everySeconds * 1.1
            case told where !isTold: source.everySeconds * 1.1
            case quiet: source.maximumEverySeconds * 1.1
            default: Double.infinity
            }
        return longest.isFinite ? min(state.nextPollAt, last.addingTimeInterval(longest)) : state.nextPollAt
    }

    /// Whether a source was polled by a clock that has been set back since.
    static func isFromTheFuture(_ state: SourceState, at now: Date) -> Bool {
        guard let last = state.lastPollAt else { return false }
        return last.timeIntervalSince(now) > 60
    }

    /// Returns a number from 0 to 1 that is the same for the same source and time.
    static func jitter(of source: Source, at now: Date) -> Double {
        // FNV-1a (RFC 9923): spread, no secret.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in source.name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        var time = UInt64(max(now.timeIntervalSince1970, 0))
        for _ in 0..<8 {
            hash = (hash ^ (time & 0xFF)) &* 0x100_0000_01b3
            time >>= 8
        }
        hash ^= hash >> 32
        hash = hash &* 0xff51_afd7_ed55_8ccd
        return Double(hash >> 40) / Double(1 << 24)
    }
}

extension PollPolicy.Next {
    fileprivate mutating func stretch(to seconds: Double, _ reason: String) {
        guard seconds > waitSeconds + 0.001 else { return }
        waitSeconds = seconds
        self.reason = reason
    }
}
