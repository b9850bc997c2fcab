import Delivering
import FlyingFox
import Foundation
import Logging
import Storing
import Synchronization
import TallyModel
import TestSupport
import Testing

@testable import TallyDaemon

@Suite(.timeLimit(.minutes(1))) struct PulseTests {
    @Test("a stage that hangs is named, told once, and asked again only when it is back")
    func hanging() async {
        let log = LogRecorder()
        let gate = Mutex(true)
        let asked = Mutex(0)
        let pulse = Pulse(
            stages: [
                Pulse.Stage(name: "well") {},
                Pulse.Stage(name: "stuck") {
                    asked.withLock { $0 += 1 }
                    while gate.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
                },
            ],
            logger: log.logger
        )
        #expect(await pulse.beat(withinSeconds: 0.1) == ["stuck"])
        #expect(await pulse.beat(withinSeconds: 0.1) == ["stuck"])
        #expect(asked.withLock { $0 } == 1)
        #expect(log.lines.count { $0.contains("stage does not get further") } == 1)
        gate.withLock { $0 = false }
        while await !pulse.beat(withinSeconds: 0.1).isEmpty {}
        #expect(log.lines.count { $0.contains("stage gets further again") } == 1)
    }

    @Test("a stage that fails is silent")
    func failing() async {
        struct Broken: Error {}
        let pulse = Pulse(
            stages: [Pulse.Stage(name: "store") { throw Broken() }],
            logger: LogRecorder().logger
        )
        #expect(await pulse.beat(withinSeconds: 0.2) == ["store"])
    }
}

@Suite struct HealthTests {
    private func report(_ change: (inout ServiceReport) -> Void = { _ in }) -> ServiceReport {
        var report = ServiceReport(
            startedAt: Date(timeIntervalSince1970: 1_770_000_000),
            now: Date(timeIntervalSince1970: 1_770_000_060)
        )
        report.totals.polls = 3
        report.outbox.sinks = ["desk \"a\"": .init()]
        report.deliveries = ["desk": [.pending: 2, .abandoned: 1]]
        report.oldestPending = ["desk": Date(timeIntervalSince1970: 1_770_000_000)]
        change(&report)
        return report
    }

    private func answer(_ path: String, _ report: ServiceReport) async throws -> (Int, String) {
        let response = HealthServer.answer(path, report)
        return (response.statusCode.code, String(decoding: try await response.bodyData, as: UTF8.self))
    }

    @Test("health is lost when a stage falls silent, readiness also when the store takes nothing")
    func states() async throws {
        #expect(try await answer("/healthz", report()) == (200, "ok\n"))
        #expect(try await answer("/readyz", report()) == (200, "ready\n"))
        let full = report { $0.gateReason = "disk full" }
        #expect(try await answer("/healthz", full).0 == 200)
        #expect(try await answer("/readyz", full) == (503, "not polling: disk full\n"))
        let stuck = report { $0.silentStages = ["ledger"] }
        #expect(try await answer("/healthz", stuck) == (503, "no answer: ledger\n"))
    }

    @Test("metrics are in Prometheus' text format: help, type, escaped labels, a line break at the end")
    func metrics() throws {
        let text = MetricsText.text(of: report(), version: "1.2.3")
        #expect(text.hasSuffix("\n"))
        #expect(text.contains("tallywatch_build_info{version=\"1.2.3\"} 1\n"))
        #expect(text.contains("tallywatch_polls_total 3\n"))
        #expect(text.contains("{sink=\"desk \\\"a\\\"\"}"))
        #expect(text.contains("tallywatch_stored_deliveries{sink=\"desk\",state=\"pending\"} 2\n"))
        #expect(text.contains("tallywatch_outbox_oldest_seconds{sink=\"desk\"} 60\n"))
        let sample = try NSRegularExpression(
            pattern: #"^[a-z_]+(\{([a-z]+="([^"\\]|\\.)*",?)+\})? -?[0-9.e+-]+$"#
        )
        var typed: Set<String> = []
        for line in text.split(separator: "\n").map(String.init) {
            if line.hasPrefix("# TYPE ") { typed.insert(String(line.split(separator: " ")[2])) }
            guard !line.hasPrefix("#") else { continue }
            #expect(
                sample.numberOfMatches(in: line, range: NSRange(location: 0, length: line.utf16.count)) == 1,
                "\(line)"
            )
            #expect(typed.contains(String(line.prefix { $0 != "{" && $0 != " " })))
        }
    }

    @Test("promtool finds nothing wrong with the metrics", .enabled(if: Promtool.isInstalled))
    func promtool() throws {
        #expect(try Promtool.check(MetricsText.text(of: report(), version: "1.2.3")) == "")
    }
}

/// The checker of the Debian package `prometheus`.
private enum Promtool {
    static let path = "/usr/bin/promtool"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// Returns what it has to say.
    static func check(_ metrics: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["check", "metrics"]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardError = output
        process.standardOutput = output
        try process.startAlone()
        try input.fileHandleForWriting.write(contentsOf: Data(metrics.utf8))
        try input.fileHandleForWriting.close()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: said, as: UTF8.self)
    }
}

@Suite struct JournalLogHandlerTests {
    @Test("a line has its level, its message with the metadata, a message identifier, and a field for each")
    func fields() {
        let fields = JournalLogHandler.fields(
            level: .warning,
            message: "poll failed",
            metadata: ["source": "wire", "last-error": "HTTP status 500"]
        )
        #expect(fields[0] == "MESSAGE=poll failed last-error=HTTP status 500 source=wire")
        #expect(fields.contains("PRIORITY=4"))
        #expect(fields.contains("SYSLOG_IDENTIFIER=tallywatch"))
        #expect(fields.contains("TALLYWATCH_SOURCE=wire"))
        #expect(fields.contains("TALLYWATCH_LAST_ERROR=HTTP status 500"))
        let id = fields.first { $0.hasPrefix("MESSAGE_ID=") }
        #expect(id?.count == "MESSAGE_ID=".count + 32)
        let other = JournalLogHandler.fields(level: .info, message: "poll failed", metadata: [:])
        #expect(other.contains(id ?? ""))
    }
}
