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

    /// What is known of one source: a class, so that ten thousand of them lie in memory once.
    private final class Page {
        let source: Source
        var state: SourceState
        var isUnwritten = false
        /// Whether the store has the state but for what polls change that find nothing new.
        var isOnlyPolled = false
        /// Whether the store may remember more.
        var isUnread = false
        /// When the next entry is due, `nil` for none; of no meaning while ``isCheckKnown`` is false.
        var check: Date?
        var isCheckKnown = false

        init(_ source: Source, _ state: SourceState) {
            self.source = source
            self.state = state
        }
    }

    private struct Pages {
        var byName: [String: Page] = [:]
        var unwritten: [Page] = []

        /// The page that was asked for last: a cycle asks for its own several times in a row.
        private var last: Page?

        /// The page of a source; `nil` where none is or where it is of another URL.
        mutating func page(of source: Source) -> Page? {
            if let last, last.source == source { return last }
            guard let page = byName[source.name], page.source.url == source.url else { return nil }
            last = page
            return page
        }

        mutating func add(_ page: Page) {
            byName[page.source.name] = page
            last = nil
        }

        mutating func keep(_ state: SourceState, of source: Source, isWritten: Bool) {
            let page: Page
            if let known = self.page(of: source), known.source == source {
                page = known
                page.isOnlyPolled = page.isOnlyPolled && state.isOnlyPolled(since: page.state)
                page.state = state
            } else {
                page = Page(source, state)
                add(page)
            }
            page.isUnread = false
            if isWritten {
                page.isUnwritten = false
                page.isOnlyPolled = true
            } else if !page.isUnwritten {
                page.isUnwritten = true
                unwritten.append(page)
            }
        }
    }

    /// Unwritten states that are written without waiting for their time.
    private static let writtenAtOnce = 1024

    init(store: any Store, writesBehind: Bool) {
        self.store = store
        self.writesBehind = writesBehind
    }

    /// Reads what is remembered of some sources, so that no poll has to.
    func load(_ sources: [Source]) async throws {
        pages.withLock { pages in
            pages.byName.reserveCapacity(sources.count)
            // What is in memory is never older than what is stored.
            for source in sources where pages.byName[source.name]?.source.url != source.url {
                let page = Page(source, SourceState(nextPollAt: .distantPast))
                page.isUnread = true
                pages.add(page)
            }
        }
        // One by one: all states twice would be what the process needs most memory for.
        try await store.readStates { [self] name, url, state, check in
            pages.withLock { pages in
                guard let page = pages.byName[name], page.isUnread, page.source.url == url else { return }
                page.state = state
                page.isUnread = false
                page.isOnlyPolled = true
                page.check = check
                page.isCheckKnown = true
            }
        }
        let isAnyUnread = pages.withLock { pages in
            sources.contains { pages.byName[$0.name]?.isUnread == true }
        }
        guard isAnyUnread else { return }
        // Entries may be known of a source whose state is not, where the first poll was cut short.
        let checks = try await store.checksDue()
        pages.withLock { pages in
            for source in sources {
                guard let page = pages.byName[source.name], page.isUnread else { continue }
                page.check = checks[source.name]
                page.isCheckKnown = true
            }
        }
    }

    /// Returns what is in memory of a source; `nil` where the store has to be asked.
    func knownState(of source: Source) -> SourceState? {
        pages.withLock { $0.page(of: source)?.state }
    }

    /// Returns what is remembered of a source; a new one has been due for ever.
    nonisolated(nonsending) func state(of source: Source) async throws -> SourceState {
        if let known = knownState(of: source) { return known }
        return try await store.state(of: source) ?? SourceState(nextPollAt: .distantPast)
    }

    /// Keeps a state without an alert, where that needs no wait; returns whether it did.
    func keep(_ state: SourceState, of source: Source) -> Bool {
        guard writesBehind else { return false }
        return pages.withLock { pages in
            guard pages.unwritten.count < Self.writtenAtOnce - 1 else { return false }
            pages.keep(state, of: source, isWritten: false)
            return true
        }
    }

    /// Keeps a state; an alert is written with it at once.
    nonisolated(nonsending) func save(
        _ state: SourceState,
        of source: Source,
        alert: Alert?,
        deliveries: [PlannedDelivery]
    ) async throws {
        guard writesBehind, alert == nil else {
            try await store.save(state, of: source, alert: alert, deliveries: deliveries)
            pages.withLock { $0.keep(state, of: source, isWritten: true) }
            return
        }
        let count = pages.withLock { pages in
            pages.keep(state, of: source, isWritten: false)
            return pages.unwritten.count
        }
        if count >= Self.writtenAtOnce { try await flush() }
    }

    /// Writes what has not been written.
    func flush() async throws {
        let batch = pages.withLock { pages in
            let batch = pages.unwritten.filter(\.isUnwritten).map { page in
                defer {
                    page.isUnwritten = false
                    page.isOnlyPolled = true
                }
                return (source: page.source, state: page.state, isOnlyPolled: page.isOnlyPolled)
            }
            pages.unwritten = []
            return batch
        }
        do {
            try await store.save(batch)
        } catch {
            // What has been kept since is newer than what could not be written.
            pages.withLock { pages in
                for (source, _, _) in batch {
                    guard let page = pages.byName[source.name] else { continue }
                    page.isOnlyPolled = false
                    guard !page.isUnwritten else { continue }
                    page.isUnwritten = true
                    pages.unwritten.append(page)
                }
            }
            throw error
        }
    }

    /// Returns when the next entry of a source is to be looked at again, as far as that is in memory; `nil` where the
    /// store has to be asked.
    func knownCheck(of source: Source) -> Date?? {
        pages.withLock { pages in
            guard let page = pages.page(of: source), page.isCheckKnown else { return nil }
            return .some(page.check)
        }
    }

    /// Returns when the next entry of a source is to be looked at again; `nil` where none is.
    nonisolated(nonsending) func nextCheck(of source: Source) async throws -> Date? {
        if let known = knownCheck(of: source) { return known }
        let check = try await store.nextCheck(ofSource: source.name)
        pages.withLock { pages in
            guard let page = pages.page(of: source) else { return }
            page.check = check
            page.isCheckKnown = true
        }
        return check
    }

    /// Forgets when the next entry of a source is due, after its entries have changed.
    func forgetChecks(of source: Source) {
        pages.withLock { $0.page(of: source)?.isCheckKnown = false }
    }
}
