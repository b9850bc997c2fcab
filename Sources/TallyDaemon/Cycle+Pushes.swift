import Dispatching
import FoundationEssentials
import Logging
import TallyModel

extension Cycle {
    /// Reads what a hub has sent of a source, as a poll of it would be read.
    ///
    /// What could not be stored stays and is read by the next cycle. Validators and digest are those of the whole feed,
    /// and stay as they are.
    nonisolated(nonsending) func takePushes(
        of source: Source,
        _ state: inout SourceState,
        on lane: Lane?,
        into report: inout CycleReport
    ) async throws {
        guard let box = subscriber?.box else { return }
        while let push = box.first(of: source.name) {
            do {
                let poll = try await onLane(lane) {
                    [poller, state] () async throws(PollFailure) in
                    try poller.read(push, of: source, state)
                }
                if try await read(poll, of: source, state, on: lane, into: &report) {
                    state.lastChangeAt = clock()
                    try await save(state, source, [])
                }
            } catch let failure as PollFailure {
                // Some hubs only say that something is new: the source is asked, no sooner than it may be.
                let earliest = state.lastPollAt?.addingTimeInterval(source.everySeconds) ?? clock()
                state.nextPollAt = min(state.nextPollAt, max(earliest, clock()))
                log(.debug, "push not read", source, ["reason": "\(failure.reason)"])
                try await save(state, source, [])
            }
            box.removeFirst(of: source.name)
        }
    }
}
