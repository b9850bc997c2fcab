import Logging

/// Closed while the store takes nothing: then nothing is polled, and that is told once.
actor StoreGate {
    private let logger: Logger
    private(set) var reason: String?

    /// How often a closed gate is looked at, in seconds.
    static let probeSeconds: Double = 10

    init(logger: Logger) {
        self.logger = logger
    }

    var isOpen: Bool { reason == nil }

    func close(reason: String) {
        guard isOpen else { return }
        self.reason = reason
        logger.error("polling stops: the store takes nothing", metadata: ["reason": "\(reason)"])
    }

    func open() {
        guard !isOpen else { return }
        reason = nil
        logger.notice("polling goes on: the store takes what is read again")
    }
}
