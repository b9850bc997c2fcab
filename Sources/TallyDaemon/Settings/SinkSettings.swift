public import Delivering
import TallyModel

/// One service that alerts go to.
public struct SinkSettings: Hashable, Sendable {
    /// What the service is, and what it needs; secrets are in the clear here.
    public enum Kind: Hashable, Sendable {
        case webhook(url: String, secrets: [String])
        case slack(url: String)
        case mattermost(url: String)
        case discord(url: String)
        case teams(url: String)
        case ntfy(url: String, topic: String, token: String?)
        case alertmanager(url: String, firesForSeconds: Double)
        case pagerDuty(url: String, routingKey: String)
        case cloudEvents(url: String, source: String, mode: CloudEventsFormat.Mode)
        case email(MailSink.Configuration)
        case command([String], timeoutSeconds: Double)
    }

    /// The name, unique among the sinks.
    public var name: String
    /// The service.
    public var kind: Kind

    /// Creates a sink.
    public init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// The services by their names in the configuration.
enum SinkType: String, CaseIterable {
    case webhook, slack, mattermost, discord, teams, ntfy, alertmanager, pagerduty, cloudevents, email,
        command
}
