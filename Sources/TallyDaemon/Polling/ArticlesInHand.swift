import Synchronization

/// The articles that are being read now: one that two sources lead to is read for one of them.
final class ArticlesInHand: Sendable {
    private let ids = Mutex<Set<String>>([])

    /// Takes an article; returns whether nobody else has it in hand.
    func take(_ id: String) -> Bool {
        ids.withLock { $0.insert(id).inserted }
    }

    /// Lets an article go.
    func release(_ id: String) {
        ids.withLock { _ = $0.remove(id) }
    }
}
