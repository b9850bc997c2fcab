import FoundationEssentials
import Synchronization
import TallyModel

/// What is remembered of every source, in memory before the store.
///
/// Most polls change nothing but a source's own times. Written one by one, they would cost more than the poll; they
/// are gathered and written together, a second late at most. A crash in between leads to some polls made twice.
final class SourceBook: Sendable {
    private let store: any Store
    /// Whether states wait for ``flush()``.
    private let writesBehind: Bool
    private let pages = Mutex(Pages())

    private struct Pages {
        var states: [String: (url: String, state: SourceState)] = [:]
        var unwritten: [String: Source] = [:]
        /// When the next entry of a source is due; absent where that is not known, `nil` where none is.
        var checks: [String: Date?] = [:]
    }

    /// Unwritten states that are written without waiting for their time.
    private static let writtenAtOnce = 512

    init(store: any Store, writesBehind: Bool) {
        self.store = store
        self.writesBehind = writesBehind
    }

    /// Reads what is remembered of some sources, so that no poll has to.
    func load(_ sources: [Source]) async throws {
        let states = try await store.states(of: sources)
        let checks = try await store.checksDue()
        pages.withLock { pages in
            for source in sources where pages.unwritten[source.name] == nil {
                if let state = states[source.name] {
                    pages.states[source.name] = (source.url, state)
                } else {
                    pages.states[source.name] = (source.url, SourceState(nextPollAt: .distantPast))
                }
                pages.checks[source.name] = .some(checks[source.name])
            }
        }
    }

    /// Returns what is remembered of a source; a new one has been due for ever.
    func state(of source: Source) async throws -> SourceState {
        let known = pages.withLock { $0.states[source.name] }
        if let known, known.url == source.url { return known.state }
        return try await store.state(of: source) ?? SourceState(nextPollAt: .distantPast)
    }

    /// Keeps a state; an alert is written with it at once.
    func save(_ state: SourceState, of source: Source, alert: Alert?, sinks: [String]) async throws {
        guard writesBehind, alert == nil else {
            try await store.save(state, of: source, alert: alert, sinks: sinks)
            pages.withLock { pages in
                pages.states[source.name] = (source.url, state)
                pages.unwritten[source.name] = nil
            }
            return
        }
        let count = pages.withLock { pages in
            pages.states[source.name] = (source.url, state)
            pages.unwritten[source.name] = source
            return pages.unwritten.count
        }
        if count >= Self.writtenAtOnce { try await flush() }
    }

    /// Writes what has not been written.
    func flush() async throws {
        let batch = pages.withLock { pages in
            let batch = pages.unwritten.values.compactMap { source in
                pages.states[source.name].map { (source: source, state: $0.state) }
            }
            pages.unwritten = [:]
            return batch
        }
        do {
            try await store.save(batch)
        } catch {
            pages.withLock { pages in
                for (source, _) in batch where pages.unwritten[source.name] == nil {
                    pages.unwritten[source.name] = source
                }
            }
            throw error
        }
    }

    /// Returns when the next entry of a source is to be looked at again; `nil` where none is.
    func nextCheck(of source: Source) async throws -> Date? {
        if let known = pages.withLock({ $0.checks[source.name] }) { return known }
        let check = try await store.nextCheck(ofSource: source.name)
        pages.withLock { $0.checks[source.name] = .some(check) }
        return check
    }

    /// Forgets when the next entry of a source is due, after its entries have changed.
    func forgetChecks(of source: Source) {
        pages.withLock { $0.checks[source.name] = nil }
    }
}
