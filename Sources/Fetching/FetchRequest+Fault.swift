import CCurl
public import TallyModel

extension FetchRequest {
    /// Returns what is wrong with the URL of a server, in a few words without the URL; `nil` where it can be asked.
    ///
    /// What stands behind the host is not looked at: it is escaped where it has to be.
    public static func fault(ofURL url: String) -> String? {
        guard !url.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            return "has a line break or another control character in it"
        }
        guard RequestURL.isPlain(url) else { return "has a space or a backslash in its host" }
        guard let handle = curl_url() else { return nil }
        defer { curl_url_cleanup(handle) }
        var slashes = 0
        let origin = url.utf8.prefix { byte in
            if byte == UInt8(ascii: "/") { slashes += 1 }
            return slashes < 3 && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
        }
        let code = curl_url_set(handle, CURLUPART_URL, String(Substring(origin)), 0)
        guard code != CURLUE_OK else { return nil }
        let words = String(cString: curl_url_strerror(code))
        return "cannot be asked: \(words.prefix(1).lowercased())\(words.dropFirst())"
    }
}
