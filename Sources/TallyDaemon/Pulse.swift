import Foundation
import Logging
import Synchronization

/// Asks the stages of the pipeline whether they still move.
final class Pulse: Sendable {
    /// A stage and a question that it answers only by moving.
    struct Stage: Sendable {
        let name: String
        let ask: @Sendable () async throws -> Void
    }

    private let stages: [Stage]
    private let logger: Logger
    private let waiting = Mutex<Set<String>>([])
    private let told = Mutex<Set<String>>([])
    /// Why the stages that failed did, by their names.
    private let reasons = Mutex<[String: String]>([:])

    init(stages: [Stage], logger: Logger) {
        self.stages = stages
        self.logger = logger
    }

    /// Asks every stage that has answered the last time; returns the names of those that give no answer in time.
    func beat(withinSeconds limit: Double) async -> [String] {
        for stage in stages where waiting.withLock({ $0.insert(stage.name).inserted }) {
            Task {
                do {
                    try await stage.ask()
                    waiting.withLock { _ = $0.remove(stage.name) }
                } catch {
                    reasons.withLock { $0[stage.name] = "\(error)" }
                    // It is asked again with the next beat, and counts as silent until then.
                    try? await Task.sleep(for: .seconds(limit))
                    waiting.withLock { _ = $0.remove(stage.name) }
                }
            }
        }
        let end = ContinuousClock.now + .seconds(limit)
        while !waiting.withLock(\.isEmpty), ContinuousClock.now < end, !Task.isCancelled {
            // A cancelled wait ends the loop.
            try? await Task.sleep(for: .milliseconds(50))
        }
        let silent = waiting.withLock { $0 }
        tell(silent)
        return silent.sorted()
    }

    /// Once when a stage falls silent, once when it is back.
    private func tell(_ silent: Set<String>) {
        let (new, back) = told.withLock { told in
            defer { told = silent }
            return (silent.subtracting(told), told.subtracting(silent))
        }
        for name in new.sorted() {
            var metadata: Logger.Metadata = ["stage": "\(name)"]
            if let reason = reasons.withLock({ $0.removeValue(forKey: name) }) {
                metadata["reason"] = "\(reason)"
            }
            logger.error("stage does not get further, the watchdog is not fed", metadata: metadata)
        }
        for name in back.sorted() {
            logger.notice("stage gets further again", metadata: ["stage": "\(name)"])
        }
    }
}
