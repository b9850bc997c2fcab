import Foundation
import Synchronization
import TallyModel
import TestSupport
import Testing

/// Drives the real binary against a server of its own: poll, page, claim, baseline, log line, signed webhook.
@Suite(.timeLimit(.minutes(2))) struct EndToEndTests {
    @Test("a contradiction between two outlets arrives once, in the log and at the webhook")
    func contradiction() async throws {
        let site = Site()
        let desk = try await Desk(site)
        defer { desk.removeFiles() }
        site.publish("/1", Pages.first)
        try await desk.runOnce()
        #expect(desk.alerts() == [])
        site.publish("/2", Pages.second)
        try await desk.runOnce()
        let alerts = desk.alerts()
        let alert = try #require(alerts.first { $0.type == .contradicted })
        #expect(alert.data.claim?.low == 14)
        #expect(alert.data.claim?.article.outlet == "Vale Post")
        #expect(alert.data.baseline?.claims.contains { $0.low == 31 } == true)
        #expect(alert.data.reason.contains("14"))
        #expect(Set(site.hooks.map(\.id)) == Set(alerts.map(\.id)))
        #expect(site.hooks.allSatisfy { $0.signature.hasPrefix("v1,") })
        try await desk.runOnce()
        #expect(desk.alerts() == alerts)
        #expect(site.hooks.count == alerts.count)
        await desk.close()
    }

    @Test("the list of sources tells when each was asked, what came of it, and what 304s have saved")
    func listsSources() async throws {
        struct Row: Decodable {
            let name, state, reason: String
            let entries, articles, polls, unchanged, saved_bytes: Int
            let last_poll, last_change, next_poll: String?
        }
        let site = Site()
        let desk = try await Desk(site, more: ["/missing.xml"])
        defer { desk.removeFiles() }
        site.publish("/1", Pages.first)
        for _ in 0..<2 { try await desk.runOnce() }
        let result = try desk.run(["sources", "--json", "--config", desk.config])
        let rows = try JSONDecoder().decode([Row].self, from: Data(result.output.utf8))
        #expect(rows.map(\.name) == ["wire", "bad"])
        #expect(rows.map(\.state) == ["ok", "failing"])
        #expect(rows.map(\.reason) == ["the source's interval", "failed 2 times in a row"])
        #expect(rows[0].entries == 1 && rows[0].articles == 1 && rows[0].polls == 2)
        #expect(rows[0].last_poll != nil && rows[0].last_change != nil && rows[0].next_poll != nil)
        let text = try desk.run(["sources", "--config", desk.config]).output
        #expect(text.contains("ok  wire") && text.contains("1 entries, 1 articles"))
        await desk.close()
    }

    @Test("an edited figure is told as corrected")
    func corrected() async throws {
        let site = Site()
        let desk = try await Desk(site)
        defer { desk.removeFiles() }
        site.publish("/1", Pages.first)
        try await desk.runOnce()
        site.publish("/1", Pages.edited, published: "Thu, 02 Apr 2026 11:00:00 GMT")
        try await desk.runOnce()
        let alert = try #require(desk.alerts().first)
        #expect(alert.type == .corrected)
        #expect(alert.data.claim?.low == 26)
        #expect(alert.data.baseline?.claims.contains { $0.low == 31 } == true)
        await desk.close()
    }

    @Test("a webhook that is down loses nothing and repeats nothing")
    func deadWebhook() async throws {
        let site = Site()
        let desk = try await Desk(site)
        defer { desk.removeFiles() }
        site.publish("/1", Pages.first)
        try await desk.runOnce()
        site.publish("/2", Pages.second)
        site.setHookStatus(503)
        try await desk.runOnce()
        let logged = desk.alerts()
        #expect(!logged.isEmpty)
        site.setHookStatus(200)
        try await desk.makeDeliveriesDue()
        try await desk.runOnce()
        #expect(desk.alerts() == logged)
        #expect(Set(site.accepted.map(\.id)) == Set(logged.map(\.id)))
        #expect(site.accepted.count == logged.count)
        await desk.close()
    }

    @Test(
        "one bad source names itself in one line and harms nothing else",
        arguments: [
            "/not-a-feed", "/missing", "/loop", "/huge",
        ]
    )
    func badSource(_ path: String) async throws {
        let site = Site()
        let desk = try await Desk(site, more: [path])
        defer { desk.removeFiles() }
        site.publish("/1", Pages.first)
        let errors = try await desk.runOnce()
        let lines = errors.split(separator: "\n").filter { $0.contains("warning") || $0.contains("error") }
        #expect(lines.count == 1)
        #expect(lines.first?.contains("source=bad") == true)
        site.publish("/2", Pages.second)
        try await desk.runOnce()
        #expect(desk.alerts().contains { $0.type == .contradicted })
        await desk.close()
    }

    @Test("the daemon runs on its timers, answers a person's word, and stops in order on SIGTERM")
    func daemon() async throws {
        let site = Site()
        let desk = try await Desk(site)
        defer { desk.removeFiles() }
        site.publish("/1", Pages.first)
        let process = try desk.start(["run", "--config", desk.config])
        try await desk.until { site.polls > 0 && desk.figures().count > 0 }
        site.publish("/2", Pages.second)
        try await desk.until { desk.alerts().contains { $0.type == .contradicted } }
        let alert = try #require(desk.alerts().first)
        let figure = try #require(alert.data.figure)
        let pinned = try desk.run([
            "pin", figure.id, "--best", "17", "--note", "by hand", "--config", desk.config,
        ])
        #expect(pinned.status == 0)
        #expect(desk.figures().first { $0.id == figure.id }?.isPinned == true)
        let unknown = try desk.run(["mute", "figure_none", "--config", desk.config])
        #expect(unknown.status == 1)
        #expect(unknown.errors == "tallywatch: there is no figure figure_none\n")
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        await desk.close()
    }

    struct Usage: CustomTestStringConvertible, Sendable {
        let arguments: [String]
        let status: Int32
        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let usages = [
        Usage(arguments: ["--help"], status: 0),
        Usage(arguments: ["run", "--help"], status: 0),
        Usage(arguments: ["extract", "/nonexistent.html"], status: 1),
        Usage(arguments: ["extract", "http://127.0.0.1:1/"], status: 1),
        Usage(arguments: ["bogus"], status: 2),
        Usage(arguments: ["pin", "figure"], status: 2),
        Usage(arguments: ["check", "--config", "/nonexistent.yaml"], status: 2),
        Usage(arguments: ["run", "--config", "/nonexistent.yaml"], status: 2),
    ]

    @Test("mistakes of usage and configuration end with 2, what fails with 1", arguments: usages)
    func exitStatus(_ usage: Usage) async throws {
        let desk = try await Desk(Site())
        defer { desk.removeFiles() }
        let result = try desk.run(usage.arguments)
        #expect(result.status == usage.status)
        #expect(usage.status == 0 ? !result.output.isEmpty : !result.errors.isEmpty)
        await desk.close()
    }
}

private enum Pages {
    static let first = page(
        outlet: "Corrie Wire",
        published: "2026-04-02T07:00:00Z",
        title: "Bus overturns on the Corrie pass",
        text:
            "Thirty-one passengers were injured when a bus overturned on the Corrie pass near Ardvale on Thursday, police said."
    )
    static let edited = page(
        outlet: "Corrie Wire",
        published: "2026-04-02T07:00:00Z",
        title: "Bus overturns on the Corrie pass",
        text:
            "Twenty-six passengers were injured when a bus overturned on the Corrie pass near Ardvale on Thursday, police said."
    )
    static let second = page(
        outlet: "Vale Post",
        published: "2026-04-02T07:30:00Z",
        title: "Corrie pass bus accident fills Ardvale hospital",
        text:
            "The Ardvale hospital said 14 passengers were injured when the bus overturned on the Corrie pass on Thursday."
    )

    private static func page(outlet: String, published: String, title: String, text: String) -> String {
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>\(title) | \(outlet)</title>
        <meta property="og:site_name" content="\(outlet)"><meta property="og:title" content="\(title)">
        <meta property="article:published_time" content="\(published)"></head>
        <body><nav><a href="/">Home</a></nav><main><article><h1>\(title)</h1><p>\(text)</p>
        <p>The road over the pass was closed for the rest of the day.</p></article></main></body></html>
        """
    }
}
