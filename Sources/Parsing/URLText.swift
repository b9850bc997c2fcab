/// URLs as text: resolved as RFC 3986 section 5.2 says
/// (<https://www.rfc-editor.org/rfc/rfc3986#section-5.2>).
public enum URLText {
    /// Returns a reference as an absolute URL; a reference that cannot be resolved comes back as it is.
    public static func absolute(_ reference: String, base: String) -> String {
        let text = cleaned(reference)
        let target = URLParts(text)
        if !target.scheme.isEmpty {
            return target.isHierarchical ? target.text : text
        }
        var parts = URLParts(cleaned(base))
        guard !parts.scheme.isEmpty, parts.isHierarchical else { return text }
        guard !text.isEmpty else { return parts.withoutFragment.text }
        if let authority = target.authority {
            parts.authority = authority
            parts.path = URLParts.withoutDots(target.path)
            parts.query = target.query
        } else if target.path.isEmpty {
            parts.query = target.query ?? parts.query
        } else if target.path.utf8.first == UInt8(ascii: "/") {
            parts.path = URLParts.withoutDots(target.path)
            parts.query = target.query
        } else {
            let slash = parts.path.utf8.lastIndex(of: UInt8(ascii: "/"))
            let folder = slash.map { String(parts.path[..<parts.path.utf8.index(after: $0)]) } ?? "/"
            parts.path = URLParts.withoutDots(folder + target.path)
            parts.query = target.query
        }
        parts.fragment = target.fragment
        return parts.text
    }

    /// Returns the form by which a page is known: no fragment, default port or tracking parameter.
    public static func canonical(_ url: String) -> String {
        if let known = canonicalInPlain(url) { return known }
        let text = cleaned(url)
        var parts = URLParts(text)
        guard !parts.scheme.isEmpty, parts.isHierarchical else { return text }
        parts.fragment = nil
        if var authority = parts.authority {
            let host = authority.lastIndex(of: "@").map { authority.index(after: $0) } ?? authority.startIndex
            authority = String(authority[..<host]) + authority[host...].lowercased()
            let port = parts.scheme == "http" ? ":80" : parts.scheme == "https" ? ":443" : ":"
            while authority.hasSuffix(port) || authority.hasSuffix(":") {
                authority.removeLast(authority.hasSuffix(port) ? port.count : 1)
            }
            parts.authority = authority
        }
        if parts.path.isEmpty, parts.authority != nil { parts.path = "/" }
        let path = URLParts.withoutDots(parts.path)
        // Without a host, a path must not come to look like one (RFC 3986 §3.3).
        if parts.authority != nil || !path.utf8.starts(with: "//".utf8) { parts.path = path }
        if let query = parts.query {
            let kept = keptParameters(of: query[...])
            parts.query = kept.isEmpty ? nil : kept.joined(separator: "&")
        }
        let result = parts.text
        // What stood before a fragment or a parameter may be white space.
        return result.trimmed == result ? result : canonical(result)
    }

    /// Returns scheme, host and port of an `http:` or `https:` URL, as they are written in it; `nil` for any other.
    public static func origin(of url: String) -> String? {
        let parts = URLParts(url)
        guard isAbsolute(url), let authority = parts.authority else { return nil }
        return url.prefix(parts.scheme.count) + "://" + authority
    }

    /// Returns whether a URL is that of a site as a whole.
    public static func isRoot(_ url: String) -> Bool {
        let parts = URLParts(cleaned(url))
        return ["", "/"].contains(parts.path) && parts.query == nil
    }

    /// Returns the host in lower case without `www.`; empty where there is none.
    static func host(of url: String) -> String {
        guard let authority = URLParts(cleaned(url)).authority else { return "" }
        let host = authority.drop { _ in false }.split(separator: "@").last ?? ""
        let name = host.prefix { $0 != ":" }.lowercased()
        return name.hasPrefix("www.") ? String(name.dropFirst(4)) : name
    }

    /// Whether a text can be fetched as it is.
    static func isAbsolute(_ text: String) -> Bool {
        let parts = URLParts(text)
        return ["http", "https"].contains(parts.scheme) && parts.authority?.isEmpty == false
    }

    /// The canonical form of a URL that needs nothing but to lose parameters of its query; `nil` for any other.
    private static func canonicalInPlain(_ url: String) -> String? {
        guard let mark = url.utf8.firstIndex(of: UInt8(ascii: "?")) else {
            return isCanonical(url[...]) ? url : nil
        }
        let query = url[url.utf8.index(after: mark)...]
        guard query.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }),
            isCanonical(url[..<mark])
        else { return nil }
        var kept = String(url[..<mark])
        var separator = "?"
        for parameter in keptParameters(of: query) {
            kept += separator
            kept += parameter
            separator = "&"
        }
        return kept
    }

    private static func keptParameters(of query: Substring) -> [Substring] {
        query.utf8.split(separator: UInt8(ascii: "&")).lazy.map { Substring($0) }.filter { parameter in
            let end = parameter.utf8.firstIndex(of: UInt8(ascii: "=")) ?? parameter.endIndex
            return !TrackingParameters.contains(parameter[..<end])
        }
    }

    /// Whether a URL is surely in its canonical form: a plain host in lower case, a plain path, and nothing else.
    private static func isCanonical(_ text: Substring) -> Bool {
        let length = text.hasPrefix("https://") ? 8 : text.hasPrefix("http://") ? 7 : 0
        guard length > 0 else { return false }
        var isPath = false
        var isAfterSlash = false
        for byte in text.utf8.dropFirst(length) {
            switch byte {
            case UInt8(ascii: "/"):
                isPath = true
                isAfterSlash = true
                continue
            case UInt8(ascii: "."): if isAfterSlash { return false }
            case UInt8(ascii: "?"), UInt8(ascii: "#"), 0...0x20, 0x7F...: return false
            case UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                if !isPath { return false }
            default: break
            }
            isAfterSlash = false
        }
        return isPath
    }

    /// Whether a text is an absolute URL already, in characters that need no care.
    static func isPlainAbsolute(_ text: String) -> Bool {
        var rest = text.utf8[...]
        for prefix in ["https://", "http://"] where rest.starts(with: prefix.utf8) {
            rest = rest.dropFirst(prefix.utf8.count)
            return !rest.isEmpty && rest.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        }
        return false
    }

    /// White space and control characters never belong to a URL; spaces inside are escaped.
    private static func cleaned(_ text: String) -> String {
        let trimmed = text.trimmed
        guard trimmed.unicodeScalars.contains(where: { $0.value <= 0x20 }) else { return trimmed }
        var result = ""
        for scalar in trimmed.unicodeScalars {
            if scalar == " " {
                result += "%20"
            } else if scalar.value > 0x20 {
                result.unicodeScalars.append(scalar)
            }
        }
        // What stood behind a control character may be white space.
        return result.trimmed
    }
}
