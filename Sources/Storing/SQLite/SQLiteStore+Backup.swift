import Foundation
import GRDB

extension SQLiteStore {
    /// Copies the store to a file as it is at one moment, looks through the copy, and then gives it its name.
    ///
    /// - Returns: The copy's size in bytes.
    /// - Throws: ``StoringError/cannotOpen(path:reason:)`` for a copy that is not whole; what the disk says.
    public func backup(to path: String) async throws -> Int {
        let partial = "\(path).partial"
        for suffix in ["", "-wal", "-shm", "-journal"]
        where FileManager.default.fileExists(atPath: partial + suffix) {
            try FileManager.default.removeItem(atPath: partial + suffix)
        }
        do {
            let copy = try DatabaseQueue(path: partial)
            // In one step: steps of a part begin anew whenever the daemon writes in between.
            try writer.backup(to: copy)
            let problems = try await copy.writeWithoutTransaction { database in
                // A file by itself, without a log beside it.
                try database.execute(sql: "PRAGMA journal_mode = DELETE")
                return try String.fetchAll(database, sql: "PRAGMA quick_check(5)").filter { $0 != "ok" }
            }
            try copy.close()
            guard problems.isEmpty else { throw StoringError.cannotOpen(path: partial, reason: problems[0]) }
            try Self.synchronize(partial)
            guard rename(partial, path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        } catch {
            // What is left of a copy that failed is of no use; the failure itself is told.
            try? FileManager.default.removeItem(atPath: partial)
            throw error
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.size] as? Int) ?? 0
    }

    /// Closes a store that was opened for reading.
    public func closeReading() async throws {
        try writer.close()
    }

    private static func synchronize(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
        Foundation.close(descriptor)
    }
}
