import Foundation
import Storing
import TallyModel
import Testing

@Suite(.timeLimit(.minutes(1))) struct SQLiteStoreTests {
    let store: SQLiteStore
    let now = Date(timeIntervalSince1970: 1_750_000_000)

    init() throws {
        store = try SQLiteStore(.memory)
    }

    func due(_ sink: String) async throws -> [Delivery] {
        try await store.dueDeliveries(to: sink, at: now, limit: 10, busyLanes: [])
    }

    @Test("a reading comes back whole: article, claims, story, figure and its history")
    func readsBack() async throws {
        let reading = Samples.reading(at: now)
        try await store.commit(reading)
        let known = try #require(try await store.knownArticle(reading.reference.id))
        #expect(known.revisionID == reading.reference.revisionID)
        #expect(known.storyID == reading.story.id)
        #expect(known.claims == reading.claims)
        #expect(try await store.figures(ofStory: reading.story.id) == reading.figures)
        #expect(try await store.figure(reading.figures[0].id) == reading.figures[0])
        #expect(try await store.recentStories(limit: 10) == [reading.story])
        let entries = try await store.entries(ofSource: "wire", among: ["e1", "e2"])
        #expect(entries == ["e1": reading.entry])
    }

    @Test("a claim that a figure holds in other terms comes back in them, and as it is in its article")
    func restated() async throws {
        var reading = Samples.reading(at: now)
        reading.figures[0].claims[0].sourced.claim.quantity.low = 20
        reading.figures[0].claims[0].sourced.claim.counted = "people"
        try await store.commit(reading)
        #expect(try await store.figures(ofStory: reading.story.id) == reading.figures)
        #expect(try await store.knownArticle(reading.reference.id)?.claims == reading.claims)
        reading.figures[0].claims[0].isStanding = true
        try await store.save(reading.figures[0], move: nil, at: now)
        #expect(try await store.figure("figure") == reading.figures[0], "what changes later leaves its terms")
    }

    @Test("the moves of a baseline come back in their order, each once, with the claims that made them")
    func moves() async throws {
        let reading = Samples.reading(at: now)
        try await store.commit(reading)
        try await store.commit(reading)
        #expect(try await store.moves(ofFigure: "figure").map(\.move) == reading.moves)
        var figure = reading.figures[0]
        figure.baseline.version += 1
        figure.baseline.isPinned = true
        let pinned = BaselineMove(
            of: figure,
            from: nil,
            cause: .pinned,
            reason: "by a person",
            claimID: nil
        )
        let later = now.addingTimeInterval(60)
        try await store.save(figure, move: pinned, at: later)
        let moves = try await store.moves(ofFigure: "figure")
        #expect(moves.map(\.move) == [reading.moves[0], pinned])
        #expect(moves.map(\.movedAt) == [now, later])
        #expect(try await store.moves(ofFigure: "none").isEmpty)
    }

    @Test("a reading that is committed twice is there once, and its alerts are delivered once")
    func idempotent() async throws {
        let reading = Samples.reading(at: now)
        try await store.commit(reading)
        let first = try await due("log")
        try await store.settle(
            [DeliveryOutcome(id: try #require(first.first).id, change: .delivered)],
            at: now
        )
        try await store.commit(reading)
        #expect(try await due("log").isEmpty)
        #expect(try await due("desk").count == 1)
    }

    @Test("a commit that fails in the middle has changed nothing")
    func atomic() async throws {
        var reading = Samples.reading(at: now)
        reading.figures[0].storyID = "no such story"
        await #expect(throws: (any Error).self) { try await store.commit(reading) }
        #expect(try await store.knownArticle(reading.reference.id) == nil)
        #expect(try await store.recentStories(limit: 10).isEmpty)
        #expect(try await due("log").isEmpty)
    }

    @Test("deliveries to a sink that is gone are given up, the others stay")
    func removedSinks() async throws {
        try await store.commit(Samples.reading(at: now))
        #expect(try await store.abandonDeliveries(exceptTo: ["log"], at: now) == 1)
        #expect(try await due("log").count == 1)
        #expect(try await due("desk").isEmpty)
    }

    @Test("a source's state keeps validators byte for byte")
    func sourceState() async throws {
        let source = Source(name: "wire", url: "https://example.org/feed.xml")
        #expect(try await store.state(of: source) == nil)
        var state = SourceState(nextPollAt: now)
        state.validators = Validators(
            entityTag: #"W/"a;b, c""#,
            lastModified: "Tue, 01 Jul 2025 10:00:00 +0000"
        )
        state.bodyDigest = "d"
        state.lastSuccessAt = now
        try await store.save(state, of: source, alert: nil, deliveries: [])
        #expect(try await store.state(of: source) == state)
        #expect(try await store.state(of: Source(name: "wire", url: "https://example.org/new.xml")) == nil)
    }

    @Test("an alert is acknowledged once; an unknown one is not")
    func acknowledge() async throws {
        let reading = Samples.reading(at: now)
        try await store.commit(reading)
        #expect(try await store.acknowledge(reading.alerts[0].id, telling: [], at: now))
        #expect(try await store.acknowledge("alert_none", telling: [], at: now) == false)
        let stored = try await store.storedAlerts(ofFigure: nil, limit: 10)
        #expect(stored.first?.acknowledgedAt == now)
    }

    @Test("entries that are due come back, the longest due first")
    func dueEntries() async throws {
        var late = EntryRecord(source: "wire", entryID: "late", url: "u", digest: "", firstSeenAt: now)
        late.nextCheckAt = now.addingTimeInterval(-60)
        var later = late
        later.entryID = "later"
        later.nextCheckAt = now.addingTimeInterval(-120)
        var future = late
        future.entryID = "future"
        future.nextCheckAt = now.addingTimeInterval(60)
        try await store.save([late, later, future])
        let due = try await store.entriesDue(ofSource: "wire", at: now, limit: 10)
        #expect(due.map(\.entryID) == ["later", "late"])
    }
}

@Suite(.timeLimit(.minutes(1))) struct StoreFileTests {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    var path: String { "\(directory)/sub/tallywatch.db" }

    @Test("a store is made with its directory, and read by a second process while the first writes")
    func readsBeside() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let store = try SQLiteStore(.file(path: path))
        let now = Date(timeIntervalSince1970: 1_750_000_000)
        try await store.commit(Samples.reading(at: now))
        let reader = try SQLiteStore(readingPath: path)
        #expect(try await reader.recentStories(limit: 1).count == 1)
        await #expect(throws: (any Error).self) {
            try await reader.save(Samples.reading(at: now).figures[0], move: nil, at: now)
        }
    }

    @Test("one process at a time may write")
    func locks() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let lock = try StoreLock(storePath: path)
        #expect(throws: StoringError.inUse(path: path)) { try StoreLock(storePath: path) }
        withExtendedLifetime(lock) {}
    }

    @Test("a store that is not there is not made by reading")
    func missing() {
        #expect(throws: StoringError.missing(path: path)) { try SQLiteStore(readingPath: path) }
    }

    @Test(
        "store URLs",
        arguments: [
            ("sqlite:///var/lib/t.db", StoreURL.file(path: "/var/lib/t.db")),
            ("sqlite://data/t.db", StoreURL.file(path: "/etc/data/t.db")),
            ("sqlite::memory:", StoreURL.memory),
        ]
    )
    func urls(text: String, expected: StoreURL) throws {
        #expect(try StoreURL(text, relativeTo: "/etc") == expected)
    }

    @Test(
        "anything else is no store",
        arguments: ["", "sqlite:", "sqlite://", "mysql://x/y", "/var/lib/t.db"]
    )
    func badURLs(text: String) {
        #expect(throws: StoringError.badURL(text)) { try StoreURL(text, relativeTo: "/etc") }
    }
}
