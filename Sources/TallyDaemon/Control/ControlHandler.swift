import Comparing
import Delivering
import FoundationEssentials
import Storing
import TallyModel

/// Does what a person asks, through the ledger, so that it never crosses an article's reading.
struct ControlHandler: Sendable {
    let ledger: Ledger
    let store: SQLiteStore
    /// What delivers; `nil` where no daemon runs.
    let outbox: Outbox?
    let mutes: MuteBoard

    func answer(to request: ControlRequest) async throws -> ControlAnswer {
        switch request {
        case .pin(let id, let low, let best, let high, let note):
            let isRelease = low == nil && best == nil && high == nil
            let figure = try await ledger.change(figure: id) { figure, comparator in
                isRelease
                    ? comparator.released(figure, note: note)
                    : comparator.pinned(figure, low: low, best: best, high: high, note: note)
            }
            return answer(about: figure, id, done: isRelease ? "is no longer pinned" : "is pinned")
        case .mute(let id, let isMuted):
            let figure = try await ledger.change(figure: id) { figure, _ in
                var changed = figure
                changed.isMuted = isMuted
                return changed
            }
            return answer(about: figure, id, done: isMuted ? "is muted" : "is no longer muted")
        case .acknowledge(let id):
            let isKnown = try await ledger.acknowledge(alert: id)
            await outbox?.wake()
            return ControlAnswer(
                isDone: isKnown,
                message: isKnown ? "alert \(id) is acknowledged" : "there is no alert \(id)"
            )
        case .silence(let mute):
            return try await silence(mute)
        case .unsilence(let subject, let value):
            return try await unsilence(subject, value)
        case .replay(let selection):
            return try await replay(selection)
        }
    }

    private func silence(_ mute: Mute) async throws -> ControlAnswer {
        let isKnown =
            switch mute.subject {
            case .figure: try await store.figure(mute.value) != nil
            case .story: try await store.story(mute.value) != nil
            case .watch, .source: true
            }
        let name = "\(mute.subject.rawValue) \(mute.value)"
        guard isKnown else { return ControlAnswer(isDone: false, message: "there is no \(name)") }
        try await store.save(mute, at: Date())
        mutes.replace(try await store.mutes(at: Date()))
        let until = mute.until.map { " until \(Timestamp.text(of: $0))" } ?? ""
        return ControlAnswer(isDone: true, message: "\(name) is muted\(until)")
    }

    /// A figure may be muted for good, or for a while.
    private func unsilence(_ subject: Mute.Subject, _ value: String) async throws -> ControlAnswer {
        var wasMuted = try await store.removeMute(subject, value)
        mutes.replace(try await store.mutes(at: Date()))
        if subject == .figure {
            let figure = try await ledger.change(figure: value) { figure, _ in
                var changed = figure
                changed.isMuted = false
                return changed
            }
            wasMuted = figure != nil
        }
        let name = "\(subject.rawValue) \(value)"
        return ControlAnswer(
            isDone: wasMuted,
            message: wasMuted ? "\(name) is no longer muted" : "\(name) is not muted"
        )
    }

    private func replay(_ selection: DeliverySelection) async throws -> ControlAnswer {
        let count = try await store.replayDeliveries(selection, at: Date())
        await outbox?.refresh()
        let when = outbox == nil ? "leave with the next run" : "are on their way"
        return ControlAnswer(
            isDone: count > 0,
            message: count > 0 ? "\(count) deliveries \(when)" : "there is no such delivery"
        )
    }

    private func answer(about figure: Figure?, _ id: String, done: String) -> ControlAnswer {
        guard let figure else { return ControlAnswer(isDone: false, message: "there is no figure \(id)") }
        return ControlAnswer(isDone: true, message: "figure \(id) (\(figure.label)) \(done)")
    }
}
