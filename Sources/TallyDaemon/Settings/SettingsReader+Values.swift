import Foundation
import Storing
import Yams

extension SettingsReader {
    /// Returns a size in bytes: `64KB`, `100MB`, `1GB`, of 1,024 each.
    func bytes(_ node: Node?, _ key: String, atLeast minimum: Int) -> Int? {
        guard let node else { return nil }
        let text = node.scalar?.string.uppercased() ?? ""
        let units = [("KB", 10), ("MB", 20), ("GB", 30)]
        guard let unit = units.first(where: { text.hasSuffix($0.0) }), let count = Int(text.dropLast(2)),
            (1...4096).contains(count), count << unit.1 >= minimum
        else {
            report(node, key, "must be a size such as 100MB, at least \(minimum >> 10)KB")
            return nil
        }
        return count << unit.1
    }

    /// Returns a whole number within a range.
    func whole(_ node: Node?, _ key: String, in range: ClosedRange<Int>) -> Int? {
        guard let node else { return nil }
        guard let number = node.scalar.flatMap({ Int($0.string) }), range.contains(number) else {
            report(node, key, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// Returns words of a list, or the one that stands alone; those that are not known are mistakes.
    func words(_ node: Node?, _ key: String, known: Set<String>, of kind: String) -> [String] {
        guard let node else { return [] }
        let items = node.scalar == nil ? sequence(node, key) : [(node, key)]
        return items.compactMap { item, itemKey in
            guard let word = text(item, itemKey, in: item, isRequired: true) else { return nil }
            guard known.contains(word) else {
                let all = known.sorted().joined(separator: ", ")
                report(
                    item,
                    itemKey,
                    "\(word) is not the name of \(kind)\(all.isEmpty ? "" : "; known: \(all)")"
                )
                return nil
            }
            return word
        }
    }

    /// Returns a time of day in minutes after midnight: `07:30`.
    func minutesOfDay(_ node: Node?, _ key: String, in parent: Node) -> Int? {
        guard let text = text(node, key, in: parent, isRequired: true) else { return nil }
        let parts = text.split(separator: ":").map(String.init)
        guard parts.count == 2, parts[1].count == 2, let hours = Int(parts[0]), let minutes = Int(parts[1]),
            (0...23).contains(hours), (0...59).contains(minutes)
        else {
            // An unquoted 22:00 is text in YAML 1.2, and a number of minutes in 1.1.
            report(node, key, "must be a time of day such as \"07:30\"")
            return nil
        }
        return hours * 60 + minutes
    }

    /// Returns how long what is stored stays.
    func retention(_ node: Node?) -> Retention {
        var retention = Retention()
        guard let node, let keys = mapping(node, "retention", allowed: ["articles", "claims", "alerts"])
        else {
            return retention
        }
        func age(_ name: String, _ standard: Double?) -> Double? {
            guard let value = keys[name] else { return standard }
            if value.scalar?.string == "forever" { return nil }
            guard let text = value.scalar?.string, text.hasSuffix("d"), let days = Double(text.dropLast()),
                (1...36500).contains(days)
            else {
                report(value, "retention.\(name)", "must be a number of days such as 90d, or forever")
                return standard
            }
            return days * 86400
        }
        retention.articlesSeconds = age("articles", retention.articlesSeconds)
        retention.claimsSeconds = age("claims", retention.claimsSeconds)
        retention.alertsSeconds = age("alerts", retention.alertsSeconds)
        return retention
    }

    /// Returns where metrics and health are told.
    func service(_ node: Node?) -> ServiceSettings {
        var service = ServiceSettings()
        guard let node, let keys = mapping(node, "service", allowed: ["listen"]),
            let text = text(keys["listen"], "service.listen", in: node)
        else { return service }
        if text == "none" {
            service.host = nil
            return service
        }
        guard let place = listeningPlace(text, keys["listen"], "service.listen", or: ", or none") else {
            return service
        }
        service.host = place.host
        service.port = place.port
        return service
    }

    /// Returns an address and a port: `127.0.0.1:9642`, `[::1]:9642`.
    func listeningPlace(
        _ text: String,
        _ node: Node?,
        _ key: String,
        or more: String = ""
    ) -> (host: String, port: UInt16)? {
        guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
            let port = UInt16(text[text.index(after: colon)...])
        else {
            report(node, key, "must be an address and a port such as 127.0.0.1:9642\(more)")
            return nil
        }
        return (text[..<colon].trimmingCharacters(in: ["[", "]"]), port)
    }
}
