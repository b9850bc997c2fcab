import Fetching
import Foundation
import TallyModel
import Yams

/// Turns the `sources` of a configuration, and their `defaults`, into values.
struct SourceDecoder {
    let reader: SettingsReader
    let directory: String
    let secrets: SecretReader

    /// What a source has that does not say otherwise.
    private struct Defaults {
        var everySeconds: Double = 600
        var maximumEverySeconds: Double?
        var recheckAges = Source.usualRecheckAges
        var obeysRobots = true
    }

    func sources(from node: Node?, defaults: Node?) -> [Source] {
        let defaults = self.defaults(defaults)
        var names: Set<String> = []
        return reader.sequence(node, "sources").compactMap { item, key in
            let allowed = [
                "name", "url", "every", "type", "fetch", "max_every", "recheck", "robots", "auth", "headers",
            ]
            guard let keys = reader.mapping(item, key, allowed: allowed) else { return nil }
            let name = reader.text(keys["name"], "\(key).name", in: item, isRequired: true)
            let url = reader.text(keys["url"], "\(key).url", in: item, isRequired: true)
            let kind: Source.Kind? = reader.choice(keys["type"], "\(key).type")
            let fetch: Source.Fetch? = reader.choice(keys["fetch"], "\(key).fetch")
            let every = reader.seconds(keys["every"], "\(key).every", atLeast: 1) ?? defaults.everySeconds
            let longest = reader.seconds(keys["max_every"], "\(key).max_every", atLeast: 1)
            if let longest, longest < every {
                reader.report(keys["max_every"], "\(key).max_every", "must not be shorter than every")
            }
            if let name, !names.insert(name).inserted {
                reader.report(keys["name"], "\(key).name", "\(name) is the name of another source too")
            }
            let ages = self.ages(keys["recheck"], "\(key).recheck")
            let obeysRobots = robots(keys["robots"], "\(key).robots")
            let headers = CredentialDecoder(reader: reader, secrets: secrets).headers(keys, key)
            guard let name, let url, let absolute = sourceURL(url, keys["url"], key) else { return nil }
            var source = Source(
                name: name,
                url: absolute,
                kind: kind ?? .auto,
                everySeconds: every,
                maximumEverySeconds: longest ?? defaults.maximumEverySeconds,
                fetch: fetch ?? .auto
            )
            source.recheckAges = ages ?? defaults.recheckAges
            source.manners.obeysRobots = obeysRobots ?? defaults.obeysRobots
            source.manners.privateHeaders = headers
            return source
        }
    }

    private func defaults(_ node: Node?) -> Defaults {
        var defaults = Defaults()
        let allowed = ["every", "max_every", "recheck", "robots"]
        guard let node, let keys = reader.mapping(node, "defaults", allowed: allowed) else { return defaults }
        defaults.everySeconds = reader.seconds(keys["every"], "defaults.every", atLeast: 1) ?? 600
        defaults.maximumEverySeconds = reader.seconds(keys["max_every"], "defaults.max_every", atLeast: 1)
        if let longest = defaults.maximumEverySeconds, longest < defaults.everySeconds {
            reader.report(keys["max_every"], "defaults.max_every", "must not be shorter than every")
        }
        defaults.recheckAges = ages(keys["recheck"], "defaults.recheck") ?? defaults.recheckAges
        defaults.obeysRobots = robots(keys["robots"], "defaults.robots") ?? true
        return defaults
    }

    /// Growing ages: `[10m, 1h, 1d]`; an empty list for never.
    private func ages(_ node: Node?, _ key: String) -> [Double]? {
        guard let node else { return nil }
        let ages = reader.sequence(node, key).compactMap { reader.seconds($0.node, $0.key, atLeast: 1) }
        if zip(ages, ages.dropFirst()).contains(where: { $0 >= $1 }) {
            reader.report(node, key, "must be ages that grow, such as [10m, 1h, 1d]")
        }
        return ages
    }

    private func robots(_ node: Node?, _ key: String) -> Bool? {
        switch reader.choice(node, key) as RobotsChoice? {
        case .obey: true
        case .ignore: false
        case nil: nil
        }
    }

    private enum RobotsChoice: String, CaseIterable {
        case obey, ignore
    }

    /// `file:samples` and `file:./samples` are taken from the configuration's directory.
    private func sourceURL(_ text: String, _ node: Node?, _ key: String) -> String? {
        if text.hasPrefix("file:"), !text.hasPrefix("file:/") {
            return URL(fileURLWithPath: "\(directory)/\(text.dropFirst(5))").standardizedFileURL
                .absoluteString
        }
        let isWeb = ["http://", "https://"].contains { text.lowercased().hasPrefix($0) }
        let host = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).first ?? ""
        guard isWeb ? !host.isEmpty : text.lowercased().hasPrefix("file:/") else {
            reader.report(node, "\(key).url", "\(text) is no http, https or file URL")
            return nil
        }
        let fault =
            isWeb
            ? FetchRequest.fault(ofURL: text)
            : LocalDocuments.path(ofFileURL: text) == nil ? "names no file of this machine" : nil
        if let fault {
            // Without the URL: it may bear a password.
            reader.report(node, "\(key).url", fault)
            return nil
        }
        return text
    }
}
