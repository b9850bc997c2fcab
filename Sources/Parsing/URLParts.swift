/// The five parts of a URL (<https://www.rfc-editor.org/rfc/rfc3986#appendix-B>).
struct URLParts {
    /// In lower case; empty for a relative reference.
    var scheme = ""
    var authority: String?
    var path: String
    var query: String?
    var fragment: String?

    init(_ text: String) {
        var rest = text[...]
        if let hash = rest.utf8.firstIndex(of: UInt8(ascii: "#")) {
            fragment = String(rest[rest.utf8.index(after: hash)...])
            rest = rest[..<hash]
        }
        if let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":")), Self.isScheme(rest[..<colon].utf8) {
            scheme = rest[..<colon].lowercased()
            rest = rest[rest.utf8.index(after: colon)...]
        }
        if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
            query = String(rest[rest.utf8.index(after: mark)...])
            rest = rest[..<mark]
        }
        if rest.utf8.starts(with: "//".utf8) {
            rest = rest[rest.utf8.index(rest.startIndex, offsetBy: 2)...]
            let end = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            authority = String(rest[..<end])
            rest = rest[end...]
        }
        path = String(rest)
    }

    private static func isScheme(_ bytes: Substring.UTF8View) -> Bool {
        for (place, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): break
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
                UInt8(ascii: "."):
                if place == 0 { return false }
            default: return false
            }
        }
        return !bytes.isEmpty
    }

    /// Whether relative references can be resolved against it.
    var isHierarchical: Bool { authority != nil || path.utf8.first == UInt8(ascii: "/") }

    var withoutFragment: URLParts {
        var parts = self
        parts.fragment = nil
        return parts
    }

    var text: String {
        var result = scheme.isEmpty ? "" : scheme + ":"
        if let authority { result += "//" + authority }
        result += path
        if let query { result += "?" + query }
        if let fragment { result += "#" + fragment }
        return result
    }

    /// Returns a path in which `.` and `..` are resolved.
    ///
    /// Byte by byte: a slash with an accent on it is one character, and still a slash.
    static func withoutDots(_ path: String) -> String {
        guard path.utf8.first == UInt8(ascii: "/"), path.holds("/.") else { return path }
        var kept: [Substring] = []
        let parts = path.utf8.dropFirst().split(
            separator: UInt8(ascii: "/"),
            omittingEmptySubsequences: false
        )
        for (place, part) in parts.enumerated() {
            let isLast = place == parts.count - 1
            let part = Substring(part)
            switch part {
            case ".":
                if isLast { kept.append("") }
            case "..":
                _ = kept.popLast()
                if isLast { kept.append("") }
            default: kept.append(part)
            }
        }
        return "/" + kept.joined(separator: "/")
    }
}
