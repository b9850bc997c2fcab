import Foundation
import Storing
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

    @Test("a sum of adults and children is that sum after a restart too")
    func sumAfterRestart() async throws {
        let site = Site()
        let desk = try await Desk(site)
        defer { desk.removeFiles() }
        site.publish("/1", Pages.sumOfKinds)
        try await desk.runOnce()
        site.publish("/2", Pages.wholeSum)
        try await desk.runOnce()
        #expect(desk.alerts() == [])
        let figures = try SQLiteStore(readingPath: desk.storePath).storedFigures
        let killed = try await figures(nil, 10).first { $0.key.quantity.low == 8 }
        #expect(killed?.claims.map(\.sourced.claim.quantity.low) == [8, 8])
        #expect(killed?.claims.map(\.relation) == [.new, .agree])
        await desk.close()
    }

    @Test("a figure's history tells how the baseline moved and why, with and without alerts")
    func history() async throws {
        struct Shown: Decodable {
            struct Row: Decodable { let id: String }
            struct Move: Decodable {
                let cause, reason, at: String
                let claim: String?
                let before, after: BaselineMove.Bounds?
            }
            let history: [Row]
            let moves: [Move]
        }
        let site = Site()
        let desk = try await Desk(site)
        defer { desk.removeFiles() }
        site.publish("/1", Pages.first)
        try await desk.runOnce()
        site.publish("/2", Pages.second)
        try await desk.runOnce()
        let alert = try #require(desk.alerts().first { $0.type == .contradicted })
        let id = try #require(alert.data.figure).id
        for words in [["--best", "17", "--note", "by hand"], ["--release"]] {
            #expect(try await desk.runAside(["pin", id, "--config", desk.config] + words).status == 0)
        }
        let json = try desk.run(["figures", "show", id, "--json", "--config", desk.config]).output
        let shown = try TallyJSON.decoder().decode(Shown.self, from: Data(json.utf8))
        #expect(shown.moves.map(\.cause) == ["new", "contradict", "pinned", "released"])
        #expect(shown.moves.map(\.claim) == [shown.history[0].id, shown.history[1].id, nil, nil])
        #expect(shown.moves[1].reason == alert.data.reason)
        #expect(shown.moves.map(\.before?.low) == [nil, 31, 14, 17])
        #expect(shown.moves.map(\.after?.high) == [31, 31, 17, 17])
        #expect(shown.moves[2].reason.hasSuffix("pinned at 17 by a person (by hand)."))
        #expect(shown.moves.allSatisfy { $0.at.hasSuffix("Z") })
        let text = try desk.run(["figures", "show", id, "--config", desk.config]).output
        #expect(text.contains("low 14  best 14  high 31  contradict\n    \(alert.data.reason)"))
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
        let process = try desk.start(["run", "--config", desk.config], errors: desk.errorPath)
        try await desk.until { site.polls > 0 && desk.figures().count > 0 }
        site.publish("/2", Pages.second)
        try await desk.until { desk.alerts().contains { $0.type == .contradicted } }
        let alert = try #require(desk.alerts().first)
        let figure = try #require(alert.data.figure)
        let pinned = try await desk.runAside([
            "pin", figure.id, "--best", "17", "--note", "by hand", "--config", desk.config,
        ])
        #expect(pinned.status == 0)
        #expect(desk.figures().first { $0.id == figure.id }?.isPinned == true)
        let unknown = try await desk.runAside(["mute", "figure_none", "--config", desk.config])
        #expect(unknown.status == 1)
        #expect(unknown.errors == "tallywatch: there is no figure figure_none\n")
        let story = try #require(alert.data.story)
        let muted = try await desk.runAside([
            "mute", "--story", story.id, "--for", "8h", "--config", desk.config,
        ])
        #expect(muted.output.hasPrefix("story \(story.id) is muted until 20"))
        #expect(
            try await desk.runAside(["mute", "--list", "--config", desk.config]).output.hasPrefix(
                "story  \(story.id)"
            )
        )
        let again = try await desk.runAside([
            "deliveries", "replay", alert.id, "--state", "delivered", "--config", desk.config,
        ])
        #expect(again.output == "2 deliveries are on their way\n")
        try await desk.until { site.hooks.count { $0.id == alert.id } == 2 }
        let copy = desk.storePath + ".copy"
        #expect(try await desk.runAside(["backup", copy, "--config", desk.config]).status == 0)
        #expect(try await SQLiteStore(readingPath: copy).integrityProblems() == [])
        process.terminate()
        try await desk.until { !process.isRunning }
        #expect(process.terminationStatus == 0, "\(desk.errors().suffix(2000))")
        await desk.close()
    }

    @Test("the doctor looks at everything, and sends each sink a test")
    func doctor() async throws {
        let site = Site()
        let desk = try await Desk(site, more: ["/missing"])
        defer { desk.removeFiles() }
        let sick = try await desk.runAside(["doctor", "--send-test", "--config", desk.config])
        #expect(sick.status == 1)
        #expect(sick.output.contains("error    source bad: answers with HTTP status 404"))
        #expect(sick.output.contains("ok       sink desk: it took a test message"))
        #expect(site.hooks.count == 1)
        let offline = try await desk.runAside(["doctor", "--offline", "--json", "--config", desk.config])
        #expect(offline.status == 0)
        #expect(try JSONSerialization.jsonObject(with: Data(offline.output.utf8)) is [[String: Any]])
        await desk.close()
    }

    @Test("a sink that wants no more is loud in the log, the doctor's findings and the list of deliveries")
    func disabledSink() async throws {
        let site = Site()
        let desk = try await Desk(site)
        defer { desk.removeFiles() }
        site.publish("/1", Pages.first)
        try await desk.runOnce()
        site.publish("/2", Pages.second)
        site.setHookStatus(410)
        let said = try await desk.runOnce()
        #expect(
            said.contains("error tallywatch: reason=HTTP status 410 sink=desk [Delivering] sink disabled")
        )
        let doctor = try await desk.runAside(["doctor", "--offline", "--config", desk.config])
        #expect(doctor.status == 1)
        #expect(doctor.output.contains("error    sink desk: it answered HTTP status 410, is disabled"))
        #expect(doctor.output.contains("tallywatch deliveries replay --sink desk"))
        let listed = try await desk.runAside(["deliveries", "--config", desk.config])
        #expect(listed.output.contains("abandoned  desk") && listed.output.contains("HTTP status 410"))
        await desk.close()
    }

    @Test("long work says how far it is on a terminal, and nowhere else")
    func progress() async throws {
        let desk = try await Desk(Site())
        defer { desk.removeFiles() }
        let recording = desk.storePath + ".jsonl"
        let line = #"{"id": "1", "source": "s", "date": "2026-01-01T00:00:00Z", "title": "Nothing of note"}"#
        try "\(line)\n".write(toFile: recording, atomically: true, encoding: .utf8)
        let arguments = ["replay", recording, "--config", desk.config]
        let plain = try await desk.runAside(arguments)
        #expect(plain.status == 0 && plain.errors == "tallywatch: 1 articles, 0 alerts\n")
        // script(1) runs a command on a terminal of its own.
        let command = ([Desk.binary.path] + arguments).joined(separator: " ")
        let shown = try await desk.runAside(["-qec", command, "/dev/null"], program: "/usr/bin/script")
        #expect(shown.status == 0)
        #expect(shown.output.contains("1 of 1 articles, 100 %"))
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
        let result = try await desk.runAside(usage.arguments)
        #expect(result.status == usage.status)
        #expect(usage.status == 0 ? !result.output.isEmpty : !result.errors.isEmpty)
        await desk.close()
    }
}
