import Foundation
import TallyModel
import Testing

@testable import TallyDaemon

@Suite struct PollPolicyTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let shows: String
        var every: Double = 600
        var failures = 0
        var freshFor: Double = 0
        var retryAfter: Double = 0
        let seconds: Double
        var testDescription: String { shows }
    }

    static let cases = [
        Case(shows: "the source's own interval", seconds: 600),
        Case(shows: "a server's hint stretches it", freshFor: 1800, seconds: 1800),
        Case(shows: "a hint stretches it to an hour at most", freshFor: 86400, seconds: 3600),
        Case(shows: "a hint never shortens it", freshFor: 10, seconds: 600),
        Case(shows: "the first failure changes nothing", failures: 1, seconds: 600),
        Case(shows: "each further failure doubles it", failures: 4, seconds: 4800),
        Case(shows: "failures stretch it to a day at most", failures: 40, seconds: 86400),
        Case(shows: "Retry-After is kept", failures: 1, retryAfter: 7200, seconds: 7200),
        Case(shows: "Retry-After is kept up to a day", failures: 1, retryAfter: 1e9, seconds: 86400),
        Case(shows: "an interval beyond a day stays", every: 200_000, failures: 3, seconds: 200_000),
    ]

    @Test("the next poll", arguments: cases)
    func next(_ sample: Case) {
        var hints = PollPolicy.Hints()
        hints.freshForSeconds = sample.freshFor
        hints.retryAfterSeconds = sample.retryAfter
        func wait(_ jitter: Double) -> Double {
            PollPolicy().secondsUntilNext(
                every: sample.every,
                failureCount: sample.failures,
                hints: hints,
                jitter: jitter
            )
        }
        #expect(abs(wait(0.5) - sample.seconds) < 0.001)
        #expect(abs(wait(0) - sample.seconds * 0.9) < 0.001)
        #expect(abs(wait(1) - sample.seconds * 1.1) < 0.001)
    }

    @Test("jitter lies between 0 and 1, and sources differ")
    func jitter() {
        let now = Date(timeIntervalSince1970: 1_750_000_000)
        let values = (0..<50).map { PollPolicy.jitter(of: Source(name: "s\($0)", url: "u"), at: now) }
        #expect(values.allSatisfy { (0...1).contains($0) })
        #expect(Set(values).count > 40)
    }
}

@Suite struct RecheckPolicyTests {
    let seen = Date(timeIntervalSince1970: 1_750_000_000)

    @Test("a page is looked at again at growing ages, then no more")
    func nextCheck() {
        #expect(RecheckPolicy.nextCheck(firstSeenAt: seen, now: seen) == seen.addingTimeInterval(600))
        #expect(
            RecheckPolicy.nextCheck(firstSeenAt: seen, now: seen.addingTimeInterval(700))
                == seen.addingTimeInterval(1800)
        )
        #expect(RecheckPolicy.nextCheck(firstSeenAt: seen, now: seen.addingTimeInterval(300_000)) == nil)
    }

    @Test("a page that could not be read is tried again, ever later, then given up")
    func nextTry() {
        #expect(RecheckPolicy.nextTry(failureCount: 1, now: seen) == seen.addingTimeInterval(60))
        #expect(RecheckPolicy.nextTry(failureCount: 3, now: seen) == seen.addingTimeInterval(240))
        #expect(RecheckPolicy.nextTry(failureCount: RecheckPolicy.maximumFailures, now: seen) == nil)
    }
}
