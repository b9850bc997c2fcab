public import Delivering
public import Storing
public import TallyModel

/// The whole configuration, checked.
public struct Settings: Sendable {
    /// Where the store is.
    public var store: StoreURL
    /// The private networks that may be reached, in CIDR notation.
    public var allowedNetworks: [String]
    /// Who the servers' operators can turn to: a URL or an address for mail, sent with every request.
    public var contact: String?
    /// Transfers from one host at once; `nil` for the usual number.
    public var transfersPerHost: Int?
    /// Requests to one host a second, 0 for any number; `nil` for the usual limit.
    public var requestsPerSecondPerHost: Double?
    /// What is polled.
    public var sources: [Source]
    /// What people are interested in; empty means every story and figure.
    public var watches: [Watch]
    /// Where alerts go, and what the first poll of a source tells.
    public var alerts: AlertSettings
    /// How long what is stored stays.
    public var retention = Retention()
    /// Where metrics and health are told.
    public var service = ServiceSettings()
    /// How hubs reach the daemon; `nil` where none is asked.
    public var webSub: WebSubSettings?
    /// The Unix socket that `pin`, `mute` and `ack` reach the daemon by; `nil` where the store is in memory.
    public var controlSocket: String?

    /// The keys of secrets that only the service has; something else stands in their place.
    public var withheldSecrets: [String] = []

    /// Creates settings that poll nothing and tell nobody.
    public init(store: StoreURL) {
        self.store = store
        allowedNetworks = []
        sources = []
        watches = []
        alerts = AlertSettings()
    }
}

/// Where alerts go.
public struct AlertSettings: Hashable, Sendable {
    /// What the first poll of a source does.
    public enum FirstPoll: String, CaseIterable, Sendable {
        /// Builds baselines and tells nothing.
        case baseline
        /// Tells everything.
        case alert
    }

    /// What the first poll of a source does.
    public var firstPoll = FirstPoll.baseline
    /// Whether alerts are printed as readable text on standard output.
    public var isPrinted = false
    /// The alert log; `nil` for none.
    public var log: LogConfiguration?
    /// The webhooks, in the order of the configuration.
    public var webhooks: [WebhookSettings] = []
    /// The other services, in the order of the configuration.
    public var sinks: [SinkSettings] = []
    /// Which alerts go to which sinks; empty means all to all.
    public var routes: [Route] = []

    /// The names of the sinks with secrets that only the service has.
    public var withheldSinks: Set<String> = []

    /// Creates settings that tell nobody.
    public init() {}

    /// The sinks that are told when a person has acknowledged an alert.
    var acknowledgementSinks: [String] {
        sinks.filter { sink in
            switch sink.kind {
            case .alertmanager, .pagerDuty, .command: true
            default: false
            }
        }.map(\.name)
    }
}

/// One webhook.
public struct WebhookSettings: Hashable, Sendable {
    /// The name, unique among the webhooks.
    public var name: String
    /// The `http:` or `https:` URL that alerts are posted to.
    public var url: String
    /// The signing secrets in `whsec_` form, the newest first; every body is signed with all of them.
    public var secrets: [String]

    /// Creates a webhook.
    public init(name: String, url: String, secrets: [String]) {
        self.name = name
        self.url = url
        self.secrets = secrets
    }
}

/// One mistake in a configuration file.
public struct SettingsMistake: Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public let file: String
    /// The line, from 1; `nil` where the mistake is the file's as a whole.
    public let line: Int?
    /// The path of the key (`sources[2].url`); empty for the whole file.
    public let key: String
    /// What is wrong, and what would be right.
    public let message: String

    /// `file:line: key: message`, as compilers write it.
    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return key.isEmpty ? "\(place): \(message)" : "\(place): \(key): \(message)"
    }
}

/// Why a configuration cannot be used: every mistake at once.
public struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The mistakes in the order of the file.
    public let mistakes: [SettingsMistake]

    /// One mistake a line.
    public var description: String { mistakes.map(\.description).joined(separator: "\n") }
}
