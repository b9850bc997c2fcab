import Fetching
import Foundation
import TallyModel
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct FetcherTests {
    static func fetcher(allowing networks: [String] = ["127.0.0.0/8"]) throws -> Fetcher {
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = try networks.map { try #require(NetworkRange($0)) }
        return Fetcher(configuration: configuration)
    }

    @Test("validators go out byte for byte, and a 304 comes back with its own")
    func conditional() async throws {
        let server = try await LoopbackServer.start { request in
            let isKnown = request.headers["if-none-match"] == #"W/"a;b, c""#
            return TestResponse(status: isKnown ? 304 : 200, headers: ["ETag": #""new""#])
        }
        let fetcher = try Self.fetcher()
        let date = "Tue, 01 Jul 2025 10:00:00 +0000"
        let validators = Validators(entityTag: #"W/"a;b, c""#, lastModified: date)
        let response = try await fetcher.send(
            FetchRequest(url: server.baseURL + "/feed", validators: validators)
        )
        #expect(response.status == 304)
        #expect(response.body.isEmpty)
        #expect(response.validators.entityTag == #""new""#)
        #expect(server.requests.first?.headers["if-modified-since"] == date)
        await fetcher.close()
        await server.stop()
    }

    @Test("a hundred transfers at once all arrive, each with its own body")
    func manyAtOnce() async throws {
        let server = try await LoopbackServer.start { TestResponse(text: $0.path, type: "text/plain") }
        let fetcher = try Self.fetcher()
        let bodies = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
            for number in 0..<100 {
                group.addTask {
                    (number, try await fetcher.send(FetchRequest(url: "\(server.baseURL)/\(number)")).body)
                }
            }
            return try await group.reduce(into: [Int: [UInt8]]()) { $0[$1.0] = $1.1 }
        }
        for number in 0..<100 {
            #expect(bodies[number] == Array("/\(number)".utf8))
        }
        await fetcher.close()
        await server.stop()
    }

    @Test("what waits for its turn arrives too")
    func bounded() async throws {
        let server = try await LoopbackServer.start { TestResponse(text: $0.path, type: "text/plain") }
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = [try #require(NetworkRange("127.0.0.0/8"))]
        configuration.maximumTransfers = 2
        let fetcher = Fetcher(configuration: configuration)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try await fetcher.send(FetchRequest(url: "\(server.baseURL)/\(number)")).status
                }
            }
            for try await status in group {
                #expect(status == 200)
            }
        }
        await fetcher.close()
        await server.stop()
    }

    @Test("what waits behind a slow answer of its host does not lose its time, and other hosts go on")
    func slowHost() async throws {
        let gate = AsyncStream<Void>.makeStream()
        let slow = try await LoopbackServer.start { request in
            if request.path == "/slow" {
                var opened = gate.stream.makeAsyncIterator()
                await opened.next()
            }
            return TestResponse(text: "slow", type: "text/plain")
        }
        let quick = try await LoopbackServer.start { _ in TestResponse(text: "quick", type: "text/plain") }
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = [try #require(NetworkRange("127.0.0.0/8"))]
        configuration.maximumTransfersPerHost = 1
        let fetcher = Fetcher(configuration: configuration)
        let first = Task { try await fetcher.send(FetchRequest(url: slow.baseURL + "/slow")).status }
        while slow.requests.isEmpty { await Task.yield() }
        let second = Task { try await fetcher.send(FetchRequest(url: slow.baseURL + "/next")).status }
        #expect(try await fetcher.send(FetchRequest(url: quick.baseURL + "/")).status == 200)
        gate.continuation.yield()
        #expect(try await first.value == 200)
        #expect(try await second.value == 200)
        await fetcher.close()
        await slow.stop()
        await quick.stop()
    }

    @Test("a URL with a space or a letter beyond ASCII is sent encoded")
    func encodes() async throws {
        let server = try await LoopbackServer.start { TestResponse(text: $0.path, type: "text/plain") }
        let fetcher = try Self.fetcher()
        let response = try await fetcher.send(FetchRequest(url: server.baseURL + "/a b/é?q=1%20"))
        #expect(response.url == server.baseURL + "/a%20b/%C3%A9?q=1%20")
        await fetcher.close()
        await server.stop()
    }

    @Test("a redirect is followed, and only the last answer's fields count")
    func redirect() async throws {
        let server = try await LoopbackServer.start { request in
            guard request.path == "/old" else { return TestResponse(text: "new", type: "text/plain") }
            return TestResponse(status: 301, headers: ["Location": "/new", "ETag": "\"old\""])
        }
        let fetcher = try Self.fetcher()
        let response = try await fetcher.send(FetchRequest(url: server.baseURL + "/old"))
        #expect(response.url == server.baseURL + "/new")
        #expect(response.validators.entityTag == nil)
        #expect(response.body == Array("new".utf8))
        await fetcher.close()
        await server.stop()
    }

    @Test("a redirect loop ends")
    func redirectLoop() async throws {
        let server = try await LoopbackServer.start { _ in
            TestResponse(status: 302, headers: ["Location": "/again"])
        }
        let fetcher = try Self.fetcher()
        await #expect(throws: FetchError.tooManyRedirects(limit: 5)) {
            try await fetcher.send(FetchRequest(url: server.baseURL + "/"))
        }
        #expect(server.requests.count == 6)
        await fetcher.close()
        await server.stop()
    }

    @Test("a status of failure is an answer")
    func notFound() async throws {
        let server = try await LoopbackServer.start { _ in TestResponse(status: 404) }
        let fetcher = try Self.fetcher()
        #expect(try await fetcher.send(FetchRequest(url: server.baseURL + "/")).status == 404)
        await fetcher.close()
        await server.stop()
    }

    @Test("a body counts after it is decompressed: a small bomb is refused")
    func bomb() async throws {
        let server = try await LoopbackServer.start { _ in
            TestResponse(headers: ["Content-Encoding": "gzip"], body: Gzip.mebibyteOfZeros)
        }
        let fetcher = try Self.fetcher()
        let request = FetchRequest(url: server.baseURL + "/", maximumBodyBytes: 100_000)
        #expect(Gzip.mebibyteOfZeros.count < 10_000)
        await #expect(throws: FetchError.bodyTooLarge(limit: 100_000)) { try await fetcher.send(request) }
        let whole = try await fetcher.send(FetchRequest(url: server.baseURL + "/"))
        #expect(whole.body.count == 1 << 20)
        await fetcher.close()
        await server.stop()
    }

    @Test("a POST sends its body and fields")
    func post() async throws {
        let server = try await LoopbackServer.start { _ in TestResponse(status: 204) }
        let fetcher = try Self.fetcher()
        var request = FetchRequest(url: server.baseURL + "/hook")
        request.body = Array(#"{"a":"é"}"#.utf8)
        request.headers = [HeaderField("webhook-id", "alert_1"), HeaderField("x-bad", "a\r\nInjected: yes")]
        #expect(try await fetcher.send(request).status == 204)
        let got = try #require(server.requests.first)
        #expect(got.method == "POST")
        #expect(got.body == Data(#"{"a":"é"}"#.utf8))
        #expect(got.headers["webhook-id"] == "alert_1")
        #expect(got.headers["injected"] == nil)
        await fetcher.close()
        await server.stop()
    }

    @Test(
        "loopback is refused unless it is allowed, however it is written",
        arguments: [
            "http://127.0.0.1:9/", "http://localhost:9/", "http://[::1]:9/", "http://0x7f.1:9/",
            "http://2130706433:9/",
            "http://[::ffff:127.0.0.1]:9/",
        ]
    )
    func refusesLoopback(_ url: String) async throws {
        let fetcher = try Self.fetcher(allowing: [])
        await #expect {
            try await fetcher.send(FetchRequest(url: url))
        } throws: { error in
            guard case .addressRefused = error as? FetchError else { return false }
            return true
        }
        await fetcher.close()
    }

    @Test(
        "only http and https are fetched",
        arguments: ["file:///etc/hostname", "ftp://127.0.0.1/", "gopher://127.0.0.1/"]
    )
    func refusesSchemes(_ url: String) async throws {
        let fetcher = try Self.fetcher()
        await #expect(throws: FetchError.badURL("only http and https are fetched")) {
            try await fetcher.send(FetchRequest(url: url))
        }
        await fetcher.close()
    }

    @Test("a port where nobody listens is a failed connection")
    func refused() async throws {
        let server = try await LoopbackServer.start { _ in TestResponse() }
        await server.stop()
        let fetcher = try Self.fetcher()
        await #expect {
            try await fetcher.send(FetchRequest(url: server.baseURL + "/"))
        } throws: { error in
            guard case .connectionFailed = error as? FetchError else { return false }
            return true
        }
        await fetcher.close()
    }

    @Test("a closed fetcher answers at once")
    func closed() async throws {
        let fetcher = try Self.fetcher()
        await fetcher.close()
        await #expect(throws: FetchError.closed) {
            try await fetcher.send(FetchRequest(url: "http://127.0.0.1:9/"))
        }
    }

    @Test("a request that is cancelled or caught by the end of the fetcher ends with it")
    func cancelled() async throws {
        let gate = AsyncStream<Void>.makeStream()
        let server = try await LoopbackServer.start { _ in
            gate.continuation.yield()
            try? await Task.sleep(for: .seconds(50))
            return TestResponse()
        }
        let fetcher = try Self.fetcher()
        let first = Task { try await fetcher.send(FetchRequest(url: server.baseURL + "/1")) }
        let second = Task { try await fetcher.send(FetchRequest(url: server.baseURL + "/2")) }
        var arrivals = gate.stream.makeAsyncIterator()
        await arrivals.next()
        await arrivals.next()
        first.cancel()
        await #expect(throws: FetchError.closed) { try await first.value }
        await fetcher.close()
        await #expect(throws: FetchError.closed) { try await second.value }
        await server.stop()
    }
}

/// A gzip stream made for these tests: one mebibyte of zeros in a few kilobytes.
private enum Gzip {
    static let mebibyteOfZeros: Data = {
        // Deflate, fixed Huffman codes (RFC 1951 §3.2.6): a literal 0, then matches of length 258 at distance 1.
        var bits = BitWriter()
        bits.write(1, count: 1)
        bits.write(1, count: 2)
        bits.writeCode(0b0011_0000, count: 8)
        let matches = ((1 << 20) - 1) / 258
        for _ in 0..<matches {
            bits.writeCode(0b1100_0101, count: 8)
            bits.writeCode(0, count: 5)
        }
        for _ in 0..<((1 << 20) - 1) % 258 {
            bits.writeCode(0b0011_0000, count: 8)
        }
        bits.writeCode(0, count: 7)
        var stream: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
        stream += bits.bytes
        stream += littleEndian(0xa738_ea1c)
        stream += littleEndian(1 << 20)
        return Data(stream)
    }()

    private static func littleEndian(_ word: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }

    private struct BitWriter {
        var bytes: [UInt8] = []
        private var filled = 8

        mutating func write(_ value: Int, count: Int) {
            for place in 0..<count {
                if filled == 8 {
                    bytes.append(0)
                    filled = 0
                }
                bytes[bytes.count - 1] |= UInt8((value >> place) & 1) << UInt8(filled)
                filled += 1
            }
        }

        /// Huffman codes go in from their most significant bit.
        mutating func writeCode(_ code: Int, count: Int) {
            for place in (0..<count).reversed() {
                write((code >> place) & 1, count: 1)
            }
        }
    }
}
