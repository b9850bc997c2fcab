@testable import Fetching
import Foundation
import TallyModel
import TestSupport
import Testing

/// What goes out with a request, to whom, and how often.
@Suite("Requests", .timeLimit(.minutes(1)))
struct ManneredFetchTests {
    static let secrets = [HeaderField("Authorization", "Bearer s3cret"), HeaderField("X-Api-Key", "k3y")]

    @Test(
        "secrets go to their own origin, and no redirect takes them to another",
        arguments: [301, 302, 303, 307, 308]
    )
    func secretsStay(_ status: Int) async throws {
        let other = try await LoopbackServer.start { _ in TestResponse(text: "other", type: "text/plain") }
        let target = other.baseURL
        let own = try await LoopbackServer.start { request in
            switch request.path {
            case "/away": TestResponse(status: status, headers: ["Location": target + "/"])
            case "/within": TestResponse(status: status, headers: ["Location": "/end"])
            default: TestResponse(text: "own", type: "text/plain")
            }
        }
        let fetcher = try FetcherTests.fetcher()
        for path in ["/within", "/away"] {
            var request = FetchRequest(url: own.baseURL + path)
            request.privateHeaders = Self.secrets
            let response = try await fetcher.send(request)
            #expect(response.redirects.map(\.status) == [status])
            #expect((response.permanentURL != nil) == (status == 301 || status == 308))
        }
        #expect(own.requests.allSatisfy { $0.headers["authorization"] == "Bearer s3cret" })
        #expect(own.requests.allSatisfy { $0.headers["x-api-key"] == "k3y" })
        #expect(own.requests.map(\.path) == ["/within", "/end", "/away"])
        #expect(other.requests.map { $0.headers["authorization"] ?? $0.headers["x-api-key"] } == [nil])
        await fetcher.close()
        await own.stop()
        await other.stop()
    }

    @Test(
        "no redirect leads from https to http, and one to a secure place keeps the secrets of the same host"
    )
    func downgrade() throws {
        var request = FetchRequest(url: "https://own.example/feed")
        request.privateHeaders = Self.secrets
        #expect(throws: FetchError.badURL("a redirect leads from https to http")) {
            try FetchRequest.following(to: "http://own.example/feed", from: request.url, of: request)
        }
        request.url = "http://own.example/feed"
        let kept = ["https://own.example/feed", "http://own.example:80/x"]
        let lost = [
            "https://own.example:8443/feed", "https://other.example/feed", "http://own.example:8080/feed",
        ]
        for target in kept + lost {
            let next = try FetchRequest.following(to: target, from: request.url, of: request)
            #expect(next.privateHeaders.isEmpty == lost.contains(target), "\(target)")
        }
    }

    @Test("the name and password of a URL stay with its host")
    func userInfoStays() async throws {
        let other = try await LoopbackServer.start { _ in TestResponse(text: "other", type: "text/plain") }
        let target = other.baseURL
        let own = try await LoopbackServer.start { _ in
            TestResponse(status: 302, headers: ["Location": target])
        }
        let fetcher = try FetcherTests.fetcher()
        let url = own.baseURL.replacing("http://", with: "http://user:pass@")
        _ = try await fetcher.send(FetchRequest(url: url + "/"))
        #expect(own.requests.first?.headers["authorization"] == "Basic dXNlcjpwYXNz")
        #expect(other.requests.map { $0.headers["authorization"] } == [nil])
        await fetcher.close()
        await own.stop()
        await other.stop()
    }

    @Test("a chain of permanent redirects is permanent, one temporary hop makes it none")
    func chains() async throws {
        let server = try await LoopbackServer.start { request in
            switch request.path {
            case "/a": TestResponse(status: 301, headers: ["Location": "/b"])
            case "/b": TestResponse(status: 308, headers: ["Location": "/c"])
            case "/x": TestResponse(status: 302, headers: ["Location": "/b"])
            default: TestResponse(text: "end", type: "text/plain")
            }
        }
        let fetcher = try FetcherTests.fetcher()
        let permanent = try await fetcher.send(FetchRequest(url: server.baseURL + "/a"))
        #expect(permanent.permanentURL == server.baseURL + "/c")
        #expect(try await fetcher.send(FetchRequest(url: server.baseURL + "/x")).permanentURL == nil)
        #expect(try await fetcher.send(FetchRequest(url: server.baseURL + "/c")).permanentURL == nil)
        await fetcher.close()
        await server.stop()
    }

    @Test("neither a cookie nor a referrer goes out, the agent is honest, and every compression is known")
    func plainHeaders() async throws {
        let server = try await LoopbackServer.start { request in
            let headers = ["Set-Cookie": "id=1", "Location": "/next"]
            return TestResponse(status: request.path == "/" ? 302 : 200, headers: headers)
        }
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = [try #require(NetworkRange("127.0.0.0/8"))]
        configuration.userAgent = FetchConfiguration.userAgent(contact: "mailto:desk@example.org")
        let fetcher = Fetcher(configuration: configuration)
        for _ in 0..<2 { _ = try await fetcher.send(FetchRequest(url: server.baseURL + "/")) }
        #expect(server.requests.count == 4)
        for request in server.requests {
            #expect(request.headers["cookie"] == nil)
            #expect(request.headers["referer"] == nil)
            #expect(request.headers["user-agent"] == "Tallywatch/0.1 (+mailto:desk@example.org)")
            let encodings = request.headers["accept-encoding"] ?? ""
            #expect(["gzip", "br", "zstd"].allSatisfy(encodings.contains))
        }
        await fetcher.close()
        await server.stop()
    }

    @Test("a request leaves nothing of itself to the next one, which uses the same handle")
    func forgets() async throws {
        let server = try await LoopbackServer.start { _ in TestResponse(text: "hi", type: "text/plain") }
        let fetcher = try FetcherTests.fetcher()
        let plain = server.baseURL + "/plain"
        var post = FetchRequest(url: plain)
        post.body = Array("secret".utf8)
        post.headers = [HeaderField("Content-Type", "text/secret")]
        let validators = Validators(entityTag: "\"1\"", lastModified: "then")
        var bearer = FetchRequest(url: plain, validators: validators)
        bearer.privateHeaders = [HeaderField("Authorization", "Bearer secret")]
        let named = FetchRequest(url: plain.replacing("//", with: "//user:secret@"))
        let tooLarge = FetchRequest(url: plain, maximumBodyBytes: 1)
        for before in [post, bearer, named, tooLarge] {
            // The body that is too large is an error, and leaves as little.
            _ = try? await fetcher.send(before)
            let answer = try await fetcher.send(FetchRequest(url: plain))
            #expect(answer.body == Array("hi".utf8))
            let request = try #require(server.requests.last)
            #expect(request.method == "GET" && request.body.isEmpty)
            let fields = ["authorization", "content-type", "if-none-match", "if-modified-since"]
            #expect(fields.allSatisfy { request.headers[$0] == nil }, "\(request.headers)")
        }
        #expect(server.requests.count == 8)
        await fetcher.close()
        await server.stop()
    }

    @Test("a network that is no longer allowed is refused on a connection that still stands")
    func refusedLater() async throws {
        let server = try await LoopbackServer.start { _ in TestResponse(text: "hi", type: "text/plain") }
        let fetcher = try FetcherTests.fetcher()
        _ = try await fetcher.send(FetchRequest(url: server.baseURL + "/"))
        await fetcher.update(configuration: FetchConfiguration())
        await #expect(throws: FetchError.addressRefused("127.0.0.1")) {
            try await fetcher.send(FetchRequest(url: server.baseURL + "/"))
        }
        #expect(server.requests.count == 1)
        await fetcher.close()
        await server.stop()
    }

    @Test("of a name's addresses only the allowed ones are connected to")
    func oneOfTwoAddresses() async throws {
        let server = try await LoopbackServer.start { _ in TestResponse(text: "hi", type: "text/plain") }
        let port = server.baseURL.split(separator: ":").last ?? ""
        // localhost is 127.0.0.1 and ::1; nobody listens at the one that is allowed.
        let fetcher = try FetcherTests.fetcher(allowing: ["::1/128"])
        await #expect(throws: FetchError.self) {
            try await fetcher.send(FetchRequest(url: "http://localhost:\(port)/"))
        }
        #expect(server.requests.isEmpty)
        await fetcher.close()
        await server.stop()
    }

    struct Forbidden: CustomTestStringConvertible, Sendable {
        let shows: String
        let url: String
        var testDescription: String { shows }
    }

    @Test(
        "an address of a network that is not public is refused",
        arguments: [
            Forbidden(shows: "this network", url: "http://0.0.0.0/"),
            Forbidden(shows: "private, class A", url: "http://10.1.2.3/"),
            Forbidden(shows: "private, class B", url: "http://172.31.0.1/"),
            Forbidden(shows: "private, class C", url: "http://192.168.1.1/"),
            Forbidden(shows: "a carrier's NAT", url: "http://100.64.0.1/"),
            Forbidden(shows: "the metadata service", url: "http://169.254.169.254/latest/"),
            Forbidden(shows: "multicast", url: "http://224.0.0.1/"),
            Forbidden(shows: "broadcast", url: "http://255.255.255.255/"),
            Forbidden(shows: "a benchmark's network", url: "http://198.18.0.1/"),
            Forbidden(shows: "AMT", url: "http://192.52.193.1/"),
            Forbidden(shows: "loopback in octal", url: "http://0177.0.0.1/"),
            Forbidden(shows: "loopback with percent signs", url: "http://%31%32%37.0.0.1/"),
            Forbidden(shows: "loopback in full-width digits", url: "http://１２７.０.０.１/"),
            Forbidden(shows: "loopback with ideographic stops", url: "http://127。0。0。1/"),
            Forbidden(shows: "a name below localhost", url: "http://a.localhost/"),
            Forbidden(shows: "behind a user's name", url: "http://example.org@127.0.0.1/"),
            Forbidden(shows: "before a fragment", url: "http://127.0.0.1#@example.org/"),
            Forbidden(shows: "IPv6 loopback", url: "http://[::1]/"),
            Forbidden(shows: "IPv6 unspecified", url: "http://[::]/"),
            Forbidden(shows: "IPv4 in IPv6", url: "http://[::ffff:10.0.0.1]/"),
            Forbidden(shows: "IPv4 in NAT64", url: "http://[64:ff9b::7f00:1]/"),
            Forbidden(shows: "IPv4 in 6to4", url: "http://[2002:7f00:1::]/"),
            Forbidden(shows: "Teredo", url: "http://[2001:0:1::1]/"),
            Forbidden(shows: "a unique local address", url: "http://[fd00::1]/"),
            Forbidden(shows: "link-local", url: "http://[fe80::1]/"),
            Forbidden(shows: "IPv6 multicast", url: "http://[ff02::1]/"),
            Forbidden(shows: "documentation", url: "http://[2001:db8::1]/"),
        ]
    )
    func forbidden(_ sample: Forbidden) async throws {
        let fetcher = try FetcherTests.fetcher(allowing: [])
        await #expect {
            try await fetcher.send(FetchRequest(url: sample.url))
        } throws: {
            ($0 as? FetchError)?.label == "address_refused"
        }
        await fetcher.close()
    }

    @Test(
        "a URL that readers understand in different ways is refused",
        arguments: [
            #"http://127.0.0.1\@example.org/"#, #"http:\\127.0.0.1/"#, "http://exa mple.org/",
            "http://1.1.1.1%00.example.org/",
            "http:///", "//example.org/", "example.org",
        ]
    )
    func ambiguous(_ url: String) async throws {
        let fetcher = try FetcherTests.fetcher(allowing: [])
        await #expect {
            try await fetcher.send(FetchRequest(url: url))
        } throws: {
            ["bad_url", "name_not_resolved"].contains(($0 as? FetchError)?.label)
        }
        await fetcher.close()
    }

    @Test("a host of one's own is not slowed, and another's connections and rate are limited")
    func limits() {
        var configuration = FetchConfiguration()
        configuration.maximumTransfersPerHost = 2
        configuration.requestsPerSecondPerHost = 2
        configuration.burstPerHost = 3
        var gate = HostGateProbe(configuration)
        #expect(gate.turns(3, host: "http://a.example", now: 0) == ["now", "now", "another"])
        gate.end("http://a.example", count: 2)
        #expect(gate.turns(2, host: "http://a.example", now: 0) == ["now", "0.5 s"])
        #expect(gate.turns(1, host: "http://b.example", now: 0) == ["now"])
        gate.end("http://a.example", count: 1)
        #expect(gate.turns(2, host: "http://a.example", now: 1) == ["now", "now"])
        for _ in 0..<50 {
            #expect(gate.turns(1, host: "http://127.0.0.1", now: 1, isOwn: true) == ["now"])
            gate.end("http://127.0.0.1", count: 1)
        }
    }
}

private struct HostGateProbe {
    private var gate: HostGate

    init(_ configuration: FetchConfiguration) {
        gate = HostGate(configuration)
    }

    mutating func turns(_ count: Int, host: String, now: Double, isOwn: Bool = false) -> [String] {
        (0..<count).map { _ in
            switch gate.turn(of: host, isOwn: isOwn, now: now) {
            case .now: "now"
            case .afterAnother: "another"
            case .afterSeconds(let seconds): "\(seconds) s"
            }
        }
    }

    mutating func end(_ host: String, count: Int) {
        for _ in 0..<count { gate.end(host, now: 0) }
    }
}
