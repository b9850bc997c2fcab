import Dispatching
import Logging
import TallyModel

extension Outbox {
    /// Returns when outcomes are written down; those that come meanwhile share the next transaction.
    func settle(_ outcomes: [DeliveryOutcome]) async {
        await withCheckedContinuation { done in
            unsettled.append((outcomes, done))
            guard !isSettling else { return }
            isSettling = true
            track { outbox in await outbox.writeDown() }
        }
    }

    private func writeDown() async {
        while !unsettled.isEmpty {
            let batch = unsettled
            unsettled = []
            do {
                try await store.settle(batch.flatMap(\.outcomes), at: clock())
                isStoreFailing = false
                for entry in batch { entry.done.resume() }
            } catch {
                // What has arrived is remembered until it can be written down: it does not go out again.
                storeFailed(error)
                unsettled = batch + unsettled
                guard !isStopping else { return giveUpSettling() }
                // A cancelled wait ends at once, and the loop with the stop.
                try? await Task.sleep(for: .seconds(Self.storeRetrySeconds))
                if isStopping { return giveUpSettling() }
            }
        }
        isSettling = false
    }

    func giveUpSettling() {
        for entry in unsettled { entry.done.resume() }
        unsettled = []
        isSettling = false
    }

    func storeFailed(_ error: any Error) {
        if !isStoreFailing {
            logger.error("outbox cannot use the store", metadata: ["reason": "\(error)"])
        }
        isStoreFailing = true
        timer?.arm(afterSeconds: Self.storeRetrySeconds)
    }
}
