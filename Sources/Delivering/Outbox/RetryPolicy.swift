/// When a failed delivery is tried again: the example schedule of Standard Webhooks, with jitter.
public struct RetryPolicy: Sendable {
    /// What becomes of a failed delivery.
    public enum Action: Hashable, Sendable {
        case retry(afterSeconds: Double)
        case abandon
    }

    /// Seconds between one attempt and the next; the last attempt is about three days after the first.
    public var scheduleSeconds: [Double] = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    /// How far a wait may differ from the schedule, so that receivers are not met by all deliveries at once.
    public var jitter = 0.2
    /// The longest wait that a receiver may ask for, in seconds.
    public var maximumRetryAfterSeconds: Double = 86400

    private var generator: SplitMix

    /// Creates a policy; equal seeds give equal jitter.
    public init(seed: UInt64 = .random(in: .min ... .max)) {
        generator = SplitMix(state: seed)
    }

    /// The age at which a delivery that fails again is given up, in seconds: that of the schedule's last attempt.
    public var longestSeconds: Double { scheduleSeconds.reduce(0, +) }

    /// Decides what follows a failed attempt.
    ///
    /// - Parameters:
    ///   - failures: The attempts that failed, at least 1.
    ///   - ageSeconds: The time since the first attempt could be made: what waited behind others ends with them.
    ///   - retryAfterSeconds: The receiver's own wish; it lengthens a wait and never shortens it.
    /// - Returns: The time until the next attempt, or that there is none.
    public mutating func next(
        afterFailures failures: Int,
        ageSeconds: Double,
        retryAfterSeconds: Double?
    ) -> Action {
        guard failures <= scheduleSeconds.count, ageSeconds < longestSeconds * (1 + jitter) else {
            return .abandon
        }
        let factor = 1 + jitter * Double.random(in: -1...1, using: &generator)
        let wait = scheduleSeconds[max(failures, 1) - 1] * factor
        return .retry(afterSeconds: max(wait, min(retryAfterSeconds ?? 0, maximumRetryAfterSeconds)))
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a generator that a seed repeats.
private struct SplitMix: RandomNumberGenerator, Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}
