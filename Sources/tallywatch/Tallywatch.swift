import ArgumentParser
import Foundation
import TallyDaemon

@main
struct Tallywatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tallywatch",
        abstract: "Watches the figures in the news and tells when one is new, has moved or is contradicted.",
        discussion: """
            The daemon polls feeds, pages and folders, reads every new article, extracts its numeric claims and \
            holds each against what is stored.

            Exit status: 0 done, 1 failed, 2 usage or configuration.
            """,
        version: Daemon.version,
        groupedSubcommands: [
            CommandGroup(
                name: "The daemon",
                subcommands: [RunCommand.self, CheckCommand.self, DoctorCommand.self, BackupCommand.self]
            ),
            CommandGroup(
                name: "One document",
                subcommands: [ExtractCommand.self, FeedCommand.self, CompareCommand.self, ReplayCommand.self]
            ),
            CommandGroup(
                name: "What is stored",
                subcommands: [
                    SourcesCommand.self, StoriesCommand.self, FiguresCommand.self, AlertsCommand.self,
                    DeliveriesCommand.self,
                ]
            ),
            CommandGroup(
                name: "A person's word",
                subcommands: [PinCommand.self, MuteCommand.self, AcknowledgeCommand.self]
            ),
            CommandGroup(name: "Sources", subcommands: [ImportCommand.self, ExportCommand.self]),
            CommandGroup(name: "Measuring", subcommands: [BenchCommand.self]),
        ]
    )

    static func main() async {
        // libcurl converts names of hosts by the locale's character set.
        setlocale(LC_CTYPE, "C.UTF-8")
        // Files that the daemon makes belong to its user; the alert log opens itself to its group.
        umask(0o027)
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            Output.error(failure.message)
            Foundation.exit(failure.status)
        } catch {
            let code = exitCode(for: error)
            let isUsage = code == .validationFailure || code.rawValue == 64
            guard isUsage || code.isSuccess || error is ExitCode else {
                Output.error("\(error)")
                Foundation.exit(1)
            }
            let message = fullMessage(for: error)
            if code.isSuccess {
                Output.line(message)
            } else if !message.isEmpty {
                Output.error(message, isPlain: true)
            }
            Foundation.exit(code.isSuccess ? 0 : error is ExitCode ? code.rawValue : 2)
        }
    }
}

/// Why a command ends without having done its work.
struct Failure: Error {
    /// What a person reads; it names the file, line, key or URL at fault.
    let message: String
    /// 1 failed, 2 usage or configuration.
    let status: Int32

    static func failed(_ message: String) -> Failure { Failure(message: message, status: 1) }
    static func configuration(_ message: String) -> Failure { Failure(message: message, status: 2) }
}
