import Crypto
import Fetching
import Foundation
import TallyModel
import TestSupport
import Testing

@testable import TallyDaemon

/// The real binary between a feed, its hub, and a webhook.
@Suite("WebSub", .timeLimit(.minutes(2)))
struct WebSubTests {
    @Test("what a hub tells raises an alert without a poll; a restart keeps the subscription")
    func pushes() async throws {
        let site = Site()
        site.openHub()
        let port = try freePort()
        let keys =
            "websub: {listen: \"127.0.0.1:\(port)\", public: \"http://127.0.0.1:\(port)/desk/\", every: 1h}"
        let desk = try await Desk(site, alerts: keys)
        defer { desk.removeFiles() }
        site.publish("/1", Pages.first)
        var process = try desk.start(["run", "--config", desk.config], errors: desk.errorPath)
        try await desk.until { !site.hubForms.isEmpty }
        let form = FormText.values(of: try #require(site.hubForms.first))
        let callback = try #require(form["hub.callback"])
        #expect(callback.hasPrefix("http://127.0.0.1:\(port)/desk/"))
        let topic = FormText.encoded(try #require(form["hub.topic"]))
        let client = client()
        let question = "?hub.mode=subscribe&hub.topic=\(topic)&hub.challenge=c1&hub.lease_seconds=86400"
        let answer = try await client.send(FetchRequest(url: callback + question))
        #expect(answer.status == 200 && answer.body == Array("c1".utf8))
        try await desk.until { isTold(desk) }
        let polls = site.polls

        site.publish("/2", Pages.second)
        #expect(try await client.send(push(form, site.feed, secret: "wrong")).status == 202)
        #expect(try await client.send(push(form, site.feed)).status == 202)
        try await desk.until { desk.alerts().contains { $0.type == .contradicted } }
        #expect(site.polls == polls)
        #expect(desk.errors().contains("push without a good signature"))

        process.terminate()
        try await desk.until { !process.isRunning }
        #expect(process.terminationStatus == 0)
        process = try desk.start(["run", "--config", desk.config])
        try await desk.until { site.polls > polls && isTold(desk) }
        let count = desk.alerts().count
        #expect(try await client.send(push(form, site.feed)).status == 202)
        #expect(site.hubForms.count == 1)
        #expect(desk.alerts().count == count)
        process.terminate()
        try await desk.until { !process.isRunning }
        await client.close()
        await desk.close()
    }

    @Test("a hub on a private address that is not allowed is not asked")
    func guarded() async throws {
        let fetcher = Fetcher(configuration: FetchConfiguration())
        let subscription = Subscription(
            callback: "https://desk.example/x",
            source: "wire",
            hub: "http://169.254.169.254/hub",
            topic: "http://wire.example/feed.xml",
            secret: "s"
        )
        let refusal = await HubClient(client: fetcher).send("subscribe", subscription, leaseSeconds: 86400)
        #expect(refusal?.reason.contains("169.254.169.254") == true)
        await fetcher.close()
    }

    private func isTold(_ desk: Desk) -> Bool {
        let rows = try? desk.run(["sources", "--json", "--config", desk.config]).output
        return rows?.contains("its hub tells what is new") == true
    }

    private func client() -> Fetcher {
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = [NetworkRange("127.0.0.0/8")].compactMap { $0 }
        return Fetcher(configuration: configuration)
    }

    private func push(_ form: [String: String], _ feed: String, secret: String? = nil) -> FetchRequest {
        var request = FetchRequest(url: form["hub.callback"] ?? "")
        request.body = Array(feed.utf8)
        let key = SymmetricKey(data: Data((secret ?? form["hub.secret"] ?? "").utf8))
        let code = HMAC<SHA256>.authenticationCode(for: request.body ?? [], using: key)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        request.headers = [
            HeaderField("Content-Type", "application/rss+xml"),
            HeaderField("X-Hub-Signature", "sha256=\(code)"),
        ]
        return request
    }

    /// A port that nobody listens on, and that the system gives nobody: below those that it chooses from
    /// (ip_local_port_range), for the daemon takes it only some time later.
    private func freePort() throws -> Int {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        for _ in 0..<100 {
            let port = UInt16.random(in: 20_000..<32_000)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            let status = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            if status == 0 { return Int(port) }
        }
        throw POSIXError(.EADDRINUSE)
    }
}
