import Synchronization

/// What hubs have sent and no cycle has read yet.
final class PushBox: Sendable {
    /// What a hub has sent of a feed: all of it, or only what is new.
    struct Push: Sendable {
        let body: [UInt8]
        let contentType: String?
    }

    private struct Contents {
        var bySource: [String: [Push]] = [:]
        var byteCount = 0
    }

    private let contents = Mutex(Contents())

    /// What waits of one source.
    static let maximumPushes = 16
    /// What waits of all sources, in bytes.
    static let maximumBytes = 64 << 20

    /// Puts something in; returns whether there is room.
    func put(_ push: Push, of source: String) -> Bool {
        contents.withLock { contents in
            guard contents.bySource[source, default: []].count < Self.maximumPushes,
                contents.byteCount + push.body.count <= Self.maximumBytes
            else { return false }
            contents.bySource[source, default: []].append(push)
            contents.byteCount += push.body.count
            return true
        }
    }

    /// The oldest of a source; it stays until it is removed.
    func first(of source: String) -> Push? {
        contents.withLock { $0.bySource[source]?.first }
    }

    /// Removes the oldest of a source.
    func removeFirst(of source: String) {
        contents.withLock { contents in
            guard var pushes = contents.bySource[source], !pushes.isEmpty else { return }
            contents.byteCount -= pushes.removeFirst().body.count
            contents.bySource[source] = pushes.isEmpty ? nil : pushes
        }
    }

    /// Forgets what waits of a source.
    func removeAll(of source: String) {
        while first(of: source) != nil { removeFirst(of: source) }
    }
}
