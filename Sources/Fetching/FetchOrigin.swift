/// Which URLs share the secrets of a source.
public enum FetchOrigin {
    /// Returns whether what is secret for one URL may be sent to another: scheme, host and port are the same, or the
    /// other is the same host made secure.
    public static func isShared(_ url: String, _ other: String) -> Bool {
        if url == other { return true }
        guard let first = RequestURL(url), let second = RequestURL(other) else { return false }
        return first.sharesCredentials(with: second)
    }
}
