import Delivering
import Foundation
import TallyModel
import Yams

/// Turns the `alerts.routes` of a configuration into values.
struct RouteDecoder {
    let reader: SettingsReader
    let sinks: Set<String>
    let watches: Set<String>
    let sources: Set<String>

    private static let keys = [
        "sinks", "watch", "type", "severity", "source", "quiet", "repeat", "group", "group_wait",
        "group_interval",
        "continue",
    ]

    func routes(from node: Node?) -> [Route] {
        reader.sequence(node, "alerts.routes").compactMap { item, key in
            guard let keys = reader.mapping(item, key, allowed: Self.keys) else { return nil }
            let names = reader.words(keys["sinks"], "\(key).sinks", known: sinks, of: "a sink")
            if names.isEmpty {
                reader.report(keys["sinks"] ?? item, "\(key).sinks", "must name one sink or more")
            }
            var route = Route(sinks: names)
            route.watches = Set(reader.words(keys["watch"], "\(key).watch", known: watches, of: "a watch"))
            route.sources = Set(reader.words(keys["source"], "\(key).source", known: sources, of: "a source"))
            route.types = types(keys["type"], "\(key).type")
            route.severities = severities(keys["severity"], "\(key).severity")
            route.quiet = keys["quiet"].flatMap { quiet($0, "\(key).quiet") }
            route.repeatSeconds = reader.seconds(keys["repeat"], "\(key).repeat", atLeast: 60)
            route.grouping = reader.choice(keys["group"], "\(key).group") ?? .none
            route.groupWaitSeconds =
                reader.seconds(keys["group_wait"], "\(key).group_wait", atLeast: 0) ?? route.groupWaitSeconds
            route.groupIntervalSeconds =
                reader.seconds(keys["group_interval"], "\(key).group_interval", atLeast: 0)
                ?? route.groupIntervalSeconds
            route.continues = reader.truth(keys["continue"], "\(key).continue") ?? false
            return route
        }
    }

    /// `contradicted` and `figure.contradicted` are the same.
    private func types(_ node: Node?, _ key: String) -> Set<Alert.Kind> {
        let names = Dictionary(
            uniqueKeysWithValues: Alert.Kind.allCases.flatMap { kind in
                Set([kind.rawValue, kind.rawValue.replacing("figure.", with: "")]).map { ($0, kind) }
            }
        )
        return Set(reader.words(node, key, known: Set(names.keys), of: "a type").compactMap { names[$0] })
    }

    private func severities(_ node: Node?, _ key: String) -> Set<Alert.Severity> {
        let known = Set(Alert.Severity.allCases.map(\.rawValue))
        return Set(reader.words(node, key, known: known, of: "a severity").compactMap(Alert.Severity.init))
    }

    private func quiet(_ node: Node, _ key: String) -> QuietHours? {
        let allowed = ["from", "to", "days", "timezone", "except"]
        guard let keys = reader.mapping(node, key, allowed: allowed) else { return nil }
        let from = reader.minutesOfDay(keys["from"], "\(key).from", in: node)
        let to = reader.minutesOfDay(keys["to"], "\(key).to", in: node)
        var zone = TimeZone.current
        if let name = reader.text(keys["timezone"], "\(key).timezone", in: node) {
            if let known = TimeZone(identifier: name) {
                zone = known
            } else {
                reader.report(
                    keys["timezone"],
                    "\(key).timezone",
                    "\(name) is no time zone such as Europe/Berlin"
                )
            }
        }
        guard let from, let to else { return nil }
        var quiet = QuietHours(from: from, to: to, timeZone: zone)
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        let days = reader.words(keys["days"], "\(key).days", known: Set(names), of: "a day")
        if !days.isEmpty { quiet.days = Set(days.compactMap { names.firstIndex(of: $0) }.map { $0 + 1 }) }
        if keys["except"] != nil { quiet.except = severities(keys["except"], "\(key).except") }
        return quiet
    }
}
