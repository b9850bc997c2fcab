public import ArgumentParser
import Fetching
import Foundation
public import Logging
import Storing
import TallyDaemon

/// Where the configuration is.
struct ConfigOption: ParsableArguments {
    @Option(name: .long, help: "The configuration file (YAML).")
    var config = "/etc/tallywatch/tallywatch.yaml"

    /// Reads the configuration; only where it is for the service must all its secrets be there.
    func settings(isForService: Bool = false) throws -> Settings {
        do {
            return try Settings.read(path: config, isForService: isForService)
        } catch {
            throw Failure.configuration(error.description)
        }
    }

    /// Opens the store for reading, beside a running daemon or without one.
    func readStore() throws -> SQLiteStore {
        guard case .file(let path) = try settings().store else {
            throw Failure.configuration("\(config): store: a store in memory is gone with its daemon")
        }
        do {
            return try SQLiteStore(readingPath: path)
        } catch {
            throw Failure.failed(error.description)
        }
    }
}

/// How much is told on standard error.
struct LogOption: ParsableArguments {
    @Option(name: .long, help: "The least level of log lines: debug, info, notice, warning or error.")
    var logLevel: Logger.Level = .info

    func logger() -> Logger {
        var logger = Logger(label: "tallywatch") { label -> any LogHandler in
            guard !JournalLogHandler.isConnected else { return JournalLogHandler() }
            return StreamLogHandler.standardError(label: label)
        }
        logger.logLevel = logLevel
        return logger
    }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}

/// Whether the output is for machines.
struct JSONFlag: ParsableArguments {
    @Flag(name: .long, help: "Write JSON for machines instead of text for people.")
    var json = false
}
