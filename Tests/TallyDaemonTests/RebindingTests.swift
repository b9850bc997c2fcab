import Foundation
import Testing

/// The real binary and the system's resolver, with a name server that says something else each time.
@Suite(
    "Names that are bound anew",
    .timeLimit(.minutes(2)),
    .enabled(if: NetworkSpace.isAllowed, "no network of its own: unshare -rnm, python3 or ip")
)
struct RebindingTests {
    private func poll(
        _ answers: [[String]],
        allow: [String] = []
    ) async throws -> (errors: String, requests: [String]) {
        let space = try NetworkSpace(answers: answers, allow: allow, page: "http://rebind.test:8081/page")
        defer { space.remove() }
        let errors = try await space.run(Desk.binary)
        return (errors, try space.requests())
    }

    private let open = NetworkSpace.publicAddress

    @Test("a name that is public for the feed and private for its page is refused at the page")
    func later() async throws {
        let (errors, requests) = try await poll([[open], ["127.0.0.1"]])
        #expect(requests.contains("\(open) /feed.xml"), "\(errors)")
        #expect(requests.allSatisfy { $0.hasPrefix(open) }, "\(requests)")
        #expect(errors.contains("127.0.0.1"), "\(errors)")
    }

    @Test("what is refused is there: where the network is allowed, the same name leads to it")
    func allowed() async throws {
        let (errors, requests) = try await poll([[open], ["127.0.0.1"]], allow: ["127.0.0.0/8"])
        #expect(requests.contains("127.0.0.1 /page"), "\(requests) \(errors)")
    }

    @Test("a name with a deaf public address and a private one leads nowhere, unless that is allowed")
    func both() async throws {
        let addresses = [NetworkSpace.deafAddress, "127.0.0.1"]
        let (errors, requests) = try await poll([addresses])
        #expect(requests.isEmpty)
        #expect(errors.contains("poll failed"), "\(errors)")
        let allowed = try await poll([addresses], allow: ["127.0.0.0/8"])
        #expect(allowed.requests.contains("127.0.0.1 /feed.xml"))
    }

    @Test("a name is asked for once, though each request to its host has a connection of its own")
    func kept() async throws {
        let space = try NetworkSpace(answers: [[open]], allow: [], page: "http://rebind.test:8080/page")
        defer { space.remove() }
        let errors = try await space.run(Desk.binary)
        let paths = try space.requests().map { $0.dropFirst(open.count + 1) }
        #expect(paths == ["/feed.xml", "/robots.txt", "/page"], "\(errors)")
        #expect(try space.questions().count == 1)
    }

    @Test("a source whose name has become private is not asked")
    func moved() async throws {
        let (errors, requests) = try await poll([["127.0.0.1"]])
        #expect(requests.isEmpty)
        #expect(errors.contains("127.0.0.1"), "\(errors)")
    }
}
