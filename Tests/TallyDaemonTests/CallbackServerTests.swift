import Fetching
import Foundation
import Storing
import Synchronization
import TallyModel
import TestSupport
import Testing

@testable import TallyDaemon

/// What strangers may do to the address that hubs reach the daemon by.
@Suite("The callback's address", .timeLimit(.minutes(1)))
struct CallbackServerTests {
    let log = LogRecorder()
    /// What came whole.
    let seen = Seen()

    final class Seen: Sendable {
        private let kept = Mutex<[CallbackRequest]>([])
        var requests: [CallbackRequest] { kept.withLock { $0 } }
        func add(_ request: CallbackRequest) { kept.withLock { $0.append(request) } }
    }

    /// A server that takes what is sent to `/known` and gives queries back.
    func start(requestSeconds: Double = 30) async throws -> (CallbackServer, port: UInt16) {
        let seen = seen
        let answering = CallbackServer.Answering(
            head: { $0.name == "known" ? nil : .gone },
            whole: { request in
                seen.add(request)
                return request.method == "GET"
                    ? CallbackAnswer(status: 200, body: request.query["hub.challenge"] ?? "") : .taken
            }
        )
        let server = CallbackServer(
            host: "127.0.0.1",
            port: 0,
            logger: log.logger,
            answering: answering,
            requestSeconds: requestSeconds
        )
        return (server, try await server.start())
    }

    /// Sends bytes and returns everything that comes back until the server closes.
    func exchange(_ port: UInt16, _ bytes: [UInt8], endsSending: Bool = false) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try Self.exchangeInThread(port, bytes, endsSending) })
            }
        }
    }

    private static func exchangeInThread(
        _ port: UInt16,
        _ bytes: [UInt8],
        _ endsSending: Bool
    ) throws -> String {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(connection) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw POSIXError(.ECONNREFUSED) }
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map {
                    send(connection, $0 + sent, buffer.count - sent, Int32(MSG_NOSIGNAL))
                } ?? 0
            }
            guard count > 0 else { break }
            sent += count
        }
        if endsSending { shutdown(connection, Int32(SHUT_WR)) }
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = recv(connection, &chunk, chunk.count, 0), count > 0 {
            answer += chunk[..<count]
        }
        return String(decoding: answer, as: UTF8.self)
    }

    @Test("a question is answered with its challenge, as plain text")
    func question() async throws {
        let (server, port) = try await start()
        let text = try await exchange(
            port,
            Array("GET /hub/known?hub.challenge=a%20b HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
        )
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/plain"))
        #expect(text.hasSuffix("\r\n\r\na b"))
        await server.stop()
    }

    @Test("a body comes by its length, in chunks, or after a word that it may")
    func bodies() async throws {
        let (server, port) = try await start()
        let heads = [
            "Content-Length: 11\r\n\r\nhello world",
            "Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: 1\r\n\r\n",
        ]
        for head in heads {
            let answer = try await exchange(port, Array("POST /known HTTP/1.1\r\n\(head)".utf8))
            #expect(answer.hasPrefix("HTTP/1.1 202 Accepted"))
        }
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = [try #require(NetworkRange("127.0.0.0/8"))]
        let client = Fetcher(configuration: configuration)
        var request = FetchRequest(url: "http://127.0.0.1:\(port)/known")
        request.headers = [HeaderField("Expect", "100-continue")]
        request.body = Array(repeating: 0x78, count: 2 << 20)
        #expect(try await client.send(request).status == 202)
        await client.close()
        #expect(seen.requests.map(\.body.count) == [11, 11, 2 << 20])
        #expect(seen.requests[1].body == Array("hello world".utf8))
        await server.stop()
    }

    struct Refused: CustomTestStringConvertible, Sendable {
        let shows: String
        let request: String
        let status: Int
        var testDescription: String { shows }
    }

    static let refused = [
        Refused(
            shows: "an address that nobody knows",
            request: "POST /x HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc",
            status: 410
        ),
        Refused(
            shows: "a body that is too large by its own word",
            request: "POST /known HTTP/1.1\r\nContent-Length: 8388609\r\n\r\n",
            status: 413
        ),
        Refused(
            shows: "a chunk that is too large",
            request: "POST /known HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n800001\r\n",
            status: 413
        ),
        Refused(
            shows: "a head that does not end",
            request: "GET /known HTTP/1.1\r\nX: " + String(repeating: "x", count: 17000),
            status: 431
        ),
        Refused(
            shows: "a length and chunks",
            request: "POST /known HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
            status: 400
        ),
        Refused(
            shows: "two lengths",
            request: "POST /known HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n",
            status: 400
        ),
        Refused(
            shows: "a length that is none",
            request: "POST /known HTTP/1.1\r\nContent-Length: +3\r\n\r\n",
            status: 400
        ),
        Refused(
            shows: "chunks that are none",
            request: "POST /known HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            status: 400
        ),
        Refused(
            shows: "another coding",
            request: "POST /known HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            status: 501
        ),
        Refused(
            shows: "a compressed body",
            request: "POST /known HTTP/1.1\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n",
            status: 415
        ),
        Refused(shows: "no HTTP", request: "hello\r\n\r\n", status: 400),
        Refused(shows: "HTTP/2 without a word", request: "GET /known HTTP/2.0\r\n\r\n", status: 505),
        Refused(
            shows: "a space before the colon",
            request: "GET /known HTTP/1.1\r\nHost : x\r\n\r\n",
            status: 400
        ),
        Refused(shows: "a request for a proxy", request: "GET http://x/ HTTP/1.1\r\n\r\n", status: 400),
    ]

    @Test("what is not to be read is refused", arguments: refused)
    func refuses(_ sample: Refused) async throws {
        let (server, port) = try await start()
        let answer = try await exchange(port, Array(sample.request.utf8), endsSending: true)
        #expect(answer.hasPrefix("HTTP/1.1 \(sample.status) "), "\(answer.prefix(60))")
        #expect(seen.requests.isEmpty)
        await server.stop()
    }

    @Test("bytes of chance are read or refused, whatever they are, and in whatever pieces they come")
    func chance() {
        var generator = SplitMix(state: 20_261_121)
        let heads = Self.refused.map { Array($0.request.utf8.prefix(200)) }
        let chunks = Array("5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: 1\r\n\r\n".utf8)
        for round in 0..<20_000 {
            var bytes = round % 2 == 0 ? heads[Int.random(in: 0..<heads.count, using: &generator)] : chunks
            for _ in 0..<Int.random(in: 0...4, using: &generator) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                let odd: [UInt8] = [0, 10, 13, 32, 37, 45, 58, 59, 60, 62, 0x30, 0x66, 0xff]
                bytes[place] = odd.randomElement(using: &generator) ?? 0
                if Bool.random(using: &generator) { bytes.removeSubrange(place...) }
            }
            if let head = try? RequestHead(bytes) { #expect(head.request.target.hasPrefix("/")) }
            var body = ChunkedBody(limit: 64)
            for start in stride(from: 0, to: bytes.count, by: 7) where !body.isComplete {
                guard (try? body.take(Array(bytes[start..<min(start + 7, bytes.count)]))) != nil else {
                    break
                }
            }
            #expect(body.body.count <= 64)
            let text = String(decoding: bytes, as: UTF8.self)
            _ = FormText.values(of: text)
            #expect(!HubSignature.isValid(text, of: bytes, secret: "s"))
        }
    }

    /// Numbers of chance that are the same each time (<https://prng.di.unimi.it/splitmix64.c>).
    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }

    @Test("a request that does not come to its end loses its connection")
    func slow() async throws {
        let (server, port) = try await start(requestSeconds: 0.2)
        #expect(
            try await exchange(port, Array("POST /known HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc".utf8)) == ""
        )
        #expect(try await exchange(port, Array("GET /kno".utf8)) == "")
        #expect(try await exchange(port, []) == "")
        #expect(seen.requests.isEmpty)
        await server.stop()
    }

    @Test("more connections than are served are closed, and those that are served have their answer")
    func crowd() async throws {
        let (server, port) = try await start(requestSeconds: 2)
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<CallbackServer.maximumConnections + 20 {
                group.addTask { try await exchange(port, []) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.filter { !$0.isEmpty } == [])
        let text = try await exchange(port, Array("GET /known?hub.challenge=ok HTTP/1.0\r\n\r\n".utf8))
        #expect(text.hasSuffix("ok"))
        await server.stop()
    }

    @Test("an address that is taken is told, and the daemon goes on without hubs")
    func taken() async throws {
        let (server, port) = try await start()
        let settings = WebSubSettings(host: "127.0.0.1", port: port, publicURL: "http://desk.example")
        let subscriber = Subscriber(
            settings: settings,
            store: try SQLiteStore(.memory),
            client: CannedWeb { _ in .status(404) },
            logger: log.logger,
            clock: { Date() }
        )
        let hubs = Hubs(settings: settings, subscriber: subscriber, logger: log.logger)
        #expect(await hubs.listen() == false)
        #expect(log.lines.contains { $0.hasPrefix("error no hub is asked") })
        await server.stop()
    }

    @Test("nothing listens after the stop")
    func stops() async throws {
        let (server, port) = try await start()
        await server.stop()
        await #expect(throws: POSIXError.self) { try await exchange(port, []) }
    }
}
