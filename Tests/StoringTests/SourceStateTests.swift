import Foundation
import Storing
import Synchronization
import TallyModel
import Testing

@Suite(.timeLimit(.minutes(1))) struct SourceStateTests {
    let store: SQLiteStore
    let now = Date(timeIntervalSince1970: 1_750_000_000)

    init() throws {
        store = try SQLiteStore(.memory)
    }

    /// A state in which nothing is as it is at first.
    func fullState() -> SourceState {
        var state = SourceState(nextPollAt: now.addingTimeInterval(60))
        state.validators = Validators(
            entityTag: #"W/"a; \" b""#,
            lastModified: "Tue, 01 Jul 2025 10:00:00 +0000"
        )
        state.bodyDigest = "d"
        state.failureCount = 2
        state.lastError = "http_500"
        state.lastSuccessAt = now.addingTimeInterval(-10)
        state.lastPollAt = now
        state.lastChangeAt = now.addingTimeInterval(-20)
        state.lastWholeAt = now.addingTimeInterval(-30)
        state.kind = .feed
        state.feedHints.freshForSeconds = 900
        state.feedHints.skipHours = [1, 2]
        state.feedHints.skipDays = [0]
        state.entryGapSeconds = 1234.5
        state.reason = "failed 2 times in a row"
        state.move = SourceMove(url: "http://new.example/", since: now)
        state.feedURL = "http://wire.example/feed"
        state.goneAt = now
        state.wireBytes = 10
        state.savedBytes = 20
        state.pollCount = 3
        state.unchangedCount = 1
        return state
    }

    /// All states of the store, by the URLs that they belong to.
    func states() async throws -> [String: SourceState] {
        let found = Mutex<[String: SourceState]>([:])
        try await store.readStates { _, url, state, _ in found.withLock { $0[url] = state } }
        return found.withLock { $0 }
    }

    @Test("a state comes back whole, one by one and all at once")
    func roundTrip() async throws {
        let source = Source(name: "wire", url: "http://wire.example/")
        let other = Source(name: "other", url: "http://other.example/")
        let fresh = SourceState(nextPollAt: now)
        try await store.save([(source, fullState(), false), (other, fresh, false)])
        #expect(try await store.state(of: source) == fullState())
        #expect(try await states() == [source.url: fullState(), other.url: fresh])
        try await store.save(fresh, of: source, alert: nil, deliveries: [])
        #expect(try await store.state(of: source) == fresh)
    }

    @Test("a poll that found nothing new is written as that, also of a source that the store does not know")
    func polls() async throws {
        let source = Source(name: "wire", url: "http://wire.example/")
        let other = Source(name: "other", url: "http://other.example/")
        try await store.save([(source, fullState(), false)])
        var polled = fullState()
        polled.nextPollAt = now.addingTimeInterval(90)
        polled.reason = "the source's interval"
        polled.lastSuccessAt = now.addingTimeInterval(30)
        polled.lastPollAt = now.addingTimeInterval(30)
        polled.savedBytes = 30
        polled.pollCount = 4
        polled.unchangedCount = 2
        #expect(polled.isOnlyPolled(since: fullState()))
        try await store.save([(source, polled, true), (other, polled, true)])
        #expect(try await states() == [source.url: polled, other.url: polled])
    }

    @Test("what a server gives to ask again with is no mere poll")
    func news() {
        var state = fullState()
        state.validators.entityTag = "W/\"2\""
        #expect(!state.isOnlyPolled(since: fullState()))
        state = fullState()
        state.failureCount += 1
        #expect(!state.isOnlyPolled(since: fullState()))
    }

    @Test("what is remembered of another URL is not remembered of a new one")
    func otherURL() async throws {
        try await store.save(
            fullState(),
            of: Source(name: "wire", url: "http://old.example/"),
            alert: nil,
            deliveries: []
        )
        let moved = Source(name: "wire", url: "http://new.example/")
        #expect(try await store.state(of: moved) == nil)
        #expect(try await states() == ["http://old.example/": fullState()])
    }

    @Test("entries keep every character of what their feed said")
    func entryText() async throws {
        var record = EntryRecord(source: "wire", entryID: "1", url: "", digest: "d", firstSeenAt: now)
        var entry = FeedEntry(
            id: "a\"b\\c",
            url: "http://x.example/?a=\u{1}",
            title: "Ærø\t\n\r 😀",
            text: "\u{0}\u{1F}/\u{2028}"
        )
        entry.authors = ["A", "\"B\""]
        entry.tags = ["", "x"]
        entry.hasFullContent = true
        entry.published = now
        record.entry = entry
        record.nextCheckAt = now
        try await store.save([record])
        #expect(try await store.entries(ofSource: "wire", among: ["1"]) == ["1": record])
        #expect(try await store.checksDue() == ["wire": now])
        #expect(try await store.nextCheck(ofSource: "wire") == now)
        #expect(try await store.nextCheck(ofSource: "other") == nil)
    }

    @Test("entries that many sources save at once are all there")
    func manyAtOnce() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                let record = EntryRecord(
                    source: "s\(number)",
                    entryID: "1",
                    url: "",
                    digest: "d",
                    firstSeenAt: now
                )
                group.addTask { try await store.save([record]) }
            }
            try await group.waitForAll()
        }
        for number in 0..<50 {
            #expect(try await store.entries(ofSource: "s\(number)", among: ["1"]).count == 1)
        }
    }

    @Test("an article is known by when it was last read")
    func articlesRead() async throws {
        let reading = Samples.reading(at: now)
        try await store.commit(reading)
        #expect(
            try await store.articlesRead(among: [reading.reference.id, "none"]) == [reading.reference.id: now]
        )
    }
}
