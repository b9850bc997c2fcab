/// The easy handles that wait for their next transfer, and which of them can resume a TLS session with which host.
///
/// libcurl 7.88 keeps the sessions of five hosts with each easy handle, and those of eight where handles share them
/// (`CURL_LOCK_DATA_SSL_SESSION`). A host is therefore given the handle that holds its session, and a handle that can
/// take one more before one that would forget another's.
struct IdleHandles {
    /// The longest idle first.
    private var handles: [EasyHandle] = []
    /// The handle that was last used for each secure host, idle or not.
    private var holders: [String: EasyHandle] = [:]
    /// All handles, also those that are not idle.
    private var count = 0

    /// Takes a handle for a transfer.
    ///
    /// - Parameters:
    ///   - host: The secure host, by which sessions are told apart; `nil` for one without TLS.
    ///   - limit: The handles beyond which none is made for the sake of a session.
    /// - Returns: An idle handle or a new one.
    mutating func take(forSecureHost host: String?, limit: Int) -> EasyHandle {
        guard let host else { return handles.popLast() ?? make() }
        let place =
            holders[host].flatMap { holder in handles.firstIndex { $0 === holder } }
            ?? handles.firstIndex { $0.secureHosts.count < EasyHandle.keptSessions }
        let handle: EasyHandle
        if let place {
            handle = handles.remove(at: place)
        } else {
            handle = handles.isEmpty || count < limit ? make() : handles.removeFirst()
        }
        if let forgotten = handle.note(host), holders[forgotten] === handle { holders[forgotten] = nil }
        holders[host] = handle
        return handle
    }

    /// Puts a handle back, or frees it where there are more than the limit.
    mutating func put(_ handle: EasyHandle, limit: Int) {
        guard count > limit else {
            handles.append(handle)
            return
        }
        count -= 1
        for host in handle.secureHosts where holders[host] === handle { holders[host] = nil }
        handle.cleanUp()
    }

    /// Frees the handles that are idle.
    mutating func cleanUp() {
        for handle in handles { handle.cleanUp() }
        handles = []
        holders = [:]
    }

    private mutating func make() -> EasyHandle {
        count += 1
        return EasyHandle()
    }
}
