import Foundation
import Yams

/// Brings secrets from where they are kept: `file:PATH`, `env:NAME` or `credential:NAME` of systemd.
///
/// Who is not the service has neither its environment nor its credentials, and gets something else in their place.
struct SecretReader {
    let reader: SettingsReader
    /// Where relative paths start.
    let directory: String
    var environment = ProcessInfo.processInfo.environment

    /// Returns a secret that may not stand in the configuration itself.
    func secret(_ node: Node?, _ key: String, in parent: Node, isRequired: Bool) -> String? {
        guard let text = reader.text(node, key, in: parent, isRequired: isRequired) else { return nil }
        guard let place = Place(text) else {
            reader.report(
                node,
                key,
                "must be file:PATH, env:NAME or credential:NAME, so that the configuration holds no secret"
            )
            return nil
        }
        return value(at: place, node, key)
    }

    /// Returns a text that may be a secret: as it stands, or from its place.
    ///
    /// - Parameters:
    ///   - node: The value; `nil` for none.
    ///   - key: Its key.
    ///   - parent: What the key stands in.
    ///   - isRequired: Whether there must be one.
    ///   - standIn: What stands in for a secret that only the service has.
    /// - Returns: The text; `nil` where there is none.
    func text(_ node: Node?, _ key: String, in parent: Node, isRequired: Bool, standIn: String) -> String? {
        guard let text = reader.text(node, key, in: parent, isRequired: isRequired) else { return nil }
        return Place(text).map { value(at: $0, node, key, standIn: standIn) } ?? text
    }

    /// Returns the text of a file; `${CREDENTIALS_DIRECTORY}` in its path is systemd's.
    func file(_ path: String, _ node: Node?, _ key: String, standIn: String = usualStandIn) -> String? {
        let credentials = environment["CREDENTIALS_DIRECTORY"] ?? ""
        if credentials.isEmpty, !reader.isForService, path.contains("${CREDENTIALS_DIRECTORY}") {
            return withheld(key, standIn)
        }
        let path = path.replacing("${CREDENTIALS_DIRECTORY}", with: credentials)
        let absolute = path.hasPrefix("/") ? path : "\(directory)/\(path)"
        guard let data = FileManager.default.contents(atPath: absolute) else {
            reader.report(node, key, "\(absolute) cannot be read")
            return nil
        }
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        if text.isEmpty { reader.report(node, key, "\(absolute) is empty") }
        return text.isEmpty ? nil : text
    }

    private static let usualStandIn = "withheld"

    private func withheld(_ key: String, _ standIn: String) -> String {
        reader.withhold(key)
        return standIn
    }

    private func value(
        at place: Place,
        _ node: Node?,
        _ key: String,
        standIn: String = usualStandIn
    ) -> String? {
        switch place {
        case .file(let path):
            return file(path, node, key)
        case .environment(let name):
            if let value = environment[name], !value.isEmpty { return value }
            if !reader.isForService { return withheld(key, standIn) }
            reader.report(node, key, "the environment has no \(name)")
            return nil
        case .credential(let name):
            guard let folder = environment["CREDENTIALS_DIRECTORY"] else {
                if !reader.isForService { return withheld(key, standIn) }
                reader.report(
                    node,
                    key,
                    "there are no credentials: systemd gives them by LoadCredential=\(name):PATH"
                )
                return nil
            }
            return file("\(folder)/\(name)", node, key)
        }
    }

    private enum Place {
        case file(String)
        case environment(String)
        case credential(String)

        init?(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
                String.init
            )
            guard parts.count == 2, !parts[1].isEmpty else { return nil }
            switch parts[0] {
            case "file": self = .file(parts[1])
            case "env": self = .environment(parts[1])
            case "credential": self = .credential(parts[1])
            default: return nil
            }
        }
    }
}
