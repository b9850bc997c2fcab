import TestSupport

/// Answers that are odd without being wrong, and answers that are wrong in what they say of themselves.
extension MisbehaviourTests {
    private static func redirect(_ location: String, status: String = "302 Found") -> [RawStep] {
        [.send("HTTP/1.1 \(status)\r\n\(location)Content-Length: 0\r\n\r\n")]
    }

    static let redirects = [
        Case(
            shows: "a redirect to loopback as IPv6",
            steps: redirect("Location: http://[::1]:9/\r\n"),
            outcome: .error("address_refused")
        ),
        Case(
            shows: "a redirect to a private address mapped into IPv6",
            steps: redirect("Location: http://[::ffff:10.0.0.1]/\r\n"),
            outcome: .error("address_refused")
        ),
        Case(
            shows: "a redirect to a private address within NAT64",
            steps: redirect("Location: http://[64:ff9b::a00:1]/\r\n"),
            outcome: .error("address_refused")
        ),
        Case(
            shows: "a redirect to a private address in octal digits",
            steps: redirect("Location: http://012.0.0.1/\r\n"),
            outcome: .error("address_refused")
        ),
        Case(
            shows: "a redirect to a private address in hexadecimal digits",
            steps: redirect("Location: http://0xA9FEA9FE/\r\n"),
            outcome: .error("address_refused")
        ),
        Case(
            shows: "a redirect to the address of no address",
            steps: redirect("Location: http://0.0.0.1/\r\n"),
            outcome: .error("address_refused")
        ),
        Case(
            shows: "a redirect to an address that many share",
            steps: redirect("Location: http://100.64.0.1/\r\n", status: "307 Temporary Redirect"),
            outcome: .error("address_refused")
        ),
        Case(
            shows: "a redirect to everybody",
            steps: redirect("Location: http://224.0.0.1/\r\n", status: "308 Permanent Redirect"),
            outcome: .error("address_refused")
        ),
        Case(
            shows: "a redirect to data",
            steps: redirect("Location: data:text/xml,<rss/>\r\n", status: "303 See Other"),
            outcome: .error("bad_url")
        ),
        Case(
            shows: "a redirect to a script",
            steps: redirect("Location: javascript:alert(1)\r\n"),
            outcome: .error("bad_url")
        ),
        Case(
            shows: "a redirect to gopher",
            steps: redirect("Location: gopher://127.0.0.1:25/_HELO\r\n"),
            outcome: .error("bad_url")
        ),
        Case(
            shows: "a redirect with a backslash before the path",
            steps: redirect("Location: http://127.0.0.1\\@example.org/\r\n"),
            outcome: .error("bad_url")
        ),
        Case(
            shows: "a redirect to an empty place",
            steps: redirect("Location: \r\n"),
            outcome: .answer(302, "")
        ),
        Case(
            shows: "a redirect that is said by another field",
            steps: [.send(ok + "Refresh: 0; url=http://169.254.169.254/\r\nContent-Length: 2\r\n\r\nhi")],
            outcome: .answer(200, "hi")
        ),
    ]

    static let statuses = [
        Case(
            shows: "nothing new, though nobody asked for that",
            steps: [.send("HTTP/1.1 304 Not Modified\r\n\r\n")],
            outcome: .answer(304, "")
        ),
        Case(
            shows: "nothing, with a length",
            steps: [.send("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello")],
            outcome: .answer(204, "")
        ),
        Case(
            shows: "a part that nobody asked for",
            steps: [
                .send(
                    "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-1/9\r\nContent-Length: 2\r\n\r\nhi"
                )
            ],
            outcome: .answer(206, "hi")
        ),
        Case(
            shows: "a wish for a password",
            steps: [
                .send(
                    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n"
                )
            ],
            outcome: .answer(401, "")
        ),
        Case(
            shows: "a wish for a proxy's password",
            steps: [
                .send(
                    "HTTP/1.1 407 Proxy\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"
                )
            ],
            outcome: .answer(407, "")
        ),
        Case(
            shows: "a change to another protocol that nobody asked for",
            steps: [.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"), .hang],
            outcome: .error("timed_out"),
            timeoutSeconds: 1
        ),
        Case(
            shows: "an offer of HTTP/2 in plain text",
            steps: [.send(ok + "Upgrade: h2c\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\nhi")],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "HTTP/2 that nobody asked for",
            steps: [.bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]), .hang],
            outcome: .error("transfer")
        ),
        Case(
            shows: "a version of its own",
            steps: [.send("HTTP/7.3 200 OK\r\nContent-Length: 2\r\n\r\nhi")],
            outcome: .error("transfer")
        ),
    ]

    static let lies = [
        Case(
            shows: "a length beyond all numbers",
            steps: [.send(ok + "Content-Length: 99999999999999999999999\r\n\r\nhello")],
            outcome: .answer(200, "hello")
        ),
        Case(
            shows: "the same length twice",
            steps: [.send(ok + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi")],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "more than was announced",
            steps: [
                .send(ok + "Content-Length: 2\r\n\r\nhiHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
            ],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "a length and chunks",
            steps: [
                .send(ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n")
            ],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "a chunk that says more than it has",
            steps: [.send(ok + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhi")],
            outcome: .error("connection_failed")
        ),
        Case(
            shows: "a zero within a field",
            steps: [.bytes(Array("\(ok)X: a".utf8) + [0] + Array("b\r\nContent-Length: 2\r\n\r\nhi".utf8))],
            outcome: .error("transfer")
        ),
        Case(
            shows: "a thousand fields",
            steps: [
                .send(
                    ok + (0..<1000).map { "X-\($0): 1\r\n" }.joined() + "Content-Length: 2\r\n\r\nhi"
                )
            ],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "cookies without number",
            steps: [
                .send(
                    ok + String(repeating: "Set-Cookie: a=b; Domain=.com\r\n", count: 200)
                        + "Content-Length: 2\r\n\r\nhi"
                )
            ],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "a connection that is to be kept, and is closed",
            steps: [
                .send(ok + "Connection: keep-alive\r\nKeep-Alive: timeout=600\r\nContent-Length: 2\r\n\r\nhi")
            ],
            outcome: .answer(200, "hi")
        ),
    ]

    static let compressions = [
        Case(
            shows: "gzip",
            steps: [
                .send(ok + gzip + "\r\n"),
                .bytes([
                    0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb, 0xc8, 4, 0, 0xac, 0x2a, 0x93, 0xd8, 2, 0, 0, 0,
                ]),
            ],
            outcome: .answer(200, "hi")
        ),
        Case(
            // libcurl does not look for the end of it; that a feed ends in the middle is seen by who reads it.
            shows: "gzip that ends too early",
            steps: [.send(ok + gzip + "\r\n"), .bytes([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb])],
            outcome: .answer(200, "")
        ),
        Case(
            shows: "deflate as it should be, with zlib's head",
            steps: [
                .send(ok + "Content-Encoding: deflate\r\n\r\n"),
                .bytes([0x78, 0x9c, 0xcb, 0xc8, 4, 0, 1, 0x3b, 0, 0xd2]),
            ],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "deflate as it often is, without zlib's head",
            steps: [.send(ok + "Content-Encoding: deflate\r\n\r\n"), .bytes([0xcb, 0xc8, 4, 0])],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "brotli",
            steps: [.send(ok + "Content-Encoding: br\r\n\r\n"), .bytes([0x10, 0, 0x10, 0x68, 0x69, 3])],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "zstd",
            steps: [
                .send(ok + "Content-Encoding: zstd\r\n\r\n"),
                .bytes([0x28, 0xb5, 0x2f, 0xfd, 0x20, 2, 0x11, 0, 0, 0x68, 0x69]),
            ],
            outcome: .answer(200, "hi")
        ),
        Case(
            shows: "a letter of zstd that stands for a million",
            steps: [
                .send(ok + "Content-Encoding: zstd\r\n\r\n"),
                .bytes([0x28, 0xb5, 0x2f, 0xfd, 0, 0x58]),
            ] + [.bytes((0..<64).flatMap { [$0 == 63 ? 3 : 2, 0, 0x10, 0x61] as [UInt8] })],
            outcome: .error("body_too_large")
        ),
    ]
}
