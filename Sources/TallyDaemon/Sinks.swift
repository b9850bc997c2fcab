import Delivering
import FoundationEssentials
import TallyModel

/// The sinks of a configuration.
struct Sinks: Sendable {
    let all: [any Sink]
    private let log: (path: String, sink: JSONLinesSink)?

    var names: [String] { all.map(\.name) }

    init(
        _ settings: AlertSettings,
        client: any HTTPClient,
        clock: @escaping @Sendable () -> Date
    ) throws {
        let log = try settings.logPath.map { (path: $0, sink: try JSONLinesSink(name: "log", path: $0)) }
        try self.init(settings, log: log, client: client, clock: clock)
    }

    /// Returns the sinks of a new configuration; a log file that stays is opened anew, as rotation asks.
    func reconfigured(
        _ settings: AlertSettings,
        client: any HTTPClient,
        clock: @escaping @Sendable () -> Date
    ) async throws -> Sinks {
        guard let log, log.path == settings.logPath else {
            return try Sinks(settings, client: client, clock: clock)
        }
        try await log.sink.reopen()
        return try Sinks(settings, log: log, client: client, clock: clock)
    }

    private init(
        _ settings: AlertSettings,
        log: (path: String, sink: JSONLinesSink)?,
        client: any HTTPClient,
        clock: @escaping @Sendable () -> Date
    ) throws {
        var sinks: [any Sink] = []
        if settings.isPrinted { sinks.append(ConsoleSink()) }
        if let log { sinks.append(log.sink) }
        for webhook in settings.webhooks {
            let secrets = try webhook.secrets.map { try WebhookSecret($0) }
            sinks.append(
                WebhookSink(
                    name: webhook.name,
                    url: webhook.url,
                    secrets: secrets,
                    client: client,
                    clock: clock
                )
            )
        }
        self.log = log
        all = sinks
    }
}
