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
        let sink = try JSONLinesSink(name: "log", path: path)
        for id in 1...3 {
            #expect(await sink.deliver(Self.delivery(id)) == .delivered)
        }
        #expect(try content() == (1...3).map { Self.body($0) + "\n" }.joined())
    }

    @Test("an attempt that a crash cut off after its line stands there once")
    func afterCrash() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        #expect(await (try JSONLinesSink(name: "log", path: path)).deliver(Self.delivery(1)) == .delivered)
        let sink = try JSONLinesSink(name: "log", path: path)
        #expect(await sink.deliver(Self.delivery(1, attempts: 1)) == .delivered)
        #expect(await sink.deliver(Self.delivery(2, attempts: 1)) == .delivered)
        #expect(try content() == Self.body(1) + "\n" + Self.body(2) + "\n")
    }

    @Test("a line that was cut short is ended, and the alert is written whole")
    func tornLine() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        _ = try JSONLinesSink(name: "log", path: path)
        try Data(Self.body(1).prefix(9).utf8).write(to: URL(fileURLWithPath: path))
        let sink = try JSONLinesSink(name: "log", path: path)
        #expect(await sink.deliver(Self.delivery(1, attempts: 1)) == .delivered)
        #expect(try content().split(separator: "\n").last.map(String.init) == Self.body(1))
    }

    @Test("a file that was renamed away is followed by a new one, with and without a word")
    func rotation() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let sink = try JSONLinesSink(name: "log", path: path)
        #expect(await sink.deliver(Self.delivery(1)) == .delivered)
        try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
        #expect(await sink.deliver(Self.delivery(2)) == .delivered)
        try FileManager.default.moveItem(atPath: path, toPath: path + ".2")
        try await sink.reopen()
        #expect(await sink.deliver(Self.delivery(3)) == .delivered)
        #expect(try content() == Self.body(3) + "\n")
        #expect(try String(contentsOfFile: path + ".2", encoding: .utf8) == Self.body(2) + "\n")
    }

    @Test("a log that cannot be opened is named")
    func cannotOpen() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        #expect(throws: DeliveringError.cannotOpen(path: path, reason: "Is a directory")) {
            try JSONLinesSink(name: "log", path: path)
        }
    }

    @Test("a full disk is a failure that names the file")
    func fullDisk() async throws {
        let sink = try JSONLinesSink(name: "log", path: "/dev/full")
        let reason = "the alert log /dev/full cannot be written: No space left on device"
        #expect(await sink.deliver(Self.delivery(1)) == .unavailable(reason: reason))
    }

    private func content() throws -> String {
        try String(contentsOfFile: path, encoding: .utf8)
    }

    private static func body(_ id: Int) -> String { #"{"id":"alert_\#(id)"}"# }

    private static func delivery(_ id: Int, attempts: Int = 0) -> Delivery {
        Delivery(
            id: Int64(id),
            alertID: "alert_\(id)",
            type: .new,
            sink: "log",
            body: body(id),
            attempts: attempts,
            createdAt: Date(timeIntervalSince1970: 0)
        )
    }
}
