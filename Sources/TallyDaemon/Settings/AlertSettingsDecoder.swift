import Delivering
import Foundation
import TallyModel
import Yams

/// Turns the `alerts` of a configuration into settings.
struct AlertSettingsDecoder {
    let reader: SettingsReader
    let secrets: SecretReader
    /// The names of the watches and of the sources, which routes may name.
    let watches: Set<String>
    let sources: Set<String>
    /// Makes a path absolute.
    let path: (String) -> String

    func settings(from node: Node) -> AlertSettings {
        var settings = AlertSettings()
        let allowed = ["first_poll", "console", "log", "webhooks", "sinks", "routes"]
        guard let keys = reader.mapping(node, "alerts", allowed: allowed) else { return settings }
        settings.firstPoll = reader.choice(keys["first_poll"], "alerts.first_poll") ?? .baseline
        settings.isPrinted = reader.truth(keys["console"], "alerts.console") ?? false
        if let log = keys["log"] { settings.log = self.log(log, "alerts.log") }
        var names: Set<String> = ["console", "log"]
        func isNew(_ name: String, _ item: Node, _ key: String) {
            guard !names.insert(name).inserted else { return }
            reader.report(item, "\(key).name", "\(name) is the name of another sink too")
        }
        settings.webhooks = reader.sequence(keys["webhooks"], "alerts.webhooks").compactMap { item, key in
            guard let webhook = webhook(item, key) else { return nil }
            isNew(webhook.name, item, key)
            if isWithheld(key) { settings.withheldSinks.insert(webhook.name) }
            return webhook
        }
        settings.sinks = reader.sequence(keys["sinks"], "alerts.sinks").compactMap { item, key in
            guard let sink = SinkDecoder(reader: reader, secrets: secrets).sink(item, key) else { return nil }
            isNew(sink.name, item, key)
            if isWithheld(key) { settings.withheldSinks.insert(sink.name) }
            return sink
        }
        let routes = RouteDecoder(reader: reader, sinks: names, watches: watches, sources: sources)
        settings.routes = routes.routes(from: keys["routes"])
        return settings
    }

    /// Whether something below a key is a secret that only the service has.
    private func isWithheld(_ key: String) -> Bool {
        reader.withheld.contains { $0.hasPrefix("\(key).") }
    }

    private func log(_ node: Node, _ key: String) -> LogConfiguration? {
        let allowed = ["path", "format", "max_size", "keep"]
        guard let keys = reader.mapping(node, key, allowed: allowed),
            let text = reader.text(keys["path"], "\(key).path", in: node, isRequired: true)
        else { return nil }
        var log = LogConfiguration(path: path(text))
        log.format = reader.choice(keys["format"], "\(key).format") ?? .json
        log.maximumBytes = reader.bytes(keys["max_size"], "\(key).max_size", atLeast: 1 << 16) ?? .max
        log.keptFiles = reader.whole(keys["keep"], "\(key).keep", in: 0...1000) ?? log.keptFiles
        return log
    }

    private func webhook(_ node: Node, _ key: String) -> WebhookSettings? {
        let allowed = ["name", "url", "secret", "secret_file"]
        guard let keys = reader.mapping(node, key, allowed: allowed) else { return nil }
        let name = reader.text(keys["name"], "\(key).name", in: node, isRequired: true)
        let decoder = SinkDecoder(reader: reader, secrets: secrets)
        let url = decoder.url(keys, key, in: node)
        let secrets = decoder.signingSecrets(keys, key, in: node)
        guard let name, let url, let secrets else { return nil }
        return WebhookSettings(name: name, url: url, secrets: secrets)
    }
}
