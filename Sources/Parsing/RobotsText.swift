/// The rules of one `robots.txt` (<https://www.rfc-editor.org/rfc/rfc9309>).
public struct RobotsText: Sendable {
    private struct Group {
        var agents: [String] = []
        var rules: [Rule] = []
    }

    private struct Rule {
        let allows: Bool
        let pattern: [UInt8]
    }

    private var groups: [Group] = []

    /// The rules that are kept of a file, and the bytes of a pattern or path that are compared.
    private static let maximumRules = 10_000
    private static let maximumLength = 2000

    /// Reads a file; lines that are no rules are left out.
    public init(_ text: String) {
        var group = Group()
        var count = 0
        for line in text.split(whereSeparator: \.isNewline) {
            let content = line.prefix { $0 != "#" }
            guard let colon = content.firstIndex(of: ":") else { continue }
            let name = content[..<colon].trimmed.lowercased()
            let value = content[content.index(after: colon)...].trimmed
            switch name {
            case "user-agent", "useragent", "user agent":
                // Lines of agents that follow each other head one group.
                if !group.rules.isEmpty {
                    groups.append(group)
                    group = Group()
                }
                group.agents.append(Self.product(value))
            case "allow", "disallow":
                count += 1
                guard !group.agents.isEmpty, count <= Self.maximumRules,
                    value.utf8.count <= Self.maximumLength
                else { continue }
                // An empty rule is of no path: it only ends the list of agents.
                group.rules.append(Rule(allows: name == "allow", pattern: Self.normal(value)))
            default: break
            }
        }
        if !group.agents.isEmpty { groups.append(group) }
    }

    /// Returns whether an agent may ask for a path.
    ///
    /// - Parameters:
    ///   - path: Path and query, beginning with `/`; empty for the root.
    ///   - agent: The product's word, in lower case.
    /// - Returns: Whether it may; what no rule speaks of is allowed.
    public func allows(_ path: String, agent: String) -> Bool {
        let own = groups.filter { $0.agents.contains(agent) }
        let rules = (own.isEmpty ? groups.filter { $0.agents.contains("*") } : own).flatMap(\.rules)
        let path = Self.normal(path.isEmpty ? "/" : String(path.prefix { $0 != "#" }))
        if path == Array("/robots.txt".utf8) { return true }
        var best = -1
        var allows = true
        for rule in rules where !rule.pattern.isEmpty && rule.pattern.count >= best {
            guard Self.matches(rule.pattern, path) else { continue }
            // Of rules that are equally long, the one that allows counts.
            if rule.pattern.count > best || rule.allows { allows = rule.allows }
            best = rule.pattern.count
        }
        return allows
    }

    /// `Tallywatch/1.0` is known by `tallywatch`.
    private static func product(_ text: String) -> String {
        text == "*" ? "*" : text.prefix { $0.isLetter || $0 == "-" || $0 == "_" }.lowercased()
    }

    /// A pattern or path whose percent escapes are written in one way.
    private static func normal(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        let bytes = Array(text.utf8.prefix(maximumLength))
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "%"), place + 2 < bytes.count,
                let value = UInt8(String(decoding: bytes[place + 1...place + 2], as: UTF8.self), radix: 16)
            {
                append(value, isEscaped: true, to: &result)
                place += 3
            } else {
                append(byte, isEscaped: false, to: &result)
                place += 1
            }
        }
        return result
    }

    private static func append(_ byte: UInt8, isEscaped: Bool, to result: inout [UInt8]) {
        let isLetterOrDigit = byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
        if isLetterOrDigit || "-._~".utf8.contains(byte) || !isEscaped && byte < 0x80 {
            result.append(byte)
            return
        }
        let digits = Array("0123456789ABCDEF".utf8)
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    /// `*` stands for any bytes, `$` at the end for the end of the path; no backtracking beyond the last star.
    private static func matches(_ pattern: [UInt8], _ path: [UInt8]) -> Bool {
        var pattern = pattern[...]
        if pattern.last == UInt8(ascii: "$") {
            pattern.removeLast()
        } else {
            pattern.append(UInt8(ascii: "*"))
        }
        var (place, at) = (pattern.startIndex, 0)
        var star: (place: Int, at: Int)?
        while at < path.count {
            if place < pattern.endIndex, pattern[place] == UInt8(ascii: "*") {
                star = (place, at)
                place += 1
            } else if place < pattern.endIndex, pattern[place] == path[at] {
                place += 1
                at += 1
            } else if let last = star {
                star = (last.place, last.at + 1)
                (place, at) = (last.place + 1, last.at + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
