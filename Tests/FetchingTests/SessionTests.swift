import Fetching
import Foundation
import TallyModel
import Testing

@Suite(
    "TLS sessions",
    .timeLimit(.minutes(1)),
    .enabled(if: SessionServer.isInstalled, "openssl is not installed")
)
struct SessionTests {
    private let server: SessionServer
    private let fetcher: Fetcher

    init() async throws {
        server = try await SessionServer()
        var configuration = FetchConfiguration()
        configuration.allowedNetworks = [try #require(NetworkRange("127.0.0.0/8"))]
        configuration.certificateFile = server.certificate
        fetcher = Fetcher(configuration: configuration)
    }

    /// Which of the requests found their session, in the order of the hosts.
    private func resumed(_ hosts: [String]) async throws -> [Bool] {
        var resumed: [Bool] = []
        for host in hosts {
            let answer = try await fetcher.send(FetchRequest(url: "https://\(host):\(server.port)/"))
            #expect(answer.status == 200)
            resumed.append(SessionServer.isResumed(answer.body))
        }
        return resumed
    }

    private func end() async {
        await fetcher.close()
        server.stop()
    }

    @Test("a host that closes its connections finds its session again, among more hosts than a handle holds")
    func kept() async throws {
        let hosts = SessionServer.addresses
        #expect(try await resumed(hosts) == hosts.map { _ in false })
        #expect(try await resumed(hosts) == hosts.map { _ in true })
        #expect(try await resumed(hosts.reversed()) == hosts.map { _ in true })
        await end()
    }

    @Test("a session is found again after transfers at once have shuffled the handles")
    func shared() async throws {
        let hosts = SessionServer.addresses
        let port = server.port
        try await withThrowingTaskGroup(of: Void.self) { group in
            for host in hosts {
                group.addTask { [fetcher] in
                    _ = try await fetcher.send(FetchRequest(url: "https://\(host):\(port)/"))
                }
            }
            try await group.waitForAll()
        }
        #expect(try await resumed(hosts.shuffled()) == hosts.map { _ in true })
        await end()
    }
}
