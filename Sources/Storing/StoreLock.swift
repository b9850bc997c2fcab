import Foundation

/// The right to write to a store, held by one process at a time.
///
/// The kernel lets go of it when the process ends, however that happens.
public final class StoreLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock of the store at a path, without waiting.
    ///
    /// - Throws: ``StoringError/inUse(path:)``, or ``StoringError/cannotOpen(path:reason:)``.
    public init(storePath: String) throws(StoringError) {
        let directory = URL(fileURLWithPath: storePath).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw .cannotOpen(path: storePath, reason: "the directory \(directory) cannot be created")
        }
        let path = "\(storePath).lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .cannotOpen(path: storePath, reason: "\(path): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .inUse(path: storePath)
        }
    }

    deinit {
        close(descriptor)
    }
}
