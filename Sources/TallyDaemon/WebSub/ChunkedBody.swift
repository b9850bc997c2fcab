/// A body that comes in chunks (RFC 9112 §7.1), put together as it comes.
struct ChunkedBody {
    private(set) var body: [UInt8] = []
    private(set) var isComplete = false
    private var pending: [UInt8] = []
    private let limit: Int

    /// The longest line of a chunk's size, and all trailers, in bytes.
    private static let maximumLineBytes = 1024

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes further bytes.
    ///
    /// - Throws: `RequestHead.Refusal` where they are no chunks, or more than the limit.
    mutating func take(_ bytes: [UInt8]) throws(RequestHead.Refusal) {
        pending += bytes
        while !isComplete, let line = Self.line(of: pending) {
            guard let size = Self.size(of: pending[..<line]) else { throw RequestHead.Refusal(status: 400) }
            guard size <= limit - body.count else { throw RequestHead.Refusal(status: 413) }
            let start = line + 2
            if size == 0 {
                // Trailers, up to an empty line.
                guard try hasEnded(Array(pending[start...])) else { return }
                isComplete = true
                return
            }
            guard pending.count >= start + size + 2 else { return }
            guard pending[start + size] == 13, pending[start + size + 1] == 10 else {
                throw RequestHead.Refusal(status: 400)
            }
            body += pending[start..<start + size]
            pending.removeFirst(start + size + 2)
        }
        guard isComplete || Self.line(of: pending) != nil || pending.count <= Self.maximumLineBytes else {
            throw RequestHead.Refusal(status: 400)
        }
    }

    private func hasEnded(_ trailers: [UInt8]) throws(RequestHead.Refusal) -> Bool {
        if trailers.starts(with: [13, 10]) { return true }
        guard trailers.count <= Self.maximumLineBytes else { throw RequestHead.Refusal(status: 431) }
        return try RequestHead.end(in: trailers) != nil
    }

    private static func line(of bytes: [UInt8]) -> Int? {
        guard let end = bytes.prefix(maximumLineBytes).firstIndex(of: 13), end + 1 < bytes.count,
            bytes[end + 1] == 10
        else { return nil }
        return end
    }

    private static func size(of line: some Collection<UInt8>) -> Int? {
        let text = String(decoding: line.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
        let digits = text.filter { $0 != " " }
        guard !digits.isEmpty, digits.utf8.count <= 8, digits.utf8.first != UInt8(ascii: "+"),
            digits.utf8.first != UInt8(ascii: "-")
        else { return nil }
        return Int(digits, radix: 16)
    }
}
