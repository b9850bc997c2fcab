import ArgumentParser
import Foundation
import TallyDaemon

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the daemon.",
        discussion: """
            Polls every source on its schedule until SIGTERM or SIGINT, which finish what is in hand. SIGHUP reads \
            the configuration anew and opens the alert log again.
            """
    )

    @OptionGroup var config: ConfigOption
    @OptionGroup var log: LogOption

    @Flag(name: .long, help: "Poll every source once, finish all work and due deliveries, and end.")
    var once = false

    func run() async throws {
        let daemon: Daemon
        do {
            let migration = Progress(of: "steps that bring the store up to date")
            daemon = try Daemon(configPath: config.config, logger: log.logger(), onMigration: migration.show)
            migration.clear()
        } catch let error as SettingsError {
            throw Failure.configuration(error.description)
        } catch {
            throw Failure.failed("\(error)")
        }
        if once {
            let progress = Progress(of: "sources")
            try await daemon.runOnce(onPoll: progress.show)
            progress.clear()
        } else {
            try await daemon.run()
        }
    }
}

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read the configuration and say every mistake with its line."
    )

    @OptionGroup var config: ConfigOption

    func run() async throws {
        let settings = try config.settings()
        for key in settings.withheldSecrets {
            Output.error("\(config.config): \(key) was not looked at: only the service has it")
        }
        let alerts = settings.alerts
        let sinks =
            alerts.webhooks.count + alerts.sinks.count + (alerts.log == nil ? 0 : 1)
            + (alerts.isPrinted ? 1 : 0)
        Output.line(
            "\(config.config): no mistake: \(settings.sources.count) sources, \(settings.watches.count) watches, "
                + "\(sinks) sinks, \(alerts.routes.count) routes"
        )
    }
}
