import Delivering
import Foundation
import TallyModel
import Testing

@Suite(.timeLimit(.minutes(1))) struct JSONLinesSinkTests {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    var path: String { "\(directory)/log/alerts.jsonl" }

    @Test("each alert is a line, in a file that is made with its directory")
    func lines() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let sink = try JSONLinesSink(name: "log", configuration: LogConfiguration(path: path))
        for id in 1...3 {
            #expect(await sink.deliver(Self.message(id)) == .delivered)
        }
        #expect(try content() == (1...3).map { Self.body($0) + "\n" }.joined())
    }

    @Test("an attempt that a crash cut off after its line stands there once")
    func afterCrash() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        #expect(
            await (try JSONLinesSink(name: "log", configuration: LogConfiguration(path: path))).deliver(
                Self.message(1)
            ) == .delivered
        )
        let sink = try JSONLinesSink(name: "log", configuration: LogConfiguration(path: path))
        #expect(await sink.deliver(Self.message(1)) == .delivered)
        #expect(await sink.deliver(Self.message(2)) == .delivered)
        #expect(try content() == Self.body(1) + "\n" + Self.body(2) + "\n")
    }

    @Test("a line that was cut short is ended, and the alert is written whole")
    func tornLine() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        _ = try JSONLinesSink(name: "log", configuration: LogConfiguration(path: path))
        try Data(Self.body(1).prefix(9).utf8).write(to: URL(fileURLWithPath: path))
        let sink = try JSONLinesSink(name: "log", configuration: LogConfiguration(path: path))
        #expect(await sink.deliver(Self.message(1)) == .delivered)
        #expect(try lines().last == Self.body(1))
    }

    @Test("a file that was renamed away is followed by a new one, with and without a word")
    func rotation() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let sink = try JSONLinesSink(name: "log", configuration: LogConfiguration(path: path))
        #expect(await sink.deliver(Self.message(1)) == .delivered)
        try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
        #expect(await sink.deliver(Self.message(2)) == .delivered)
        try FileManager.default.moveItem(atPath: path, toPath: path + ".2")
        try await sink.reopen()
        #expect(await sink.deliver(Self.message(3)) == .delivered)
        #expect(try content() == Self.body(3) + "\n")
        #expect(try lines(of: path + ".2") == [Self.body(2)])
    }

    @Test("a log that cannot be opened is named")
    func cannotOpen() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        #expect(throws: DeliveringError.cannotOpen(path: path, reason: "Is a directory")) {
            try JSONLinesSink(name: "log", configuration: LogConfiguration(path: path))
        }
    }

    @Test("a full disk is a failure that names the file")
    func fullDisk() async throws {
        let sink = try JSONLinesSink(name: "log", configuration: LogConfiguration(path: "/dev/full"))
        let reason = "the alert log /dev/full cannot be written: No space left on device"
        #expect(await sink.deliver(Self.message(1)) == .unavailable(reason: reason))
    }

    @Test("the first line is long enough for Filebeat, and still one JSON object")
    func firstLine() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let sink = try JSONLinesSink(name: "log", configuration: LogConfiguration(path: path))
        #expect(await sink.deliver(Self.message(1)) == .delivered)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(bytes.count == 1024)
        #expect(try JSONSerialization.jsonObject(with: bytes) is [String: Any])
    }

    @Test("a log that was truncated in place goes on from its beginning")
    func copyTruncate() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let sink = try JSONLinesSink(name: "log", configuration: LogConfiguration(path: path))
        #expect(await sink.deliver(Self.message(1)) == .delivered)
        truncate(path, 0)
        #expect(await sink.deliver(Self.message(2)) == .delivered)
        #expect(try lines() == [Self.body(2)])
    }

    @Test("its own size limit renames the file, keeps so many, and cuts no line")
    func sizeLimit() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var configuration = LogConfiguration(path: path)
        configuration.maximumBytes = 1024 + 10
        configuration.keptFiles = 2
        let sink = try JSONLinesSink(name: "log", configuration: configuration)
        for id in 1...8 {
            #expect(await sink.deliver(Self.message(id)) == .delivered)
        }
        #expect(try lines() == [Self.body(8)])
        #expect(try lines(of: path + ".1") == [Self.body(7)])
        #expect(try lines(of: path + ".2") == [Self.body(6)])
        #expect(!FileManager.default.fileExists(atPath: path + ".3"))
    }

    @Test("text is for people, bears the alert's identifier, and is written once over a crash")
    func text() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var configuration = LogConfiguration(path: path)
        configuration.format = .text
        for _ in 1...2 {
            let sink = try JSONLinesSink(name: "log", configuration: configuration)
            #expect(await sink.deliver(try Samples.message()) == .delivered)
        }
        let content = try String(contentsOfFile: path, encoding: .utf8)
        #expect(content.contains("CONTRADICTED  rescued people"))
        #expect(content.contains("\n  alert:  alert_1\n"))
        #expect(content.split(separator: "\n").count { $0.hasPrefix("  alert:") } == 1)
        #expect(!content.contains("\u{1B}"))
    }

    @Test("a very long alert is shortened to a line that Fluent Bit takes, and says the same")
    func longLine() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var alert = Samples.contradiction()
        let claim = try #require(alert.data.baseline?.claims.first)
        alert.data.baseline?.claims = Array(repeating: claim, count: 500)
        let sink = try JSONLinesSink(name: "log", configuration: LogConfiguration(path: path))
        #expect(await sink.deliver(try Samples.message(alert)) == .delivered)
        let line = try #require(try lines().first)
        #expect(line.utf8.count <= 30 << 10)
        let read = try TallyJSON.decoder().decode(Alert.self, from: Data(line.utf8))
        #expect(read.data.claim == alert.data.claim)
        #expect(read.data.baseline?.claims.first == claim)
    }

    private func content() throws -> String {
        try lines().map { $0 + "\n" }.joined()
    }

    /// The lines without what fills up the first.
    private func lines(of file: String? = nil) throws -> [String] {
        try String(contentsOfFile: file ?? path, encoding: .utf8).split(separator: "\n").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
    }

    private static func body(_ id: Int) -> String { #"{"id":"alert_\#(id)"}"# }

    private static func message(_ id: Int) -> Message {
        Message(
            Delivery(
                id: Int64(id),
                alertID: "alert_\(id)",
                type: .new,
                sink: "log",
                body: body(id),
                createdAt: Date(timeIntervalSince1970: 0)
            )
        )
    }
}
