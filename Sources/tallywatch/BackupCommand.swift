import ArgumentParser
import Foundation
import Storing

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the store to a file, beside a running daemon or without one.",
        discussion: """
            The copy is of one moment, is looked through, and bears its name only once it is whole. To go back to it: \
            stop the daemon, put it in the place of the store, and remove the store's -wal and -shm files.
            """
    )

    @Argument(help: "The file.")
    var file: String

    @Flag(name: .long, help: "Replace a file that is there.")
    var force = false

    @OptionGroup var config: ConfigOption
    @OptionGroup var output: JSONFlag

    func run() async throws {
        guard force || !FileManager.default.fileExists(atPath: file) else {
            throw Failure.failed("\(file) is there already; --force replaces it")
        }
        let store = try config.readStore()
        let bytes: Int
        do {
            bytes = try await store.backup(to: file)
        } catch {
            throw Failure.failed("\(file): \(error)")
        }
        guard output.json else { return Output.line("\(file): \(bytes) bytes, whole") }
        try Output.json(["file": file, "bytes": String(bytes)])
    }
}
