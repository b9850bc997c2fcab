/// Does work on a lane and comes back to where the caller runs; without a lane it is done off the caller's actor.
///
/// A caller that runs on the queue of an actor keeps that queue free for as long.
nonisolated(nonsending) public func onLane<Value: Sendable, Failure: Error>(
    _ lane: Lane?,
    _ work: @concurrent @Sendable () async throws(Failure) -> Value
) async throws(Failure) -> Value {
    try await withTaskExecutorPreference(lane) { () async throws(Failure) -> Value in try await work() }
}
