import Foundation
import GRDB
import TallyModel
import Testing

@testable import Storing

@Suite(.timeLimit(.minutes(1))) struct ClosingTests {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path

    @Test("a task that is cancelled while it has the store does not keep it from closing")
    func cancelled() async throws {
        // What is left behind in the temporary directory harms nobody.
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let store = try SQLiteStore(.file(path: "\(directory)/tallywatch.db"))
        let writer = store.writer
        let source = Source(name: "wire", url: "http://wire.example/")
        let state = SourceState(nextPollAt: Date(timeIntervalSince1970: 1))
        try await store.save([(source, state, false)])
        // Cancelled between two statements, with none left to be interrupted.
        _ = try? await Task {
            try await writer.writeWithoutTransaction { _ in withUnsafeCurrentTask { $0?.cancel() } }
        }.value
        try store.close()
        // The log has been folded in.
        #expect(try Data(contentsOf: URL(fileURLWithPath: "\(directory)/tallywatch.db-wal")).isEmpty)
    }
}
