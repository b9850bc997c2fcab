import Foundation

/// The head of a request to the callback, read strictly (RFC 9112): it may come from anybody.
struct RequestHead: Sendable {
    let request: CallbackRequest
    /// How the body is sent.
    let body: Body

    enum Body: Equatable, Sendable {
        case bytes(Int)
        case chunks
    }

    /// Why a request is not answered otherwise.
    struct Refusal: Error, Equatable {
        let status: Int
    }

    /// The largest head, in bytes.
    static let maximumBytes = 16 << 10

    /// Returns where a head ends, behind its empty line; `nil` where it has not ended yet.
    ///
    /// - Throws: ``Refusal`` where it is too large.
    static func end(in bytes: [UInt8]) throws(Refusal) -> Int? {
        if bytes.count >= 4 {
            for place in 0...(bytes.count - 4)
            where bytes[place] == 13 && bytes[place + 1] == 10 && bytes[place + 2] == 13
                && bytes[place + 3] == 10
            {
                guard place <= maximumBytes else { throw Refusal(status: 431) }
                return place + 4
            }
        }
        guard bytes.count <= maximumBytes else { throw Refusal(status: 431) }
        return nil
    }

    /// Reads a head, with its empty line.
    ///
    /// - Throws: ``Refusal`` where it can be understood in more ways than one, or asks for what is not done.
    init(_ bytes: some Collection<UInt8>) throws(Refusal) {
        let text = String(decoding: bytes, as: UTF8.self)
        var lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)[...]
        let parts = (lines.popFirst() ?? "").split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, parts[1].hasPrefix("/") else { throw Refusal(status: 400) }
        guard parts[2] == "HTTP/1.1" || parts[2] == "HTTP/1.0" else { throw Refusal(status: 505) }
        var request = CallbackRequest(method: String(parts[0]), target: String(parts[1]))
        for line in lines where !line.isEmpty {
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else {
                throw Refusal(status: 400)
            }
            let name = line[..<colon].lowercased()
            guard !name.utf8.contains(where: { $0 <= 0x20 }) else { throw Refusal(status: 400) }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            request.fields[name] = request.fields[name].map { "\($0), \(value)" } ?? value
        }
        guard ["", "identity"].contains(request.fields["content-encoding"]?.lowercased() ?? "") else {
            throw Refusal(status: 415)
        }
        body = try Self.body(request.fields)
        self.request = request
    }

    private static func body(_ fields: [String: String]) throws(Refusal) -> Body {
        guard let coding = fields["transfer-encoding"] else {
            guard let length = fields["content-length"] else { return .bytes(0) }
            guard !length.isEmpty, length.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let count = Int(length)
            else { throw Refusal(status: 400) }
            return .bytes(count)
        }
        // RFC 9112 §6.1: both together is how one request is smuggled within another.
        guard fields["content-length"] == nil else { throw Refusal(status: 400) }
        guard coding.lowercased() == "chunked" else { throw Refusal(status: 501) }
        return .chunks
    }
}
