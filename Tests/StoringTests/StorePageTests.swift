import Foundation
import GRDB
import Storing
import TallyModel
import Testing

@Suite("The pages of the store", .timeLimit(.minutes(1)))
struct StorePageTests {
    private let path = "/tmp/tally-store-\(UUID().uuidString.prefix(8)).db"

    private func removeFiles() {
        // What is left behind in the temporary directory harms nobody.
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    private func value(of pragma: String) throws -> String? {
        try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "PRAGMA \(pragma)") }
    }

    @Test("a new store has pages for texts, gives room back, and writes ahead")
    func new() throws {
        defer { removeFiles() }
        try SQLiteStore(.file(path: path)).close()
        #expect(try value(of: "page_size") == "8192")
        #expect(try value(of: "auto_vacuum") == "2")
        #expect(try value(of: "journal_mode") == "wal")
    }

    @Test("an older store keeps its smaller pages, and is used as it is")
    func older() async throws {
        defer { removeFiles() }
        let queue = try DatabaseQueue(path: path)
        try await queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL; VACUUM")
        }
        try queue.close()
        let source = Source(name: "wire", url: "http://wire.example/")
        let store = try SQLiteStore(.file(path: path))
        let state = SourceState(nextPollAt: Date(timeIntervalSince1970: 1))
        try await store.save([(source, state, false)])
        try store.close()
        #expect(try value(of: "page_size") == "4096")
        let again = try SQLiteStore(.file(path: path))
        #expect(try await again.state(of: source) == state)
        try again.close()
    }

    @Test("of each source with entries that wait, the first is known")
    func checks() async throws {
        let store = try SQLiteStore(.memory)
        let start = Date(timeIntervalSince1970: 1_750_000_000)
        let waits: [String: [Double?]] = [
            "a": [30, 10, nil, 20], "b": [nil], "c": [5], "c\u{1}": [7, 6], "ä": [40, nil],
        ]
        for (name, seconds) in waits {
            let entries = seconds.enumerated().map { number, seconds in
                var record = EntryRecord(
                    source: name,
                    entryID: "\(number)",
                    url: "",
                    digest: "",
                    firstSeenAt: start
                )
                record.nextCheckAt = seconds.map { start.addingTimeInterval($0) }
                return record
            }
            try await store.save(entries)
        }
        let first = ["a": 10.0, "c": 5, "c\u{1}": 6, "ä": 40].mapValues { start.addingTimeInterval($0) }
        #expect(try await store.checksDue() == first)
    }
}
