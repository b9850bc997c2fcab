import Foundation
import TestSupport

/// OpenSSL's own server on every loopback address, which says of each connection whether its session was resumed and
/// closes it.
final class SessionServer: Sendable {
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: TestCertificate.program) }

    /// The addresses that its certificate is for.
    static let addresses = (1...8).map { "127.0.0.\($0)" }

    let port: Int
    var certificate: String { "\(directory)/certificate.pem" }
    private let directory: String
    private let process: Process

    struct CannotStart: Error {}

    init() async throws {
        directory = "/tmp/tally-session-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try await TestCertificate.make(in: directory, for: Self.addresses)
        process = Process()
        process.executableURL = URL(fileURLWithPath: TestCertificate.program)
        process.arguments = [
            "s_server", "-accept", "0", "-www", "-key", "\(directory)/key.pem", "-cert",
            "\(directory)/certificate.pem",
        ]
        let output = "\(directory)/output"
        try Data().write(to: URL(fileURLWithPath: output))
        let file = FileHandle(forWritingAtPath: output)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = file
        process.standardError = file
        try process.startAlone()
        // "ACCEPT [::]:45603"
        var found: Int?
        while found == nil {
            guard process.isRunning else { throw CannotStart() }
            try await Task.sleep(for: .milliseconds(5))
            let text = try String(contentsOfFile: output, encoding: .utf8)
            guard text.hasSuffix("\n") else { continue }
            let line = text.split(separator: "\n").first { $0.hasPrefix("ACCEPT") }
            found = line?.split(separator: ":").last.flatMap { Int($0) }
        }
        port = found ?? 0
    }

    /// Whether a page of the server says that its session was resumed.
    static func isResumed(_ body: [UInt8]) -> Bool {
        String(decoding: body, as: UTF8.self).split(separator: "\n").contains { $0.hasPrefix("Reused, TLS") }
    }

    func stop() {
        process.terminate()
        // What is left behind in the temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: directory)
    }
}
