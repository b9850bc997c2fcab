import Foundation
import Storing
import TallyModel
import Testing

@Suite(.timeLimit(.minutes(1))) struct DeliveryTests {
    let store: SQLiteStore
    let now = Date(timeIntervalSince1970: 1_750_000_000)

    init() throws {
        store = try SQLiteStore(.memory)
    }

    /// Commits alerts on one figure, each with a delivery to `desk`.
    @discardableResult
    private func commit(
        _ ids: [String],
        lane: String = "figure",
        group: String? = nil,
        notBefore: Date? = nil,
        interval: Double = 0,
        repeatSeconds: Double? = nil
    ) async throws -> ReadingCommit {
        var reading = Samples.reading(at: now)
        let template = reading.alerts[0]
        reading.alerts = ids.map { Alert(id: $0, type: .new, timestamp: now, data: template.data) }
        reading.deliveries = ids.map { id in
            var planned = PlannedDelivery(alertID: id, sink: "desk", notBefore: notBefore ?? now, lane: lane)
            planned.group = group
            planned.groupIntervalSeconds = interval
            planned.repeatSeconds = repeatSeconds
            return planned
        }
        try await store.commit(reading)
        return reading
    }

    private func due(_ time: Date? = nil, limit: Int = 10, busy: Set<String> = []) async throws -> [Delivery]
    {
        try await store.dueDeliveries(to: "desk", at: time ?? now, limit: limit, busyLanes: busy)
    }

    private func settle(
        _ delivery: Delivery,
        _ change: DeliveryOutcome.Change,
        at time: Date? = nil
    ) async throws {
        try await store.settle([DeliveryOutcome(id: delivery.id, change: change)], at: time ?? now)
    }

    @Test("a delivery waits for its time, counts its attempts, and ends once")
    func waits() async throws {
        try await commit(["alert_1"])
        let later = now.addingTimeInterval(300)
        let delivery = try #require(try await due().first)
        try await settle(delivery, .failed(retryAt: later, reason: "HTTP status 503"))
        #expect(try await due().isEmpty)
        #expect(try await store.nextDeliveryDue(to: "desk", after: now) == later)
        let again = try #require(try await due(later).first)
        #expect(again.attempts == 1)
        #expect(again.failures == 1)
        try await settle(again, .postponed(until: later, reason: "full"))
        #expect(try await due(later).first?.failures == 1)
        try await settle(again, .abandoned(reason: "410"))
        try await settle(again, .delivered)
        var selection = DeliverySelection()
        selection.states = [.abandoned]
        let stored = try await store.storedDeliveries(selection, limit: 10)
        #expect(stored.map(\.lastError) == ["410"])
        #expect(stored.map(\.attempts) == [3])
    }

    @Test("what stands behind a failed delivery of its lane waits; other lanes do not")
    func lanes() async throws {
        try await commit(["alert_1", "alert_2"], lane: "a")
        try await commit(["alert_3"], lane: "b")
        let first = try #require(try await due().first)
        try await settle(first, .failed(retryAt: now.addingTimeInterval(5), reason: "down"))
        #expect(try await due().map(\.alertID) == ["alert_3"])
        #expect(try await due(busy: ["b"]).isEmpty)
        #expect(try await due(now.addingTimeInterval(5)).map(\.alertID) == ["alert_1", "alert_2", "alert_3"])
    }

    @Test(
        "a group leaves in one message, with all that is gathered when its first is due, and the same one again"
    )
    func groups() async throws {
        let soon = now.addingTimeInterval(30)
        try await commit(["alert_1"], lane: "story", group: "story", notBefore: soon)
        try await commit(["alert_2"], lane: "story", group: "story", notBefore: now.addingTimeInterval(50))
        #expect(try await due().isEmpty)
        let first = try await due(soon)
        #expect(first.map(\.alertID) == ["alert_1", "alert_2"])
        let message = try #require(first[0].message)
        #expect(first[1].message == message)
        try await commit(["alert_3"], lane: "story", group: "story", notBefore: soon)
        for delivery in first {
            try await settle(delivery, .failed(retryAt: soon, reason: "down"))
        }
        let second = try await due(soon)
        #expect(second.prefix(2).map(\.message) == [message, message])
        #expect(second.last?.message == "alert_3")
    }

    @Test("a group's next message keeps its distance from the last one")
    func groupInterval() async throws {
        try await commit(["alert_1"], lane: "story", group: "story")
        try await settle(try #require(try await due().first), .delivered)
        try await commit(["alert_2"], lane: "story", group: "story", interval: 300)
        #expect(try await due(now.addingTimeInterval(299)).isEmpty)
        #expect(try await due(now.addingTimeInterval(300)).map(\.alertID) == ["alert_2"])
    }

    @Test("an alert is told again until somebody acknowledges it")
    func reminders() async throws {
        try await commit(["alert_1"], repeatSeconds: 3600)
        try await settle(try #require(try await due().first), .delivered)
        #expect(try await due().isEmpty)
        let next = now.addingTimeInterval(3600)
        let reminder = try #require(try await due(next).first)
        #expect(reminder.purpose == .reminder)
        #expect(reminder.messageID == "alert_1-2")
        try await settle(reminder, .delivered, at: next)
        #expect(try await store.acknowledge("alert_1", telling: ["desk", "other"], at: next))
        let last = try await due(next.addingTimeInterval(1e6))
        #expect(last.map(\.purpose) == [.acknowledged])
        #expect(last.map(\.messageID) == ["alert_1-acknowledged"])
    }

    @Test("a mute holds until its time, replaces the one before it, and ends reminders")
    func mutes() async throws {
        try await commit(["alert_1"], repeatSeconds: 3600)
        try await settle(try #require(try await due().first), .delivered)
        let far = now.addingTimeInterval(1e6)
        try await store.save(Mute(subject: .story, value: "story", until: now, note: nil), at: now)
        #expect(try await store.mutes(at: now).isEmpty)
        let mute = Mute(subject: .story, value: "story", until: far, note: "enough")
        try await store.save(mute, at: now)
        #expect(try await store.mutes(at: now) == [mute])
        #expect(try await due(now.addingTimeInterval(3600)).isEmpty)
        #expect(try await store.removeMute(.story, "story"))
        #expect(try await !store.removeMute(.story, "story"))
    }

    @Test("newer news on a figure make a reminder of the old ones superfluous")
    func superseded() async throws {
        try await commit(["alert_1"], repeatSeconds: 3600)
        try await settle(try #require(try await due().first), .delivered)
        try await commit(["alert_2"])
        let later = try await due(now.addingTimeInterval(3600))
        #expect(later.map(\.alertID) == ["alert_2"])
    }

    @Test("a disabled sink is one only while it leads to the same target, and a replay ends that")
    func disabled() async throws {
        try await commit(["alert_1"])
        try await store.disable(sink: "desk", target: "t", reason: "HTTP status 410", at: now)
        #expect(try await store.disabledSinks(targets: ["desk": "t"]) == ["desk": "HTTP status 410"])
        #expect(try await store.disabledSinks(targets: ["desk": "elsewhere"]).isEmpty)
        #expect(try await store.abandonDeliveries(to: "desk", reason: "disabled", at: now) == 1)
        var selection = DeliverySelection()
        selection.states = [.abandoned]
        #expect(try await store.replayDeliveries(selection, at: now) == 1)
        #expect(try await store.replayDeliveries(selection, at: now) == 0)
        #expect(try await store.disabledSinks(targets: ["desk": "t"]).isEmpty)
        let again = try #require(try await due().first)
        #expect(again.messageID == "alert_1")
    }

    @Test(
        "a selection narrows by sink, state, identifier and time",
        arguments: ["sink", "state", "id", "since"]
    )
    func selections(_ part: String) async throws {
        try await commit(["alert_1"])
        var none = DeliverySelection()
        var one = DeliverySelection()
        switch part {
        case "sink": (none.sink, one.sink) = ("log", "desk")
        case "state": (none.states, one.states) = ([.delivered], [.pending])
        case "id": (none.ids, one.ids) = (["alert_2"], ["alert_1"])
        default: (none.since, one.since) = (now.addingTimeInterval(1), now)
        }
        #expect(try await store.storedDeliveries(none, limit: 10).isEmpty)
        #expect(try await store.storedDeliveries(one, limit: 10).count == 1)
    }

    @Test("what has failed is hastened, what waits for its time is not; a clock that was set back moves both")
    func times() async throws {
        try await commit(["alert_1"], lane: "a")
        let later = now.addingTimeInterval(3600)
        try await settle(try #require(try await due().first), .failed(retryAt: later, reason: "down"))
        try await commit(["alert_2"], lane: "b", notBefore: later)
        try await store.hastenDeliveries(to: "desk", at: now)
        #expect(try await due().map(\.alertID) == ["alert_1"])
        try await store.shiftDeliveries(bySeconds: -3600)
        #expect(try await due().map(\.alertID) == ["alert_1", "alert_2"])
    }

    @Test(
        "deliveries keep their ages when the clock is set, and wait no longer for it",
        arguments: [-86_400, 86_400]
    )
    func ages(_ seconds: Double) async throws {
        try await commit(["alert_1"])
        let created = try #require(try await due().first).createdAt
        try await store.shiftDeliveries(bySeconds: seconds)
        let set = now.addingTimeInterval(seconds)
        let delivery = try #require(try await due(set).first)
        #expect(delivery.createdAt == created.addingTimeInterval(seconds))
        #expect(try await due().count == 1 || seconds > 0)
    }
}
