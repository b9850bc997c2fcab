import FoundationEssentials
import Logging
import Storing

/// Keeps the store in shape while the daemon works: what has grown old goes, and its room is given back.
struct Maintenance: Sendable {
    let store: SQLiteStore
    let ledger: Ledger
    let logger: Logger
    let clock: @Sendable () -> Date

    /// The time between two rounds, in seconds.
    static let intervalSeconds: Double = 3600
    /// The time from the start to the first round: the first polls are more urgent.
    static let firstSeconds: Double = 300

    /// Works until the task is cancelled.
    func run(retention: @Sendable () async -> Retention) async {
        var wait = Self.firstSeconds
        // A cancelled wait is the end.
        while (try? await Task.sleep(for: .seconds(wait))) != nil {
            wait = Self.intervalSeconds
            await runOnce(await retention())
        }
    }

    /// Removes what is older than the retention allows, and gives free pages back.
    func runOnce(_ retention: Retention) async {
        do {
            let removed = try await ledger.prune(store, retention)
            let pages = try await store.vacuum()
            guard removed.isSomething || pages > 0 else { return }
            logger.info(
                "store tidied",
                metadata: [
                    "texts": "\(removed.texts)", "stories": "\(removed.stories)",
                    "alerts": "\(removed.alerts)",
                    "pages": "\(pages)",
                ]
            )
        } catch {
            logger.error("store not tidied", metadata: ["reason": "\(error)"])
        }
    }
}
