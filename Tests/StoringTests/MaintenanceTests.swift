import Foundation
import Storing
import TallyModel
import Testing

@Suite(.timeLimit(.minutes(1))) struct MaintenanceTests {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    var path: String { "\(directory)/tallywatch.db" }
    let now = Date(timeIntervalSince1970: 1_750_000_000)
    let day: Double = 86400

    private func store() throws -> SQLiteStore { try SQLiteStore(.file(path: path)) }

    private func removeFiles() {
        try? FileManager.default.removeItem(atPath: directory)
    }

    @Test("a backup is a whole store of its own, made beside a writer, and replaces nothing half")
    func backup() async throws {
        defer { removeFiles() }
        let store = try store()
        try await store.commit(Samples.reading(at: now))
        let reader = try SQLiteStore(readingPath: path)
        let copy = "\(directory)/copy.db"
        #expect(try await reader.backup(to: copy) > 0)
        #expect(!FileManager.default.fileExists(atPath: copy + ".partial"))
        let opened = try SQLiteStore(readingPath: copy)
        #expect(try await opened.recentStories(limit: 10) == store.recentStories(limit: 10))
        #expect(try await opened.integrityProblems() == [])
        await #expect(throws: (any Error).self) { try await reader.backup(to: "/nonexistent/copy.db") }
    }

    @Test("texts go first, then alerts, then stories; what is pending, pinned or watched stays")
    func retention() async throws {
        defer { removeFiles() }
        let store = try store()
        try await store.commit(Samples.reading(at: now))
        var retention = Retention()
        retention.articlesSeconds = 30 * day
        retention.alertsSeconds = 60 * day
        retention.claimsSeconds = 90 * day
        #expect(try await store.prune(retention, at: now.addingTimeInterval(29 * day)).isSomething == false)
        #expect(try await store.prune(retention, at: now.addingTimeInterval(31 * day)).texts == 1)
        #expect(try await store.prune(retention, at: now.addingTimeInterval(31 * day)).texts == 0)
        let late = now.addingTimeInterval(91 * day)
        #expect(try await store.prune(retention, at: late).isSomething == false)
        for sink in ["log", "desk"] {
            _ = try await store.abandonDeliveries(to: sink, reason: "a test", at: now)
        }
        #expect(try await store.prune(retention, at: late).alerts == 1)
        #expect(try await store.figure("figure") != nil, "a watched figure stays")
        var figure = Samples.reading(at: now).figures[0]
        figure.watch = nil
        try await store.save(figure, move: nil, at: now)
        #expect(try await store.prune(retention, at: late).stories == 1)
        #expect(try await store.figure("figure") == nil)
        #expect(try await store.moves(ofFigure: "figure").isEmpty)
        #expect(try await store.recentStories(limit: 10).isEmpty)
        let entry = try await store.entries(ofSource: "wire", among: ["e1"])["e1"]
        #expect(entry != nil, "its entry is not taken for a new one")
        #expect(try await store.integrityProblems() == [])
    }

    @Test("what is kept for ever stays")
    func forever() async throws {
        defer { removeFiles() }
        let store = try store()
        try await store.commit(Samples.reading(at: now))
        var retention = Retention()
        retention.articlesSeconds = nil
        retention.alertsSeconds = nil
        retention.claimsSeconds = nil
        #expect(try await store.prune(retention, at: now.addingTimeInterval(1e10)).isSomething == false)
    }

    @Test("room is given back while the store is open")
    func vacuum() async throws {
        defer { removeFiles() }
        let store = try store()
        var reading = Samples.reading(at: now)
        let template = reading.alerts[0]
        reading.alerts = (1...2000).map {
            Alert(id: "alert_\($0)", type: .new, timestamp: now, data: template.data)
        }
        reading.deliveries = []
        try await store.commit(reading)
        let before = try await store.sizeBytes()
        var retention = Retention()
        retention.alertsSeconds = day
        #expect(try await store.prune(retention, at: now.addingTimeInterval(2 * day)).alerts == 2000)
        #expect(try await store.vacuum() > 0)
        #expect(try await store.sizeBytes() < before / 2)
    }

    @Test("a file that is no database, and one that is damaged, are named and left alone")
    func corrupt() async throws {
        defer { removeFiles() }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let garbage = Data(repeating: 0x41, count: 8192)
        try garbage.write(to: URL(fileURLWithPath: path))
        #expect(throws: StoringError.cannotOpen(path: path, reason: "file is not a database")) { try store() }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == garbage)
    }

    @Test("a page that went bad is found")
    func damaged() async throws {
        defer { removeFiles() }
        let store = try store()
        var reading = Samples.reading(at: now)
        let template = reading.alerts[0]
        reading.alerts = (1...500).map {
            Alert(id: "alert_\($0)", type: .new, timestamp: now, data: template.data)
        }
        reading.deliveries = []
        try await store.commit(reading)
        try store.close()
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        let pages = Int(try handle.seekToEnd()) / 4096
        // The last pages hold rows, not the schema.
        for page in pages - 8..<pages {
            try handle.seek(toOffset: UInt64(page * 4096))
            try handle.write(contentsOf: Data(repeating: 0x5a, count: 4096))
        }
        try handle.close()
        let reader = try SQLiteStore(readingPath: path)
        #expect(try await !reader.integrityProblems().isEmpty)
    }
}
