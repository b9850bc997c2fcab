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
        var feed = FeedHints()
        var gap: Double?
        var changedBefore: Double?
        var isGone = false
        /// The wait at the least, the middle and the most of the jitter.
        let seconds: [Double]
        let reason: String
        var testDescription: String { shows }
    }

    /// A Friday, 10:00 GMT.
    static let now = Date(timeIntervalSince1970: 1_750_413_600)

    static func around(_ seconds: Double) -> [Double] { [seconds * 0.9, seconds, seconds * 1.1] }
    static func beyond(_ seconds: Double) -> [Double] { [seconds, seconds * 1.05, seconds * 1.1] }

    static func hints(_ change: (inout FeedHints) -> Void) -> FeedHints {
        var hints = FeedHints()
        change(&hints)
        return hints
    }

    static let cases = [
        Case(shows: "the source's own interval", seconds: around(600), reason: "the source's interval"),
        Case(
            shows: "a server's hint stretches it, and is never undercut",
            freshFor: 1800,
            seconds: beyond(1800),
            reason: "the answer is fresh until then"
        ),
        Case(
            shows: "a hint stretches it to half a day at most",
            freshFor: 864_000,
            seconds: beyond(43200),
            reason: "the answer is fresh until then"
        ),
        Case(
            shows: "a hint never shortens it",
            freshFor: 10,
            seconds: around(600),
            reason: "the source's interval"
        ),
        Case(
            shows: "the feed's own wish counts too",
            feed: hints { $0.freshForSeconds = 7200 },
            seconds: beyond(7200),
            reason: "the feed asks for it"
        ),
        Case(
            shows: "hours that the feed skips are skipped",
            feed: hints { $0.skipHours = [10, 11, 12] },
            seconds: [10800, 10800, 10800],
            reason: "the feed skips the hours before"
        ),
        Case(
            shows: "hours that are not now are not skipped",
            feed: hints { $0.skipHours = [3] },
            seconds: around(600),
            reason: "the source's interval"
        ),
        Case(
            shows: "days that the feed skips are skipped, for half a day at most",
            feed: hints { $0.skipDays = [5, 6] },
            seconds: [43200, 43200, 43200],
            reason: "the feed skips the hours before"
        ),
        Case(
            shows: "a feed that skips every hour is asked all the same",
            feed: hints { $0.skipHours = Set(0..<24) },
            seconds: [43200, 43200, 43200],
            reason: "the feed skips the hours before"
        ),
        Case(
            shows: "a source that writes daily is asked less often",
            gap: 86400,
            changedBefore: 7200,
            seconds: around(2400),
            reason: "new entries are rare"
        ),
        Case(
            shows: "one that has just written is asked soon",
            gap: 86400,
            changedBefore: 60,
            seconds: around(600),
            reason: "the source's interval"
        ),
        Case(
            shows: "one that writes by the minute is asked soon",
            gap: 60,
            changedBefore: 1200,
            seconds: around(600),
            reason: "the source's interval"
        ),
        Case(
            shows: "one that gives no dates is asked less often as it falls silent",
            changedBefore: 6000,
            seconds: around(1500),
            reason: "new entries are rare"
        ),
        Case(
            shows: "the first failure changes nothing",
            failures: 1,
            seconds: around(600),
            reason: "failed once"
        ),
        Case(
            shows: "each further failure doubles it",
            failures: 4,
            seconds: around(4800),
            reason: "failed 4 times in a row"
        ),
        Case(
            shows: "failures stretch it to a day at most",
            failures: 40,
            seconds: around(86400),
            reason: "failed 40 times in a row"
        ),
        Case(
            shows: "Retry-After is never undercut",
            failures: 1,
            retryAfter: 7200,
            seconds: beyond(7200),
            reason: "Retry-After"
        ),
        Case(
            shows: "Retry-After is kept up to a day",
            failures: 1,
            retryAfter: 1e9,
            seconds: beyond(86400),
            reason: "Retry-After"
        ),
        Case(
            shows: "an interval beyond a day stays",
            every: 200_000,
            failures: 3,
            seconds: around(200_000),
            reason: "failed 3 times in a row"
        ),
        Case(
            shows: "what is gone is looked at once a week",
            failures: 1,
            isGone: true,
            seconds: beyond(604_800),
            reason: "gone for good by the server's word (410)"
        ),
    ]

    @Test("the next poll", arguments: cases)
    func next(_ sample: Case) {
        var hints = PollPolicy.Hints()
        hints.freshForSeconds = sample.freshFor
        hints.retryAfterSeconds = sample.retryAfter
        let source = Source(name: "s", url: "http://s.example/", everySeconds: sample.every)
        var state = SourceState(nextPollAt: Self.now)
        state.failureCount = sample.failures
        state.feedHints = sample.feed
        state.entryGapSeconds = sample.gap
        state.lastChangeAt = sample.changedBefore.map { Self.now.addingTimeInterval(-$0) }
        state.goneAt = sample.isGone ? Self.now : nil
        for (jitter, seconds) in zip([0, 0.5, 1], sample.seconds) {
            let next = PollPolicy().next(of: source, state, hints: hints, now: Self.now, jitter: jitter)
            #expect(abs(next.waitSeconds - seconds) < 0.001)
            #expect(next.reason == sample.reason)
        }
    }

    @Test("jitter lies between 0 and 1, and 10,000 sources spread evenly")
    func jitter() {
        let now = Date(timeIntervalSince1970: 1_750_000_000)
        let values = (0..<10_000).map { PollPolicy.jitter(of: Source(name: "s\($0)", url: "u"), at: now) }
        #expect(values.allSatisfy { (0...1).contains($0) })
        var tenths = [Int](repeating: 0, count: 10)
        for value in values { tenths[min(Int(value * 10), 9)] += 1 }
        #expect(tenths.allSatisfy { (900...1100).contains($0) })
    }

    @Test("a restart polls nothing early, and a shorter interval counts at once")
    func restart() {
        let last = Self.now
        var state = SourceState(nextPollAt: last.addingTimeInterval(3600))
        let source = Source(name: "s", url: "u", everySeconds: 60)
        #expect(PollPolicy.due(source, state, at: last) == nil)
        state.lastPollAt = last
        state.reason = "Retry-After"
        #expect(PollPolicy.due(source, state, at: last) == state.nextPollAt)
        state.reason = "the source's interval"
        #expect(PollPolicy.due(source, state, at: last) == last.addingTimeInterval(66))
        #expect(
            PollPolicy.due(source, state, at: last.addingTimeInterval(-3600)) == nil,
            "the clock was set back"
        )
    }
}

@Suite struct MovePolicyTests {
    let now = Date(timeIntervalSince1970: 1_750_000_000)

    @Test("a permanent redirect is believed after three good polls in a row, and not before")
    func stable() {
        var move: SourceMove?
        for count in 1...3 {
            move = MovePolicy.move(after: move, target: "http://new.example/", now: now)
            #expect(move?.isTaken == (count == 3))
        }
        #expect(MovePolicy.move(after: move, target: nil, now: now) == move)
    }

    @Test("one that changes its mind or ends is not believed")
    func unstable() {
        var move = MovePolicy.move(after: nil, target: "http://a.example/", now: now)
        move = MovePolicy.move(after: move, target: "http://a.example/", now: now)
        move = MovePolicy.move(after: move, target: "http://b.example/", now: now)
        #expect(move?.count == 1)
        #expect(MovePolicy.move(after: move, target: nil, now: now) == nil)
    }
}

@Suite struct RecheckPolicyTests {
    let seen = Date(timeIntervalSince1970: 1_750_000_000)

    @Test("a page is looked at again at growing ages, then no more")
    func nextCheck() {
        func check(after seconds: Double) -> Double? {
            RecheckPolicy.nextCheck(
                firstSeenAt: seen,
                now: seen.addingTimeInterval(seconds),
                ages: Source.usualRecheckAges
            )?.timeIntervalSince(seen)
        }
        #expect(check(after: 0) == 600)
        #expect(check(after: 700) == 1800)
        #expect(check(after: 300_000) == 604_800)
        #expect(check(after: 2_592_000) == nil)
        #expect(RecheckPolicy.nextCheck(firstSeenAt: seen, now: seen, ages: []) == nil)
    }

    @Test("a page that could not be read is tried again, ever later, then given up")
    func nextTry() {
        #expect(RecheckPolicy.nextTry(failureCount: 1, now: seen) == seen.addingTimeInterval(60))
        #expect(RecheckPolicy.nextTry(failureCount: 3, now: seen) == seen.addingTimeInterval(240))
        #expect(
            RecheckPolicy.nextTry(failureCount: 1, retryAfterSeconds: 900, now: seen)
                == seen.addingTimeInterval(900)
        )
        #expect(RecheckPolicy.nextTry(failureCount: RecheckPolicy.maximumFailures, now: seen) == nil)
    }
}
