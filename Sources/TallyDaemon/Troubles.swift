import Synchronization

/// What has been told of a source's troubles, so that each is told once until it is over.
final class Troubles: Sendable {
    private let told = Mutex<Set<String>>([])

    /// Returns whether a trouble is news, and remembers it.
    func isNews(_ trouble: String, of source: String) -> Bool {
        told.withLock { $0.insert("\(source)\n\(trouble)").inserted }
    }

    /// Forgets a trouble that is over.
    func end(_ trouble: String, of source: String) {
        told.withLock { told in
            guard !told.isEmpty else { return }
            told.remove("\(source)\n\(trouble)")
        }
    }
}
