import Foundation
import Storing
import TallyModel
import Testing

@testable import TallyDaemon

@Suite(.timeLimit(.minutes(1))) struct SourceBookTests {
    let store: FailingStore
    let source = Source(name: "wire", url: "http://wire.example/feed")
    let now = Date(timeIntervalSince1970: 1_750_000_000)

    init() throws {
        store = FailingStore(try SQLiteStore(.memory))
    }

    /// What a poll leaves that brought the source whole.
    func state(entityTag: String) -> SourceState {
        var state = SourceState(nextPollAt: now)
        state.validators.entityTag = entityTag
        state.bodyDigest = "digest of \(entityTag)"
        state.lastSuccessAt = now
        state.lastPollAt = now
        state.pollCount = 1
        return state
    }

    /// What a poll leaves that found nothing new, some seconds later.
    func polled(_ state: SourceState, after seconds: Double) -> SourceState {
        var state = state
        state.lastSuccessAt = now.addingTimeInterval(seconds)
        state.lastPollAt = now.addingTimeInterval(seconds)
        state.nextPollAt = now.addingTimeInterval(seconds + 600)
        state.pollCount += 1
        state.unchangedCount += 1
        return state
    }

    @Test("what polls leave is stored as it is kept, whether or not they found something new")
    func polls() async throws {
        let first = state(entityTag: "1")
        let book = SourceBook(store: store, writesBehind: true)
        try await book.load([source])
        for state in [first, polled(first, after: 10), state(entityTag: "2")] {
            #expect(book.keep(state, of: source))
            #expect(book.knownState(of: source) == state)
            try await book.flush()
            #expect(try await store.state(of: source) == state)
        }
        let again = SourceBook(store: store, writesBehind: true)
        try await again.load([source])
        let last = polled(state(entityTag: "2"), after: 20)
        #expect(again.keep(last, of: source))
        try await again.flush()
        #expect(try await store.state(of: source) == last)
    }

    @Test("what could not be written is written with the next poll, though that found nothing new")
    func failure() async throws {
        let book = SourceBook(store: store, writesBehind: true)
        try await book.load([source])
        #expect(book.keep(state(entityTag: "1"), of: source))
        try await book.flush()
        let changed = state(entityTag: "2")
        #expect(book.keep(changed, of: source))
        store.failNextStates(1)
        await #expect(throws: FailingStore.DiskFull.self) { try await book.flush() }
        let last = polled(changed, after: 10)
        #expect(book.keep(last, of: source))
        try await book.flush()
        #expect(try await store.state(of: source) == last)
    }

    @Test("a source that is reached by another URL has a state of its own")
    func otherURL() async throws {
        let book = SourceBook(store: store, writesBehind: true)
        try await book.load([source])
        #expect(book.keep(state(entityTag: "1"), of: source))
        try await book.flush()
        let moved = Source(name: "wire", url: "http://wire.example/new")
        #expect(book.knownState(of: moved) == nil)
        try await book.load([moved])
        let last = state(entityTag: "3")
        #expect(book.keep(last, of: moved))
        try await book.flush()
        #expect(try await store.state(of: moved) == last)
    }
}
