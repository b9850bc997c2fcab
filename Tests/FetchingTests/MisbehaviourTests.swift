import Fetching
import Foundation
import TallyModel
import TestSupport
import Testing

/// What servers do that should not, and what becomes of it: one server, one behaviour, one outcome.
@Suite("Misbehaving servers", .timeLimit(.minutes(1)))
struct MisbehaviourTests {
    enum Outcome: Equatable, Sendable {
        /// An answer with a status and a body.
        case answer(Int, String)
        /// An error, by its label.
        case error(String)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let shows: String
        let steps: [RawStep]
        let outcome: Outcome
        var timeoutSeconds: Double = 20
        var maximumBodyBytes = 100_000
        var testDescription: String { shows }
    }

    static let ok = "HTTP/1.1 200 OK\r\n"
    static let gzip = "Content-Encoding: gzip\r\n"

    static let cases =
        connections + heads + framings + encodings + redirects + statuses + lies + compressions
        + [
            Case(
                shows: "a body without an announced end",
                steps: [.send(ok + "\r\n"), .flood([UInt8](repeating: 97, count: 4096), times: 100_000)],
                outcome: .error("body_too_large")
            ),
            Case(
                shows: "a body announced as larger than the limit",
                steps: [
                    .send(ok + "Content-Length: 9999999999\r\n\r\n"),
                    .flood([UInt8](repeating: 97, count: 4096), times: 100_000),
                ],
                outcome: .error("body_too_large")
            ),
            Case(
                shows: "a body that decompresses to nothing for ever",
                steps: [
                    .send(ok + gzip + "\r\n"), .bytes([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]),
                    .flood((0..<800).flatMap { _ in [0, 0, 0, 0xff, 0xff] as [UInt8] }, times: 100_000),
                ],
                outcome: .error("body_too_large")
            ),
            Case(
                shows: "a body of one byte now and then",
                steps: [.send(ok + "Content-Length: 5000\r\n\r\n"), .drip("a", milliseconds: 50)],
                outcome: .error("timed_out"),
                timeoutSeconds: 1
            ),
        ]

    static let connections = [
        Case(
            shows: "the end of the connection for an answer",
            steps: [],
            outcome: .error("connection_failed")
        ),
        Case(shows: "a reset for an answer", steps: [.reset], outcome: .error("connection_failed")),
        Case(
            shows: "a reset in the middle of the body",
            steps: [.send(ok + "Content-Length: 100\r\n\r\nabc"), .reset],
            outcome: .error("connection_failed")
        ),
        Case(shows: "no answer at all", steps: [.hang], outcome: .error("timed_out"), timeoutSeconds: 1),
        Case(
            shows: "the head and no body",
            steps: [.send(ok + "Content-Length: 100\r\n\r\n"), .hang],
            outcome: .error("timed_out"),
            timeoutSeconds: 1
        ),
        Case(
            shows: "what is no HTTP",
            steps: [.send("220 mail.example ESMTP\r\n"), .hang],
            outcome: .error("transfer")
        ),
    ]

    static let heads = [
        Case(
            shows: "a head of one byte now and then",
            steps: [.send("HTTP/1.1 200 OK\r\nX: "), .drip("a", milliseconds: 50)],
            outcome: .error("timed_out"),
            timeoutSeconds: 1
        ),
        Case(
            shows: "fields without an end",
            steps: [
                .send(ok),
                .flood(Array("X-More: \(String(repeating: "a", count: 900))\r\n".utf8), times: 10_000),
            ],
            outcome: .error("headers_too_large")
        ),
        Case(
            shows: "one field without an end",
            steps: [.send(ok + "X: "), .flood([UInt8](repeating: 97, count: 4096), times: 10_000)],
            outcome: .error("headers_too_large")
        ),
        Case(
            shows: "trailers without an end",
            steps: [
                .send(ok + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"),
                .flood(Array("X-More: \(String(repeating: "a", count: 900))\r\n".utf8), times: 10_000),
            ],
            outcome: .error("headers_too_large")
        ),
        Case(
            shows: "preliminary answers without an end",
            steps: [.flood(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), times: 100_000)],
            outcome: .error("headers_too_large")
        ),
        Case(
            shows: "a preliminary answer before the answer",
            steps: [
                .send("HTTP/1.1 103 Early Hints\r\nETag: \"no\"\r\n\r\n" + ok + "Content-Length: 2\r\n\r\nhi")
            ],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "line feeds without carriage returns",
            steps: [.send("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi")],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "a field without a colon",
            steps: [.send(ok + "nonsense\r\nContent-Length: 2\r\n\r\nhi")],
            outcome: .error("transfer")
        ),
        Case(
            shows: "a field that is folded",
            steps: [.send(ok + "X-Long: a\r\n b\r\nContent-Length: 2\r\n\r\nhi")],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "no reason phrase",
            steps: [.send("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi")],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "HTTP/1.0 and a body up to the end of the connection",
            steps: [.send("HTTP/1.0 200 OK\r\n\r\nhi")],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "a status beyond the known ones",
            steps: [.send("HTTP/1.1 799 Odd\r\nContent-Length: 2\r\n\r\nhi")],
            outcome: .answer(799, "hi")
        ),
        Case(
            shows: "a status that is no number",
            steps: [.send("HTTP/1.1 abc OK\r\nContent-Length: 2\r\n\r\nhi")],
            outcome: .error("transfer")
        ),
        Case(
            shows: "a redirect that leads nowhere",
            steps: [.send("HTTP/1.1 302 Found\r\nContent-Length: 2\r\n\r\nhi")],
            outcome: .answer(302, "hi")
        ),
        Case(
            shows: "a redirect to a file",
            steps: [
                .send("HTTP/1.1 302 Found\r\nLocation: file:///etc/hostname\r\nContent-Length: 0\r\n\r\n")
            ],
            outcome: .error("bad_url")
        ),
        Case(
            shows: "a redirect to another protocol",
            steps: [.send("HTTP/1.1 302 Found\r\nLocation: ftp://127.0.0.1/x\r\nContent-Length: 0\r\n\r\n")],
            outcome: .error("bad_url")
        ),
        Case(
            shows: "a redirect to a private address",
            steps: [
                .send(
                    "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/meta\r\nContent-Length: 0\r\n\r\n"
                )
            ],
            outcome: .error("address_refused")
        ),
        Case(
            shows: "a redirect to a private address that is written as one number",
            steps: [.send("HTTP/1.1 302 Found\r\nLocation: http://167772161/\r\nContent-Length: 0\r\n\r\n")],
            outcome: .error("address_refused")
        ),
        Case(
            shows: "a redirect to a private address behind another's name as a user",
            steps: [
                .send(
                    "HTTP/1.1 302 Found\r\nLocation: http://example.org@10.0.0.1/\r\nContent-Length: 0\r\n\r\n"
                )
            ],
            outcome: .error("address_refused")
        ),
        Case(
            shows: "a redirect to itself",
            steps: [.send("HTTP/1.1 301 Moved\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")],
            outcome: .error("too_many_redirects")
        ),
    ]

    static let framings = [
        Case(
            shows: "less than was announced",
            steps: [.send(ok + "Content-Length: 1000\r\n\r\nhello")],
            outcome: .error("connection_failed")
        ),
        Case(
            shows: "two lengths that differ",
            steps: [.send(ok + "Content-Length: 2\r\nContent-Length: 5\r\n\r\nhello")],
            outcome: .error("transfer")
        ),
        Case(
            shows: "a length below nothing",
            steps: [.send(ok + "Content-Length: -5\r\n\r\nhello")],
            outcome: .error("transfer")
        ),
        Case(
            shows: "chunks that end too early",
            steps: [.send(ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")],
            outcome: .error("connection_failed")
        ),
        Case(
            shows: "a chunk whose size is no number",
            steps: [.send(ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n")],
            outcome: .error("connection_failed")
        ),
        Case(
            shows: "a chunk with a long extension",
            steps: [
                .send(ok + "Transfer-Encoding: chunked\r\n\r\n2;"),
                .flood([UInt8](repeating: 97, count: 1024), times: 32),
                .send("\r\nhi\r\n0\r\n\r\n"),
            ],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "a body where there is none",
            steps: [.send("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello")],
            outcome: .answer(304, "")
        ),
    ]

    static let encodings = [
        Case(
            shows: "a compressed body that is broken",
            steps: [
                .send(ok + gzip + "Content-Length: 12\r\n\r\n"),
                .bytes([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]),
            ],
            outcome: .error("transfer")
        ),
        Case(
            shows: "a body that is said to be compressed and is not",
            steps: [.send(ok + gzip + "Content-Length: 5\r\n\r\nhello")],
            outcome: .error("transfer")
        ),
        Case(
            shows: "a compression that nobody knows",
            steps: [.send(ok + "Content-Encoding: x-odd\r\nContent-Length: 5\r\n\r\nhello")],
            outcome: .error("transfer")
        ),
        Case(
            shows: "compressions one in another without an end",
            steps: [
                .send(
                    ok
                        + "Content-Encoding: gzip, gzip, gzip, gzip, gzip, gzip\r\nContent-Length: 5\r\n\r\nhello"
                )
            ],
            outcome: .error("transfer")
        ),
    ]

    @Test("a server's misbehaviour has its outcome", arguments: cases)
    func misbehaves(_ sample: Case) async throws {
        let steps = sample.steps
        let server = try RawServer { _ in steps }
        let fetcher = try FetcherTests.fetcher()
        var request = FetchRequest(url: server.baseURL + "/", maximumBodyBytes: sample.maximumBodyBytes)
        request.timeoutSeconds = sample.timeoutSeconds
        var outcome: Outcome
        do {
            let response = try await fetcher.send(request)
            outcome = .answer(response.status, String(decoding: response.body, as: UTF8.self))
        } catch {
            outcome = .error(error.label)
        }
        #expect(outcome == sample.outcome)
        await fetcher.close()
        server.stop()
    }

    @Test("a connection that the server closes while it rests is not used again, and nobody waits on it")
    func closedWhileResting() async throws {
        let server = try RawServer { _ in
            [.send(Self.ok + "Content-Length: 2\r\n\r\nhi"), .wait(milliseconds: 20)]
        }
        let fetcher = try FetcherTests.fetcher()
        for _ in 0..<5 {
            let response = try await fetcher.send(FetchRequest(url: server.baseURL + "/"))
            #expect(response.body == Array("hi".utf8))
            // The server is gone from the connection by then.
            try await Task.sleep(for: .milliseconds(60))
        }
        #expect(server.heads.count == 5)
        await fetcher.close()
        server.stop()
    }

    @Test("plain text where TLS is expected is a failed handshake")
    func plainForTLS() async throws {
        let server = try RawServer { _ in [.send("HTTP/1.1 400 Bad Request\r\n\r\n")] }
        let fetcher = try FetcherTests.fetcher()
        await #expect {
            try await fetcher.send(FetchRequest(url: "https://127.0.0.1:\(server.port)/"))
        } throws: {
            ($0 as? FetchError)?.label == "tls_failed"
        }
        await fetcher.close()
        server.stop()
    }
}
