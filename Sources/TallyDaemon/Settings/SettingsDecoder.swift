import Delivering
import Foundation
import Storing
import TallyModel
import Yams

extension Settings {
    /// Reads and checks a configuration file whole, before anything is done with it.
    ///
    /// - Parameter path: The file; relative paths inside it start from its directory.
    /// - Returns: The settings.
    /// - Throws: ``SettingsError`` with every mistake in the file.
    public static func read(path: String) throws(SettingsError) -> Settings {
        func failure(_ message: String, line: Int? = nil) -> SettingsError {
            SettingsError(mistakes: [SettingsMistake(file: path, line: line, key: "", message: message)])
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            let exists = FileManager.default.fileExists(atPath: path)
            throw failure(exists ? "cannot be read" : "there is no such file")
        }
        guard let text = String(data: data, encoding: .utf8) else { throw failure("is not UTF-8 text") }
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw failure(YAMLFailure(error).message, line: YAMLFailure(error).line)
        } catch {
            throw failure("\(error)")
        }
        guard let node else { throw failure("is empty") }
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let reader = SettingsReader(file: path)
        let settings = SettingsDecoder(reader: reader, directory: directory).settings(from: node)
        guard reader.mistakes.isEmpty, let settings else {
            throw SettingsError(mistakes: reader.mistakes.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
        }
        return settings
    }
}

/// What Yams says of a text that is no YAML.
private struct YAMLFailure {
    let message: String
    let line: Int?

    init(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            message = "is not YAML: \(problem)"
            line = mark.line
        case .duplicatedKeysInMapping(let duplicates, let context):
            message = "has a key twice: \(duplicates.map(\.description).joined(separator: ", "))"
            line = context.mark.line
        default:
            message = "is not YAML: \(error)"
            line = nil
        }
    }
}

/// Turns nodes into settings, one part of the file a method.
private struct SettingsDecoder {
    let reader: SettingsReader
    let directory: String

    func settings(from node: Node) -> Settings? {
        let allowed = ["store", "network", "defaults", "sources", "watches", "alerts", "control"]
        guard let keys = reader.mapping(node, "", allowed: allowed) else { return nil }
        let storeText = reader.text(keys["store"], "store", in: node, isRequired: true)
        var store = StoreURL.memory
        if let storeText {
            do {
                store = try StoreURL(storeText, relativeTo: directory)
            } catch {
                reader.report(
                    keys["store"],
                    "store",
                    "\(storeText) is not of the form sqlite:///path/to/tallywatch.db"
                )
            }
        }
        var settings = Settings(store: store)
        NetworkDecoder(reader: reader).read(keys["network"], into: &settings)
        settings.sources = SourceDecoder(reader: reader, directory: directory)
            .sources(from: keys["sources"], defaults: keys["defaults"])
        settings.watches = WatchDecoder(reader: reader).watches(from: keys["watches"])
        if let alerts = keys["alerts"] { settings.alerts = alertSettings(alerts) }
        settings.controlSocket = controlSocket(keys["control"], store: store)
        return settings
    }

    private func alertSettings(_ node: Node) -> AlertSettings {
        var settings = AlertSettings()
        let allowed = ["first_poll", "console", "log", "webhooks"]
        guard let keys = reader.mapping(node, "alerts", allowed: allowed) else { return settings }
        settings.firstPoll = reader.choice(keys["first_poll"], "alerts.first_poll") ?? .baseline
        settings.isPrinted = reader.truth(keys["console"], "alerts.console") ?? false
        if let log = keys["log"], let logKeys = reader.mapping(log, "alerts.log", allowed: ["path"]) {
            settings.logPath = reader.text(logKeys["path"], "alerts.log.path", in: log, isRequired: true).map(
                path
            )
        }
        var names: Set<String> = ["console", "log"]
        settings.webhooks = reader.sequence(keys["webhooks"], "alerts.webhooks").compactMap { item, key in
            guard let webhook = webhook(item, key) else { return nil }
            if !names.insert(webhook.name).inserted {
                reader.report(item, "\(key).name", "\(webhook.name) is the name of another sink too")
            }
            return webhook
        }
        return settings
    }

    private func webhook(_ node: Node, _ key: String) -> WebhookSettings? {
        let allowed = ["name", "url", "secret", "secret_file"]
        guard let keys = reader.mapping(node, key, allowed: allowed) else { return nil }
        let name = reader.text(keys["name"], "\(key).name", in: node, isRequired: true)
        let url = reader.text(keys["url"], "\(key).url", in: node, isRequired: true)
        if let url, !["http://", "https://"].contains(where: { url.lowercased().hasPrefix($0) }) {
            reader.report(keys["url"], "\(key).url", "\(url) is no http or https URL")
        }
        let secret = secret(keys, key, in: node)
        guard let name, let url, let secret else { return nil }
        return WebhookSettings(name: name, url: url, secrets: secret.split(separator: " ").map(String.init))
    }

    private func secret(_ keys: [String: Node], _ key: String, in node: Node) -> String? {
        var text: String?
        var place = "\(key).secret"
        if keys["secret_file"] != nil {
            place = "\(key).secret_file"
            guard let file = reader.text(keys["secret_file"], place, in: node) else { return nil }
            let credentials = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"] ?? ""
            let path = path(file.replacing("${CREDENTIALS_DIRECTORY}", with: credentials))
            guard let data = FileManager.default.contents(atPath: path) else {
                reader.report(keys["secret_file"], place, "\(path) cannot be read")
                return nil
            }
            text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        } else {
            text = reader.text(keys["secret"], place, in: node, isRequired: true)
        }
        guard let text else { return nil }
        if text.isEmpty { reader.report(keys["secret_file"], place, "is empty") }
        for part in text.split(separator: " ") {
            do {
                _ = try WebhookSecret(String(part))
            } catch {
                reader.report(node, place, "must be whsec_ followed by base64 of 24 to 64 bytes")
            }
        }
        return text
    }

    /// Paths are relative to the configuration's directory.
    private func path(_ text: String) -> String {
        text.hasPrefix("/") ? text : "\(directory)/\(text)"
    }

    private func controlSocket(_ node: Node?, store: StoreURL) -> String? {
        guard case .file(let storePath) = store else { return nil }
        guard let node, let keys = reader.mapping(node, "control", allowed: ["socket"]) else {
            return "\(storePath).sock"
        }
        return reader.text(keys["socket"], "control.socket", in: node).map(path) ?? "\(storePath).sock"
    }
}
