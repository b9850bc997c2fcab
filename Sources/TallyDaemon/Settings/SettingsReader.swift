import Foundation
import TallyModel
import Yams

/// Walks a composed YAML document and collects every mistake with its line and key.
///
/// Yams' own decoder stops at the first mistake and lets unknown keys pass; both hide a typing error.
final class SettingsReader {
    private let file: String
    private(set) var mistakes: [SettingsMistake] = []
    /// The keys of secrets that only the service has, and that were not looked at.
    private(set) var withheld: [String] = []
    /// Whether the settings are for the daemon itself, which has its credentials and its environment.
    let isForService: Bool

    init(file: String, isForService: Bool) {
        self.file = file
        self.isForService = isForService
    }

    func withhold(_ key: String) {
        withheld.append(key)
    }

    func report(_ node: Node?, _ key: String, _ message: String) {
        mistakes.append(SettingsMistake(file: file, line: node?.mark?.line, key: key, message: message))
    }

    /// Returns the pairs of a mapping by key; keys beyond `allowed` and keys that stand twice are mistakes.
    func mapping(_ node: Node, _ key: String, allowed: [String]) -> [String: Node]? {
        guard case .mapping(let mapping) = node else {
            report(node, key, "must be a mapping of keys to values")
            return nil
        }
        var pairs: [String: Node] = [:]
        for (name, value) in mapping {
            guard let name = name.string else { continue }
            let path = key.isEmpty ? name : "\(key).\(name)"
            if !allowed.contains(name) {
                report(value, path, "is unknown; known here: \(allowed.joined(separator: ", "))")
            }
            pairs[name] = value
        }
        return pairs
    }

    /// Returns the items of a sequence with their keys.
    func sequence(_ node: Node?, _ key: String) -> [(node: Node, key: String)] {
        guard let node, !isNull(node) else { return [] }
        guard case .sequence(let sequence) = node else {
            report(node, key, "must be a list")
            return []
        }
        return sequence.enumerated().map { ($1, "\(key)[\($0)]") }
    }

    /// Returns a text; an empty one is a mistake.
    func text(_ node: Node?, _ key: String, in parent: Node, isRequired: Bool = false) -> String? {
        guard let node, !isNull(node) else {
            if isRequired { report(parent, key, "is missing") }
            return nil
        }
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            report(node, key, "must be a text")
            return nil
        }
        return scalar.string
    }

    /// Returns the texts of a list.
    func texts(_ node: Node?, _ key: String) -> [String] {
        sequence(node, key).compactMap { text($0.node, $0.key, in: $0.node, isRequired: true) }
    }

    /// Returns a truth value.
    func truth(_ node: Node?, _ key: String) -> Bool? {
        guard let node, !isNull(node) else { return nil }
        switch node.scalar?.string.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default:
            report(node, key, "must be true or false")
            return nil
        }
    }

    /// Returns one of the cases of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>(_ node: Node?, _ key: String) -> Choice?
    where Choice.RawValue == String {
        guard let node, !isNull(node) else { return nil }
        if let text = node.scalar?.string, let choice = Choice(rawValue: text) { return choice }
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        report(node, key, "must be one of \(known)")
        return nil
    }

    /// Returns a number without a unit.
    func number(_ node: Node?, _ key: String) -> Decimal? {
        guard let node, !isNull(node) else { return nil }
        guard let number = DecimalText.number(node.scalar?.string ?? "") else {
            report(node, key, "must be a number")
            return nil
        }
        return number
    }

    /// Returns a span of time in seconds: `30s`, `10m`, `1h`, `1d`.
    func seconds(_ node: Node?, _ key: String, atLeast minimum: Double) -> Double? {
        guard let node, !isNull(node) else { return nil }
        let text = node.scalar?.string ?? ""
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        guard let factor = text.last.flatMap({ units[$0] }), let count = Double(text.dropLast()),
            count.isFinite
        else {
            report(node, key, "must be a span of time such as 30s, 10m, 1h or 1d")
            return nil
        }
        guard (minimum...31 * 86400).contains(count * factor) else {
            report(node, key, "must be at least \(Int(minimum))s and at most 31d")
            return nil
        }
        return count * factor
    }

    /// Returns a share from 0 to 1: `5%` or `0.05`.
    func share(_ node: Node?, _ key: String) -> Double? {
        guard let node, !isNull(node) else { return nil }
        let text = node.scalar?.string ?? ""
        let value = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
        guard let value, (0...1).contains(value) else {
            report(node, key, "must be a share such as 5%, from 0% to 100%")
            return nil
        }
        return value
    }

    private func isNull(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }
}
