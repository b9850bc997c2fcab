import FlyingSocks
import Foundation

/// One request and its answer.
struct CallbackExchange: Sendable {
    let connection: AsyncSocket
    let answering: CallbackServer.Answering

    /// What is read at a time, in bytes.
    private static let readBytes = 4096
    /// What is read of a body that nobody wants, so that the answer is not lost with the connection, in bytes.
    private static let unwantedBytes = 256 << 10

    /// Reads a request and answers it; a connection that breaks ends without a word.
    func run() async {
        do {
            try await exchange()
        } catch {
            // The hub has gone, or its time is over: it sends again what was not answered.
        }
    }

    private func exchange() async throws {
        let answer: CallbackAnswer
        do {
            answer = try await self.answer()
        } catch let refusal as RequestHead.Refusal {
            answer = CallbackAnswer(status: refusal.status)
        }
        try await send(answer)
    }

    private func answer() async throws -> CallbackAnswer {
        var bytes: [UInt8] = []
        var end = try RequestHead.end(in: bytes)
        while end == nil {
            bytes += try await connection.read(atMost: Self.readBytes)
            end = try RequestHead.end(in: bytes)
        }
        let head = try RequestHead(bytes.prefix(end ?? 0))
        let rest = Array(bytes.dropFirst(end ?? 0))
        if let answer = await answering.head(head.request) { return answer }
        if head.request.fields["expect"]?.lowercased() == "100-continue", rest.isEmpty {
            try await connection.write(Data("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        }
        var request = head.request
        request.body = try await body(head.body, rest)
        return await answering.whole(request)
    }

    private func body(_ kind: RequestHead.Body, _ rest: [UInt8]) async throws -> [UInt8] {
        switch kind {
        case .bytes(let count):
            guard count <= CallbackServer.maximumBodyBytes else { throw RequestHead.Refusal(status: 413) }
            var body = rest
            while body.count < count {
                body += try await connection.read(atMost: min(count - body.count, Self.readBytes))
            }
            return Array(body.prefix(count))
        case .chunks:
            var body = ChunkedBody(limit: CallbackServer.maximumBodyBytes)
            try body.take(rest)
            while !body.isComplete { try body.take(await connection.read(atMost: Self.readBytes)) }
            return body.body
        }
    }

    private func send(_ answer: CallbackAnswer) async throws {
        let fields = """
            HTTP/1.1 \(answer.status) \(Self.phrases[answer.status] ?? "Refused")\r
            Content-Type: text/plain; charset=utf-8\r
            X-Content-Type-Options: nosniff\r
            Content-Length: \(answer.body.utf8.count)\r
            Connection: close\r
            \r

            """
        try await connection.write(Data((fields + answer.body).utf8))
        guard answer.status >= 400 else { return }
        // Closed with bytes unread, the connection would be reset and the answer with it.
        shutdown(connection.socket.file.rawValue, Int32(SHUT_WR))
        var unread = Self.unwantedBytes
        while unread > 0 { unread -= try await connection.read(atMost: Self.readBytes).count }
    }

    private static let phrases = [
        200: "OK", 202: "Accepted", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed",
        410: "Gone",
        413: "Content Too Large", 415: "Unsupported Media Type", 431: "Request Header Fields Too Large",
        501: "Not Implemented", 503: "Service Unavailable", 505: "HTTP Version Not Supported",
    ]
}
