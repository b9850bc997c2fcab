import CCurl

/// A URL as libcurl itself reads it: what is compared here is what is connected to.
struct RequestURL: Hashable {
    let scheme: String
    let host: String
    let port: String

    /// Reads an absolute URL; `nil` where libcurl would refuse it, or would read it otherwise than browsers do.
    init?(_ text: String) {
        guard Self.isPlain(text), let handle = curl_url() else { return nil }
        defer { curl_url_cleanup(handle) }
        guard curl_url_set(handle, CURLUPART_URL, text, UInt32(CURLU_NON_SUPPORT_SCHEME)) == CURLUE_OK,
            let scheme = Self.part(CURLUPART_SCHEME, of: handle),
            let host = Self.part(CURLUPART_HOST, of: handle)
        else { return nil }
        self.scheme = scheme.lowercased()
        self.host = host.lowercased()
        port = Self.part(CURLUPART_PORT, of: handle) ?? ""
    }

    /// Whether a scheme is fetched.
    var isWeb: Bool { scheme == "http" || scheme == "https" }

    /// Whether credentials for this URL may go to another one: the same origin, or the same host made secure.
    func sharesCredentials(with other: RequestURL) -> Bool {
        if self == other { return true }
        return host == other.host && scheme == "http" && other.scheme == "https" && port == "80"
            && other.port == "443"
    }

    /// A backslash in front of the path is where readers of URLs disagree about the host.
    static func isPlain(_ text: String) -> Bool {
        var slashes = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "/") { slashes += 1 }
            if slashes >= 3 || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") { return true }
            if byte == UInt8(ascii: "\\") || byte <= 0x20 || byte == 0x7F { return false }
        }
        return true
    }

    /// Whether a URL's scheme is https.
    static func isSecure(_ text: String) -> Bool {
        text.utf8.count > 6 && zip(text.utf8, "https:".utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }

    private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(handle, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text else {
            return nil
        }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
