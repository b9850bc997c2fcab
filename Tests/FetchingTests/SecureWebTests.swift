import Fetching
import Foundation
import TallyModel
import Testing

/// libcurl's HTTP/2 over TLS against a real server (nghttpd).
@Suite(
    "HTTP/2 and TLS",
    .timeLimit(.minutes(2)),
    .enabled(if: SecureWebServer.isInstalled, "nghttp2-server is not installed")
)
struct SecureWebTests {
    private func fetcher(trusting server: SecureWebServer?, atOnce: Int = 4) throws -> Fetcher {
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = [try #require(NetworkRange("127.0.0.0/8"))]
        configuration.certificateFile = server?.certificate
        configuration.maximumTransfersPerHost = atOnce
        return Fetcher(configuration: configuration)
    }

    @Test("requests to one host share one connection, also those that come before it stands, and later ones")
    func multiplexes() async throws {
        let server = try await SecureWebServer()
        defer { server.stop() }
        let fetcher = try fetcher(trusting: server, atOnce: 20)
        let request = FetchRequest(url: "https://127.0.0.1:\(server.port)/feed")
        for _ in 0..<2 {
            let bodies = try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for _ in 0..<20 { group.addTask { try await fetcher.send(request).body } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(bodies == [[UInt8]](repeating: Array("hello".utf8), count: 20))
        }
        #expect(server.connections == 1)
        await fetcher.close()
    }

    @Test("a certificate that nobody trusts, and one for another name, end the handshake")
    func untrusted() async throws {
        let server = try await SecureWebServer()
        defer { server.stop() }
        for (host, trusted) in [("127.0.0.1", nil), ("localhost", server)] {
            let fetcher = try fetcher(trusting: trusted)
            await #expect {
                try await fetcher.send(FetchRequest(url: "https://\(host):\(server.port)/feed"))
            } throws: {
                ($0 as? FetchError)?.label == "tls_failed"
            }
            await fetcher.close()
        }
    }
}
