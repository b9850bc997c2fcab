import Delivering
import Fetching
import Foundation
import TallyModel

/// The sinks of a configuration, with the way to them.
struct Sinks: Sendable {
    let all: [any Sink]
    let router: Router
    private let log: (configuration: LogConfiguration, sink: JSONLinesSink)?

    var names: [String] { all.map(\.name) }

    init(
        _ settings: AlertSettings,
        clients: SinkClients,
        mutes: MuteBoard,
        clock: @escaping @Sendable () -> Date
    ) throws {
        let log = try settings.log.map { configuration in
            (configuration: configuration, sink: try JSONLinesSink(name: "log", configuration: configuration))
        }
        try self.init(
            settings,
            log: log,
            isPrinted: settings.isPrinted,
            clients: clients,
            mutes: mutes,
            clock: clock
        )
    }

    /// Makes the sinks that lead to services and commands: neither the console nor the log.
    init(services settings: AlertSettings, clients: SinkClients) throws {
        try self.init(
            settings,
            log: nil,
            isPrinted: false,
            clients: clients,
            mutes: MuteBoard(),
            clock: { Date() }
        )
    }

    /// Returns the sinks of a new configuration; a log file that stays is opened anew, as rotation asks.
    func reconfigured(
        _ settings: AlertSettings,
        clients: SinkClients,
        mutes: MuteBoard,
        clock: @escaping @Sendable () -> Date
    ) async throws -> Sinks {
        guard let log, log.configuration == settings.log else {
            return try Sinks(settings, clients: clients, mutes: mutes, clock: clock)
        }
        try await log.sink.reopen()
        return try Sinks(
            settings,
            log: log,
            isPrinted: settings.isPrinted,
            clients: clients,
            mutes: mutes,
            clock: clock
        )
    }

    private init(
        _ settings: AlertSettings,
        log: (configuration: LogConfiguration, sink: JSONLinesSink)?,
        isPrinted: Bool,
        clients: SinkClients,
        mutes: MuteBoard,
        clock: @escaping @Sendable () -> Date
    ) throws {
        var sinks: [any Sink] = []
        if isPrinted { sinks.append(ConsoleSink()) }
        if let log { sinks.append(log.sink) }
        let webhooks = settings.webhooks.map {
            SinkSettings(name: $0.name, kind: .webhook(url: $0.url, secrets: $0.secrets))
        }
        for sink in webhooks + settings.sinks {
            sinks.append(try clients.sink(sink, clock: clock))
        }
        self.log = log
        all = sinks
        router = Router(sinks: sinks, routes: settings.routes, mutes: mutes)
    }
}

/// What the sinks reach their services with.
struct SinkClients: Sendable {
    let http: any HTTPClient
    let mail: any MailClient

    func sink(_ settings: SinkSettings, clock: @escaping @Sendable () -> Date) throws -> any Sink {
        func posting(_ format: any MessageFormat, _ url: String) -> HTTPSink {
            HTTPSink(name: settings.name, url: url, format: format, client: http, clock: clock)
        }
        switch settings.kind {
        case .webhook(let url, let secrets):
            return posting(WebhookFormat(url: url, secrets: try secrets.map { try WebhookSecret($0) }), url)
        case .slack(let url): return posting(SlackFormat(url: url), url)
        case .mattermost(let url): return posting(MattermostFormat(url: url), url)
        case .discord(let url): return posting(DiscordFormat(url: url), url)
        case .teams(let url): return posting(TeamsFormat(url: url), url)
        case .ntfy(let url, let topic, let token):
            return posting(NtfyFormat(url: url, topic: topic, token: token), "\(url) \(topic)")
        case .alertmanager(let url, let span):
            return posting(AlertmanagerFormat(url: url, firesForSeconds: span), url)
        case .pagerDuty(let url, let key):
            let origin = ProcessInfo.processInfo.hostName
            return posting(PagerDutyFormat(url: url, routingKey: key, origin: origin), "\(url) \(key)")
        case .cloudEvents(let url, let source, let mode):
            return posting(CloudEventsFormat(url: url, source: source, mode: mode), url)
        case .email(let mail):
            return MailSink(name: settings.name, configuration: mail, client: self.mail, clock: clock)
        case .command(let command, let timeout):
            return CommandSink(name: settings.name, command: command, timeoutSeconds: timeout)
        }
    }
}
