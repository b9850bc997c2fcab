import TallyModel

/// Writes what several callers want written in one transaction: each waits for its own, and the disk is asked once.
actor GroupWriter {
    private let write: @Sendable ([EntryRecord]) async throws -> Void
    private var isWriting = false
    private var pending: [EntryRecord] = []
    private var waiting: [CheckedContinuation<Void, any Error>] = []

    init(_ write: @escaping @Sendable ([EntryRecord]) async throws -> Void) {
        self.write = write
    }

    /// Writes entries, together with those that come while others are being written.
    ///
    /// A transaction that fails has written nothing of any caller, and all of them are told.
    func save(_ entries: [EntryRecord]) async throws {
        try await withCheckedThrowingContinuation { continuation in
            pending += entries
            waiting.append(continuation)
            guard !isWriting else { return }
            isWriting = true
            Task { await drain() }
        }
    }

    private func drain() async {
        while !waiting.isEmpty {
            let (entries, callers) = (pending, waiting)
            (pending, waiting) = ([], [])
            do {
                try await write(entries)
                for caller in callers { caller.resume() }
            } catch {
                for caller in callers { caller.resume(throwing: error) }
            }
        }
        isWriting = false
    }
}
