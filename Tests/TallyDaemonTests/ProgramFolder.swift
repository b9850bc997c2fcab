import Foundation
import TestSupport

/// A folder of a test's own, and the binary run in it.
struct ProgramFolder {
    let path = "/tmp/tally-folder-\(UUID().uuidString.prefix(8))"

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let file = "\(path)/\(name)"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }

    /// Runs the program on a thread of its own: a test that waits on one of the pool's keeps its own server from answering.
    func run(_ arguments: [String]) async throws -> Desk.Result {
        let output = try write("", to: "output")
        let errors = try write("", to: "errors")
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        let process = Process()
                        process.executableURL = Desk.binary
                        process.arguments = arguments
                        process.standardInput = FileHandle.nullDevice
                        process.standardOutput = FileHandle(forWritingAtPath: output)
                        process.standardError = FileHandle(forWritingAtPath: errors)
                        try process.startAlone()
                        process.waitUntilExit()
                        return Desk.Result(
                            status: process.terminationStatus,
                            output: try String(contentsOfFile: output, encoding: .utf8),
                            errors: try String(contentsOfFile: errors, encoding: .utf8)
                        )
                    }
                )
            }
        }
    }

    func remove() {
        // What is left behind in the temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: path)
    }
}
