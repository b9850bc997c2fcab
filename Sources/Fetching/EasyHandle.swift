import CCurl

/// One libcurl easy handle, used for one transfer after the other.
///
/// Used on the thread of the fetcher's event loop, and only there.
final class EasyHandle {
    let easy: UnsafeMutableRawPointer
    /// Where libcurl says why a transfer failed, in more words than its code has (CURLOPT_ERRORBUFFER).
    let words: UnsafeMutableBufferPointer<CChar>
    /// The number of the configuration whose options are set; `nil` where none are.
    private(set) var configured: Int?

    /// The secure hosts whose sessions it holds, the one that was used last at the end.
    private(set) var secureHosts: [String] = []

    /// The hosts whose TLS sessions libcurl keeps with a handle.
    static let keptSessions = 5

    init() {
        guard let easy = curl_easy_init() else { preconditionFailure("libcurl has no memory for a handle") }
        self.easy = easy
        words = .allocate(capacity: Int(CURL_ERROR_SIZE))
        words.initialize(repeating: 0)
    }

    /// What libcurl has said of the last transfer, as one line; `nil` for nothing.
    var lastWords: String? {
        let bytes = words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        guard !bytes.isEmpty else { return nil }
        // Some of it may be a server's.
        return String(decoding: bytes.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
    }

    /// Sets what every transfer of a configuration has in common, unless the last one has left it so.
    func configure(_ number: Int, _ setOptions: () -> Void) {
        guard configured != number else { return }
        reset()
        setOptions()
        configured = number
    }

    /// Forgets every option: a body, say, which the next transfer must not send.
    func reset() {
        curl_easy_reset(easy)
        configured = nil
    }

    /// Notes that the next transfer asks a secure host; returns the host whose session that costs.
    func note(_ host: String) -> String? {
        secureHosts.removeAll { $0 == host }
        secureHosts.append(host)
        return secureHosts.count > Self.keptSessions ? secureHosts.removeFirst() : nil
    }

    /// Frees the handle.
    func cleanUp() {
        curl_easy_cleanup(easy)
        words.deallocate()
    }
}
