import Foundation
import Storing
import Synchronization
import TallyModel
import TestSupport
import Testing

/// A configuration and a store in a directory of their own, and the binary to run on them.
final class Desk: Sendable {
    let config: String
    private let directory: String
    private let server: LoopbackServer
    private let processes = Mutex<[Process]>([])

    struct Result {
        let status: Int32
        let output: String
        let errors: String
    }

    struct FigureRow: Decodable {
        struct Baseline: Decodable {
            let pinned: Bool
        }

        let id: String
        let baseline: Baseline
        var isPinned: Bool { baseline.pinned }
    }

    let storePath: String
    let logPath: String

    /// Writes the configuration.
    ///
    /// - Parameters:
    ///   - site: The site that is polled, and receives the webhook.
    ///   - paths: More sources on it.
    ///   - store: The store's path; `nil` for one in the folder.
    ///   - log: The log's path in the folder.
    ///   - alerts: More keys of `alerts`, as YAML; `SITE` in it is the site's URL.
    /// - Throws: What the disk says.
    init(
        _ site: Site,
        more paths: [String] = [],
        store: String? = nil,
        logPath log: String = "alerts.jsonl",
        alerts: String = ""
    ) async throws {
        directory = "/tmp/tally-\(UUID().uuidString.prefix(8))"
        config = "\(directory)/tallywatch.yaml"
        storePath = store ?? "\(directory)/tallywatch.db"
        logPath = "\(directory)/\(log)"
        server = try await LoopbackServer.start { site.answer($0) }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let more = paths.map { "  - {name: bad, url: \"\(server.baseURL)\($0)\"}\n" }.joined()
        let yaml = """
            store: sqlite://\(storePath)
            network: {allow: ["127.0.0.0/8"]}
            defaults: {every: 1s}
            sources:
              - {name: wire, url: "\(server.baseURL)/feed.xml"}
            \(more)service: {listen: none}
            alerts:
              first_poll: alert
              log: {path: \(log)}
              webhooks:
                - {name: desk, url: "\(server.baseURL)/hook", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}
            \(alerts.replacing("SITE", with: server.baseURL))
            """
        try yaml.write(toFile: config, atomically: true, encoding: .utf8)
    }

    func close() async {
        await server.stop()
    }

    /// Removes the folder, and ends what a test that failed has left running.
    func removeFiles() {
        for process in processes.withLock({ $0 }) where process.isRunning { process.terminate() }
        // What is left behind in the temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// Polls every source once; returns what was written to standard error.
    @discardableResult
    func runOnce() async throws -> String {
        let result = try await runAside(["run", "--once", "--config", config])
        #expect(result.status == 0, "\(result.errors)")
        return result.errors
    }

    /// Starts the program, with more in its environment; `env` puts another program before it that becomes it.
    func start(
        _ arguments: [String],
        errors path: String? = nil,
        environment: [String: String] = [:],
        through env: String? = nil
    ) throws -> Process {
        let process = Process()
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.executableURL = env.map { URL(fileURLWithPath: $0) } ?? Self.binary
        process.arguments = (env == nil ? [] : [Self.binary.path]) + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        if let path {
            try Data().write(to: URL(fileURLWithPath: path))
            process.standardError = FileHandle(forWritingAtPath: path)
        }
        try process.startAlone()
        processes.withLock { $0.append(process) }
        return process
    }

    /// Runs the program on a thread of its own: a test that waits on one of the pool's keeps its own server from answering.
    func runAside(_ arguments: [String], program: String? = nil) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Swift.Result { try self.run(arguments, program: program) })
            }
        }
    }

    func run(_ arguments: [String], program: String? = nil) throws -> Result {
        let process = Process()
        let output = "\(directory)/\(UUID().uuidString)"
        let errors = output + ".errors"
        for file in [output, errors] {
            try Data().write(to: URL(fileURLWithPath: file))
        }
        process.executableURL = program.map { URL(fileURLWithPath: $0) } ?? Self.binary
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.startAlone()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus,
            output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8)
        )
    }

    var errorPath: String { "\(directory)/errors" }

    /// What was written to ``errorPath``.
    func errors() -> String {
        (try? String(contentsOfFile: errorPath, encoding: .utf8)) ?? ""
    }

    /// The lines of the log without what fills up the first.
    func logLines() throws -> [String] {
        let text = try String(contentsOfFile: logPath, encoding: .utf8)
        #expect(text.hasSuffix("\n"))
        return text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// The alerts in the log, in order.
    func alerts() -> [Alert] {
        guard let text = try? String(contentsOfFile: logPath, encoding: .utf8) else {
            return []
        }
        return text.split(separator: "\n").compactMap { line in
            guard let alert = try? TallyJSON.decoder().decode(Alert.self, from: Data(line.utf8)) else {
                Issue.record("no alert: \(line)")
                return nil
            }
            return alert
        }
    }

    /// The figures as the command line lists them; none before there is a store.
    func figures() -> [FigureRow] {
        guard let result = try? run(["figures", "--json", "--config", config]), result.status == 0 else {
            return []
        }
        return (try? JSONDecoder().decode([FigureRow].self, from: Data(result.output.utf8))) ?? []
    }

    /// Takes the wait out of every pending delivery.
    func makeDeliveriesDue() async throws {
        let store = try SQLiteStore(.file(path: storePath))
        try await store.hastenDeliveries(to: "desk", at: Date())
        try store.close()
    }

    /// What a condition did not come to hold within; the program's last words say more than a time limit would.
    struct Overdue: Error, CustomStringConvertible {
        let seconds: Double
        let place: String
        let errors: String

        var description: String {
            "what \(place) waits for has not come within \(seconds) s; the program's last words: \(errors)"
        }
    }

    /// Returns when a condition holds.
    ///
    /// - Throws: ``Overdue`` when it does not within some seconds, well below the suites' time limits.
    func until(
        withinSeconds seconds: Double = 45,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ condition: () -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while !condition() {
            guard ContinuousClock.now < deadline else {
                let place = "\(sourceLocation.fileID):\(sourceLocation.line)"
                throw Overdue(seconds: seconds, place: place, errors: String(errors().suffix(600)))
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// The binary beside the tests' own.
    static let binary = Bundle.main.bundleURL.appendingPathComponent("tallywatch")
}
