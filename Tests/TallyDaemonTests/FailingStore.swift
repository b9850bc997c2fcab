import Foundation
import Storing
import Synchronization
import TallyModel

/// A store whose commits and states can be made to fail, as they do when the disk is full.
final class FailingStore: Store {
    struct DiskFull: Error {}

    private let store: SQLiteStore
    private let failures = Mutex(0)
    private let stateFailures = Mutex(0)

    init(_ store: SQLiteStore) {
        self.store = store
    }

    func failNextCommits(_ count: Int) {
        failures.withLock { $0 = count }
    }

    func failNextStates(_ count: Int) {
        stateFailures.withLock { $0 = count }
    }

    func commit(_ reading: ReadingCommit) async throws {
        let fails = failures.withLock { left in
            left -= 1
            return left >= 0
        }
        if fails { throw DiskFull() }
        try await store.commit(reading)
    }

    func state(of source: Source) async throws -> SourceState? { try await store.state(of: source) }

    func save(
        _ state: SourceState,
        of source: Source,
        alert: Alert?,
        deliveries: [PlannedDelivery]
    ) async throws {
        try await store.save(state, of: source, alert: alert, deliveries: deliveries)
    }

    func readStates(
        _ take:
            @escaping @Sendable (_ name: String, _ url: String, _ state: SourceState, _ nextCheck: Date?) ->
            Void
    ) async throws {
        try await store.readStates(take)
    }

    func save(_ states: [(source: Source, state: SourceState, isOnlyPolled: Bool)]) async throws {
        let fails = stateFailures.withLock { left in
            left -= 1
            return left >= 0
        }
        if fails { throw DiskFull() }
        try await store.save(states)
    }

    func moveChecks(ofSource name: String, bySeconds seconds: Double, at now: Date) async throws {
        try await store.moveChecks(ofSource: name, bySeconds: seconds, at: now)
    }

    func checksDue() async throws -> [String: Date] { try await store.checksDue() }

    func nextCheck(ofSource name: String) async throws -> Date? { try await store.nextCheck(ofSource: name) }

    func articlesRead(among ids: [String]) async throws -> [String: Date] {
        try await store.articlesRead(among: ids)
    }

    func entries(ofSource name: String, among ids: [String]) async throws -> [String: EntryRecord] {
        try await store.entries(ofSource: name, among: ids)
    }

    func entriesDue(ofSource name: String, at now: Date, limit: Int) async throws -> [EntryRecord] {
        try await store.entriesDue(ofSource: name, at: now, limit: limit)
    }

    func save(_ entries: [EntryRecord]) async throws { try await store.save(entries) }

    func knownArticle(_ id: String) async throws -> KnownArticle? { try await store.knownArticle(id) }

    func recentStories(limit: Int) async throws -> [Story] { try await store.recentStories(limit: limit) }

    func figures(ofStory id: String) async throws -> [Figure] { try await store.figures(ofStory: id) }

    func figure(_ id: String) async throws -> Figure? { try await store.figure(id) }

    func save(_ figure: Figure, move: BaselineMove?, at now: Date) async throws {
        try await store.save(figure, move: move, at: now)
    }

    func acknowledge(_ alert: String, telling sinks: [String], at now: Date) async throws -> Bool {
        try await store.acknowledge(alert, telling: sinks, at: now)
    }

    func abandonDeliveries(exceptTo sinks: [String], at now: Date) async throws -> Int {
        try await store.abandonDeliveries(exceptTo: sinks, at: now)
    }

    func dueDeliveries(
        to sink: String,
        at now: Date,
        limit: Int,
        busyLanes: Set<String>
    ) async throws -> [Delivery] {
        try await store.dueDeliveries(to: sink, at: now, limit: limit, busyLanes: busyLanes)
    }

    func nextDeliveryDue(to sink: String, after now: Date) async throws -> Date? {
        try await store.nextDeliveryDue(to: sink, after: now)
    }

    func settle(_ outcomes: [DeliveryOutcome], at now: Date) async throws {
        try await store.settle(outcomes, at: now)
    }

    func hastenDeliveries(to sink: String, at now: Date) async throws {
        try await store.hastenDeliveries(to: sink, at: now)
    }

    func shiftDeliveries(bySeconds seconds: Double) async throws {
        try await store.shiftDeliveries(bySeconds: seconds)
    }

    func disabledSinks(targets: [String: String]) async throws -> [String: String] {
        try await store.disabledSinks(targets: targets)
    }

    func disable(sink: String, target: String, reason: String, at now: Date) async throws {
        try await store.disable(sink: sink, target: target, reason: reason, at: now)
    }

    func abandonDeliveries(to sink: String, reason: String, at now: Date) async throws -> Int {
        try await store.abandonDeliveries(to: sink, reason: reason, at: now)
    }
}
