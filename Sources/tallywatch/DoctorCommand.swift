import ArgumentParser
import Foundation
import TallyDaemon

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at configuration, store, sinks, sources, clock and permissions, and say what to do.",
        discussion: "Run it as the daemon's user. Exit status 1 where something is wrong."
    )

    @Flag(name: .long, help: "Send each sink a message that says that it is a test.")
    var sendTest = false

    @Flag(name: .long, help: "Leave the sources alone.")
    var offline = false

    @OptionGroup var config: ConfigOption
    @OptionGroup var output: JSONFlag

    func run() async throws {
        let doctor = Doctor(configPath: config.config, settings: try config.settings())
        var findings: [Finding] = []
        try await doctor.examine(sendsTest: sendTest, isOffline: offline) { finding in
            findings.append(finding)
            guard !output.json else { return }
            let advice = finding.advice.map { "\n         → \($0)" } ?? ""
            let level = finding.level.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
            Output.line("\(level)  \(finding.subject): \(finding.message)\(advice)")
        }
        if output.json { try Output.json(findings) }
        if findings.contains(where: { $0.level == .error }) { throw ExitCode(1) }
    }
}
