import Foundation
import TallyModel
import TestSupport
import Testing

/// The real binary and a server that answers conditional requests.
@Suite("Sources on the command line", .timeLimit(.minutes(1)))
struct SourceProgramTests {
    private static let feed = """
        <rss version="2.0"><channel><title>Wire</title>
        <item><guid>1</guid><title>Flood</title><description>Twelve people were killed by a flood.</description></item>
        <item><guid>2</guid><title>Fire</title><description>A fire burned.</description></item>
        </channel></rss>
        """

    private static func server() async throws -> LoopbackServer {
        try await LoopbackServer.start { request in
            guard request.path.hasPrefix("/feed") else { return TestResponse(status: 404) }
            let tag = "\"of \(request.path)\""
            guard request.headers["if-none-match"] != tag else {
                return TestResponse(status: 304, headers: ["ETag": tag])
            }
            return TestResponse(text: feed, type: "application/rss+xml", headers: ["ETag": tag])
        }
    }

    private struct Report: Decodable {
        let feeds, status_200, status_304, failed, entries: Int
        let seconds, processor_seconds, peak_megabytes, feeds_per_second: Double
    }

    @Test("bench poll asks each URL once, stores what came, and asks conditionally the next time")
    func bench() async throws {
        let (server, folder) = (try await Self.server(), try ProgramFolder())
        defer { folder.remove() }
        let paths = (0..<20).map { "/feed\($0)" } + ["/missing", "/feed0"]
        let lines = ["# sources", ""] + paths.map { server.baseURL + $0 }
        let urls = try folder.write(lines.joined(separator: "\n"), to: "urls")
        for round in 0..<3 {
            let result = try await folder.run([
                "bench", "poll", "--urls", urls, "--state", "\(folder.path)/state",
            ])
            #expect(result.status == 0, "\(result.errors)")
            let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
            #expect(report.feeds == 21 && report.failed == 1)
            #expect(report.status_200 == (round == 0 ? 20 : 0) && report.status_304 == 20 - report.status_200)
            #expect(report.entries == (round == 0 ? 40 : 0))
            let measures = [
                report.seconds, report.processor_seconds, report.peak_megabytes, report.feeds_per_second,
            ]
            #expect(measures.allSatisfy { $0 > 0 })
        }
        #expect(server.requests.count == 3 * 21)
        await server.stop()
    }

    private struct Row: Decodable {
        let name, state, reason: String
        let last_poll, last_success, last_change, next_poll: Date?
        let entries, articles, polls, unchanged, saved_bytes, failures: Int
        let last_error: String?
    }

    @Test("sources tells when each was asked and why it is asked again, what came, and what 304s have saved")
    func sources() async throws {
        let (server, folder) = (try await Self.server(), try ProgramFolder())
        defer { folder.remove() }
        let config = try folder.write(
            """
            store: sqlite://\(folder.path)/tallywatch.db
            network: {allow: ["127.0.0.0/8"]}
            sources:
              - {name: wire, url: "\(server.baseURL.replacing("//", with: "//desk:s3cret@"))/feed"}
              - {name: lost, url: "\(server.baseURL)/missing"}
            service: {listen: none}
            alerts: {log: {path: "\(folder.path)/alerts.jsonl"}}
            """,
            to: "tallywatch.yaml"
        )
        let begin = Date(timeIntervalSinceNow: -1)
        var changed: Date?
        for round in 0..<3 {
            let run = try await folder.run(["run", "--once", "--config", config])
            #expect(run.status == 0 && !run.errors.contains("s3cret"), "\(run.errors)")
            let result = try await folder.run(["sources", "--json", "--config", config])
            #expect(!result.output.contains("s3cret"))
            let rows = try TallyJSON.decoder().decode([Row].self, from: Data(result.output.utf8))
            let (wire, lost) = (try #require(rows.first), try #require(rows.last))
            changed = changed ?? wire.last_change
            #expect([wire.state, wire.reason] == ["ok", "the source's interval"])
            #expect(wire.last_change == changed && (changed ?? .distantPast) > begin)
            #expect(try #require(wire.last_poll) > begin && wire.last_success == wire.last_poll)
            #expect(try #require(wire.next_poll) > Date())
            #expect(wire.entries == 2 && wire.articles == 2)
            #expect(wire.polls == round + 1 && wire.unchanged == round)
            #expect(wire.saved_bytes == round * Self.feed.utf8.count)
            #expect([lost.state, lost.last_error] == ["failing", "http_404"])
            #expect(lost.failures == round + 1 && lost.last_change == nil && lost.reason.hasPrefix("failed "))
        }
        let text = try await folder.run(["sources", "--config", config]).output
        let saved = 2 * Self.feed.utf8.count
        #expect(text.contains("2 entries, 2 articles; 2 of 3 polls unchanged, \(saved) bytes saved"))
        await server.stop()
    }

    @Test("a webhook to a private address is refused like a page there, and its alert waits")
    func webhook() async throws {
        let (server, folder) = (try await Self.server(), try ProgramFolder())
        defer { folder.remove() }
        let documents = "\(folder.path)/documents"
        try FileManager.default.createDirectory(atPath: documents, withIntermediateDirectories: true)
        try folder.write(Pages.first, to: "documents/1.html")
        try folder.write(Pages.second, to: "documents/2.html")
        let config = try folder.write(
            """
            store: sqlite://\(folder.path)/tallywatch.db
            sources:
              - {name: reports, url: "file://\(documents)"}
            service: {listen: none}
            alerts:
              first_poll: alert
              webhooks:
                - {name: desk, url: "\(server.baseURL)/hook", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}
            """,
            to: "tallywatch.yaml"
        )
        let result = try await folder.run(["run", "--once", "--config", config])
        #expect(result.errors.contains("sink failing"), "\(result.errors)")
        #expect(result.errors.contains("127.0.0.1"))
        #expect(server.requests.isEmpty)
        let waiting = try await folder.run(["deliveries", "--config", config]).output
        #expect(waiting.contains("desk") && waiting.contains("pending"), "\(waiting)")
        await server.stop()
    }
}
