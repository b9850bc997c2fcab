import Foundation
import TestSupport

/// The HTTP/2 server of the Debian package `nghttp2-server` on 127.0.0.1, with a certificate of its own.
final class SecureWebServer: Sendable {
    private static let program = "/usr/sbin/nghttpd"

    static var isInstalled: Bool {
        [program, TestCertificate.program].allSatisfy(FileManager.default.isExecutableFile)
    }

    /// The file of its certificate, which is for 127.0.0.1 and nobody else.
    var certificate: String { "\(directory)/certificate.pem" }
    let port: Int
    private let directory: String
    private let process: Process

    struct CannotStart: Error {}

    /// Starts a server that has one file, `/feed`.
    init() async throws {
        directory = "/tmp/tally-web-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try await TestCertificate.make(in: directory)
        try "hello".write(toFile: "\(directory)/feed", atomically: true, encoding: .utf8)
        // It takes a port and chooses none.
        let free = try RawServer { _ in [] }
        port = free.port
        free.stop()
        process = Process()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = [
            "-v", "-a", "127.0.0.1", "-d", directory, "\(port)", "\(directory)/key.pem",
            "\(directory)/certificate.pem",
        ]
        let output = "\(directory)/output"
        try Data().write(to: URL(fileURLWithPath: output))
        let file = FileHandle(forWritingAtPath: output)
        process.standardOutput = file
        process.standardError = file
        try process.startAlone()
        while !text.contains("listen 127.0.0.1") {
            guard process.isRunning else { throw CannotStart() }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// The connections so far, each with a handshake of its own.
    var connections: Int { text.components(separatedBy: "SSL/TLS handshake completed").count - 1 }

    /// What it has said of its work.
    private var text: String {
        (try? String(contentsOfFile: "\(directory)/output", encoding: .utf8)) ?? ""
    }

    func stop() {
        process.terminate()
        // What is left behind in the temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: directory)
    }
}

/// A certificate for addresses that nobody has signed but itself.
enum TestCertificate {
    static let program = "/usr/bin/openssl"

    struct CannotMake: Error {}

    /// Writes `key.pem` and `certificate.pem`.
    static func make(in directory: String, for addresses: [String] = ["127.0.0.1"]) async throws {
        let names = addresses.map { "IP:\($0)" }.joined(separator: ",")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
            "2",
            "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=\(names)", "-keyout",
            "\(directory)/key.pem",
            "-out", "\(directory)/certificate.pem",
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.startAlone()
        while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
        guard process.terminationStatus == 0 else { throw CannotMake() }
    }
}
