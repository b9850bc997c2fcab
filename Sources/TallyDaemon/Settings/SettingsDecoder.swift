import Delivering
import Foundation
import Storing
import TallyModel
import Yams

extension Settings {
    /// Reads and checks a configuration file whole, before anything is done with it.
    ///
    /// - Parameters:
    ///   - path: The file; relative paths inside it start from its directory.
    ///   - isForService: Whether the daemon itself reads it; others need not have its credentials and its environment.
    /// - Returns: The settings.
    /// - Throws: ``SettingsError`` with every mistake in the file.
    public static func read(path: String, isForService: Bool = true) throws(SettingsError) -> Settings {
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
        let reader = SettingsReader(file: path, isForService: isForService)
        let settings = SettingsDecoder(reader: reader, directory: directory).settings(from: node)
        guard reader.mistakes.isEmpty, var settings else {
            throw SettingsError(mistakes: reader.mistakes.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
        }
        settings.withheldSecrets = reader.withheld
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
        let allowed = [
            "store", "network", "defaults", "sources", "watches", "alerts", "control", "retention", "service",
            "websub",
        ]
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
        let secrets = SecretReader(reader: reader, directory: directory)
        settings.sources = SourceDecoder(reader: reader, directory: directory, secrets: secrets)
            .sources(from: keys["sources"], defaults: keys["defaults"])
        settings.watches = WatchDecoder(reader: reader).watches(from: keys["watches"])
        if let alerts = keys["alerts"] {
            settings.alerts = AlertSettingsDecoder(
                reader: reader,
                secrets: secrets,
                watches: Set(settings.watches.map(\.name)),
                sources: Set(settings.sources.map(\.name)),
                path: path
            ).settings(from: alerts)
        }
        settings.retention = reader.retention(keys["retention"])
        settings.service = reader.service(keys["service"])
        settings.webSub = WebSubDecoder(reader: reader).settings(from: keys["websub"])
        settings.controlSocket = controlSocket(keys["control"], store: store)
        return settings
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
