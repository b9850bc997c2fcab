import Logging

/// The subscriptions of a running daemon: what asks hubs, and what they ask and tell.
actor Hubs {
    let subscriber: Subscriber
    private let server: CallbackServer
    private let settings: WebSubSettings
    private let logger: Logger
    private var task: Task<Void, Never>?

    /// The time between two looks at what is due, in seconds.
    private static let lookSeconds: Double = 5

    init(settings: WebSubSettings, subscriber: Subscriber, logger: Logger) {
        self.settings = settings
        self.subscriber = subscriber
        self.logger = logger
        let answering = CallbackServer.Answering(
            head: { await subscriber.answerToHead(of: $0) },
            whole: { await subscriber.answer($0) }
        )
        server = CallbackServer(
            host: settings.host,
            port: settings.port,
            logger: logger,
            answering: answering
        )
    }

    /// Opens the port; a daemon that cannot says so and polls its sources without hubs.
    func listen() async -> Bool {
        do {
            try await server.start()
            return true
        } catch {
            let place = "\(settings.host):\(settings.port)"
            logger.error(
                "no hub is asked: nothing to listen on",
                metadata: ["listen": "\(place)", "reason": "\(error)"]
            )
            return false
        }
    }

    /// Asks what is due until ``stop()``.
    func start() {
        task = Task { [subscriber] in
            while !Task.isCancelled {
                await subscriber.work()
                // A cancelled wait is the end of the daemon.
                try? await Task.sleep(for: .seconds(Self.lookSeconds))
            }
        }
    }

    /// Closes the port; the hubs keep the subscriptions for the next start, and send again what nobody took.
    func stop() async {
        task?.cancel()
        await server.stop()
        await task?.value
    }
}
