public import Foundation
import Synchronization

extension Process {
    private static let starting = Mutex(())

    /// Starts the process while no other one of the tests is being started.
    ///
    /// Foundation knows that a process has ended by a socket that only the process holds. One that another thread starts
    /// at the same moment may get hold of it, too, and the end is then noticed when both have ended
    /// (swift-corelibs-foundation#4795): where that is a daemon, its test waits for the end of the other's.
    public func startAlone() throws {
        try Self.starting.withLock { _ in try run() }
    }
}
