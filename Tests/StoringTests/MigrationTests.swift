import Foundation
import GRDB
import Storing
import TallyModel
import Testing

/// Stores of every released schema open in this version with everything that was in them.
@Suite(.timeLimit(.minutes(1))) struct MigrationTests {
    @Test("a store of the first schema keeps its alerts and what became of their deliveries")
    func first() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let path = "\(directory)/tallywatch.db"
        let schema = try #require(Bundle.module.url(forResource: "schema-001", withExtension: "sql"))
        do {
            let queue = try DatabaseQueue(path: path)
            let sql = try String(contentsOf: schema, encoding: .utf8)
            try await queue.write { try $0.execute(sql: sql) }
            try queue.close()
        }
        var steps: [String] = []
        let store = try SQLiteStore(.file(path: path)) { steps.append("\($0) of \($1)") }
        #expect(steps.first == "0 of \(steps.count)" && steps.count >= 2)
        let stored = try await store.storedDeliveries(DeliverySelection(), limit: 10)
        #expect(stored.map(\.state) == [.abandoned, .delivered, .pending])
        #expect(stored.map(\.attempts) == [10, 1, 2])
        #expect(stored.map(\.alert) == ["alert_2", "alert_1", "alert_1"])
        let due = try await store.dueDeliveries(to: "desk", at: Date(), limit: 10, busyLanes: [])
        #expect(due.map(\.messageID) == ["alert_1"])
        #expect(due.map(\.lane) == ["figure"])
        let figures = try await store.figures(ofStory: "story")
        #expect(figures.map(\.label) == ["people hurt", "people killed"])
        #expect(figures.map { $0.claims.map(\.sourced.id) } == [["claim_a"], ["claim_b"]])
        #expect(figures.map { $0.claims.map(\.sourced.alsoCarriedBy) } == [[["Second"]], [[]]])
        #expect(figures.map { $0.claims.map(\.isStanding) } == [[true], [false]])
        #expect(figures[1].claims.first?.sourced.claim == figures[1].key, "a sum is the sum again")
        #expect(try await store.knownArticle("article")?.claims.map(\.claim.quantity.low) == [7, 12])
        #expect(try await store.moves(ofFigure: "figure").isEmpty)
        #expect(try await store.integrityProblems() == [])
        try store.close()
        var later = 0
        try SQLiteStore(.file(path: path)) { _, _ in later += 1 }.close()
        #expect(later == 0)
    }

    @Test("a store of a newer version is left alone, and the error says so")
    func newer() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let path = "\(directory)/tallywatch.db"
        try SQLiteStore(.file(path: path)).close()
        let queue = try DatabaseQueue(path: path)
        try await queue.write {
            try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('999 of a newer version')")
        }
        try queue.close()
        let error = #expect(throws: StoringError.self) { try SQLiteStore(.file(path: path)) }
        #expect(error?.description.contains("999 of a newer version") == true)
    }
}
