import Delivering
import Foundation
import TallyModel
import Yams

/// Turns one of `alerts.sinks` into settings.
struct SinkDecoder {
    let reader: SettingsReader
    let secrets: SecretReader

    func sink(_ node: Node, _ key: String) -> SinkSettings? {
        guard let type = type(of: node, key) else { return nil }
        let allowed = ["name", "type"] + Self.keys[type, default: []]
        guard let keys = reader.mapping(node, key, allowed: allowed) else { return nil }
        let name = reader.text(keys["name"], "\(key).name", in: node, isRequired: true)
        let kind = kind(type, keys, key, in: node)
        guard let name, let kind else { return nil }
        return SinkSettings(name: name, kind: kind)
    }

    private static let keys: [SinkType: [String]] = [
        .webhook: ["url", "secret", "secret_file"],
        .slack: ["url"],
        .mattermost: ["url"],
        .discord: ["url"],
        .teams: ["url"],
        .ntfy: ["url", "topic", "token"],
        .alertmanager: ["url", "fires_for"],
        .pagerduty: ["url", "routing_key"],
        .cloudevents: ["url", "source", "mode"],
        .email: ["server", "port", "security", "user", "password", "from", "to"],
        .command: ["command", "timeout"],
    ]

    private func type(of node: Node, _ key: String) -> SinkType? {
        guard case .mapping(let mapping) = node else {
            reader.report(node, key, "must be a mapping of keys to values")
            return nil
        }
        guard let type = mapping.first(where: { $0.key.string == "type" })?.value else {
            let known = SinkType.allCases.map(\.rawValue).joined(separator: ", ")
            reader.report(node, "\(key).type", "is missing: one of \(known)")
            return nil
        }
        return reader.choice(type, "\(key).type")
    }

    private func kind(
        _ type: SinkType,
        _ keys: [String: Node],
        _ key: String,
        in node: Node
    ) -> SinkSettings.Kind? {
        switch type {
        case .email: return email(keys, key, in: node)
        case .command: return command(keys, key, in: node)
        case .pagerduty:
            let own = keys["url"] == nil ? PagerDutyFormat.standardURL : url(keys, key, in: node)
            let routingKey = secrets.secret(
                keys["routing_key"],
                "\(key).routing_key",
                in: node,
                isRequired: true
            )
            guard let own, let routingKey else { return nil }
            return .pagerDuty(url: own, routingKey: routingKey)
        default:
            guard let url = url(keys, key, in: node) else { return nil }
            return kind(type, at: url, keys, key, in: node)
        }
    }

    private func kind(
        _ type: SinkType,
        at url: String,
        _ keys: [String: Node],
        _ key: String,
        in node: Node
    ) -> SinkSettings.Kind? {
        switch type {
        case .slack: return .slack(url: url)
        case .mattermost: return .mattermost(url: url)
        case .discord: return .discord(url: url)
        case .teams: return .teams(url: url)
        case .webhook: return signingSecrets(keys, key, in: node).map { .webhook(url: url, secrets: $0) }
        case .ntfy:
            let token = secrets.secret(keys["token"], "\(key).token", in: node, isRequired: false)
            guard let topic = reader.text(keys["topic"], "\(key).topic", in: node, isRequired: true) else {
                return nil
            }
            return .ntfy(url: url, topic: topic, token: token)
        case .alertmanager:
            let span = reader.seconds(keys["fires_for"], "\(key).fires_for", atLeast: 60)
            return .alertmanager(url: url, firesForSeconds: span ?? 4 * 3600)
        case .cloudevents:
            let source = reader.text(keys["source"], "\(key).source", in: node) ?? "/tallywatch"
            let mode: CloudEventsFormat.Mode? = reader.choice(keys["mode"], "\(key).mode")
            return .cloudEvents(url: url, source: source, mode: mode ?? .structured)
        case .email, .command, .pagerduty:
            return nil
        }
    }

    /// An `http:` or `https:` URL, which may itself be a secret.
    func url(_ keys: [String: Node], _ key: String, in node: Node) -> String? {
        let standIn = "https://withheld.invalid"
        let place = "\(key).url"
        guard let url = secrets.text(keys["url"], place, in: node, isRequired: true, standIn: standIn) else {
            return nil
        }
        guard ["http://", "https://"].contains(where: { url.lowercased().hasPrefix($0) }) else {
            // What came from a file is not shown.
            let shown = url == keys["url"]?.string ? url : "what it leads to"
            reader.report(keys["url"], "\(key).url", "\(shown) is no http or https URL")
            return nil
        }
        return url
    }

    /// A secret that signs nothing: for who is not the service.
    private static let signingStandIn = "whsec_" + Data(count: 24).base64EncodedString()

    /// The secrets of Standard Webhooks, the newest first.
    func signingSecrets(_ keys: [String: Node], _ key: String, in node: Node) -> [String]? {
        let place = keys["secret_file"] == nil ? "\(key).secret" : "\(key).secret_file"
        var text: String?
        if let file = keys["secret_file"] {
            text = reader.text(file, place, in: node).flatMap {
                secrets.file($0, file, place, standIn: Self.signingStandIn)
            }
        } else {
            text = secrets.text(
                keys["secret"],
                place,
                in: node,
                isRequired: true,
                standIn: Self.signingStandIn
            )
        }
        guard let text else { return nil }
        let parts = text.split(whereSeparator: \.isWhitespace).map(String.init)
        for part in parts {
            do {
                _ = try WebhookSecret(part)
            } catch {
                reader.report(node, place, "must be whsec_ followed by base64 of 24 to 64 bytes")
            }
        }
        return parts
    }
}

// MARK: - E-mail and commands

extension SinkDecoder {
    private func email(_ keys: [String: Node], _ key: String, in node: Node) -> SinkSettings.Kind? {
        let server = reader.text(keys["server"], "\(key).server", in: node, isRequired: true)
        let from = reader.text(keys["from"], "\(key).from", in: node, isRequired: true)
        let to = reader.texts(keys["to"], "\(key).to")
        if to.isEmpty { reader.report(keys["to"] ?? node, "\(key).to", "must be a list of addresses") }
        for (address, name) in [(from ?? "a@b", "from")] + to.map({ ($0, "to") })
        where !Self.isAddress(address) {
            reader.report(keys[name], "\(key).\(name)", "\(address) is no address such as desk@example.org")
        }
        let security: Mail.Security = reader.choice(keys["security"], "\(key).security") ?? .starttls
        let standardPort = security == .tls ? 465 : security == .starttls ? 587 : 25
        let port = reader.whole(keys["port"], "\(key).port", in: 1...65535) ?? standardPort
        let user = reader.text(keys["user"], "\(key).user", in: node)
        let password = secrets.secret(keys["password"], "\(key).password", in: node, isRequired: user != nil)
        guard let server, let from else { return nil }
        var mail = MailSink.Configuration(host: server, port: port, security: security, from: from, to: to)
        if let user, let password { mail.login = Mail.Login(user: user, password: password) }
        if mail.login != nil, security == .none {
            reader.report(
                keys["security"],
                "\(key).security",
                "a password is not sent without starttls or tls"
            )
        }
        return .email(mail)
    }

    private func command(_ keys: [String: Node], _ key: String, in node: Node) -> SinkSettings.Kind? {
        let command = reader.texts(keys["command"], "\(key).command")
        guard let program = command.first, program.hasPrefix("/") else {
            reader.report(
                keys["command"] ?? node,
                "\(key).command",
                "must be a list of an absolute path and arguments"
            )
            return nil
        }
        if !FileManager.default.isExecutableFile(atPath: program) {
            reader.report(keys["command"], "\(key).command", "\(program) cannot be run")
        }
        let timeout = reader.seconds(keys["timeout"], "\(key).timeout", atLeast: 1)
        return .command(command, timeoutSeconds: timeout ?? 30)
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && text.utf8.allSatisfy { $0 > 32 && $0 != 127 && !"<>,;\"".utf8.contains($0) }
    }
}
