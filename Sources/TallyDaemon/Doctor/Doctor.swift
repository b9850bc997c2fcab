import Delivering
import Fetching
import Foundation
import Storing
import TallyModel

/// Looks at everything that a daemon needs, and says what to do about what is wrong.
public struct Doctor: Sendable {
    private let configPath: String
    private let settings: Settings

    /// Creates a doctor for a configuration that has no mistakes.
    public init(configPath: String, settings: Settings) {
        self.configPath = configPath
        self.settings = settings
    }

    /// Looks at everything.
    ///
    /// - Parameters:
    ///   - sendsTest: Whether each sink gets a message that says that it is a test.
    ///   - isOffline: Whether the sources are left alone.
    ///   - tell: Called with each finding as it is made.
    /// - Throws: What `tell` throws.
    public func examine(sendsTest: Bool, isOffline: Bool, tell: (Finding) throws -> Void) async throws {
        try tell(.ok("configuration", "\(configPath) has no mistake"))
        for finding in permissions() { try tell(finding) }
        for key in settings.withheldSecrets {
            let advice = "systemctl status tallywatch says whether the service starts with it"
            try tell(.warning("configuration", "\(key) was not looked at: only the service has it", advice))
        }
        for finding in await StoreExamination(settings: settings).findings() { try tell(finding) }
        for finding in clock() { try tell(finding) }
        if !isOffline {
            for finding in await SourceExamination(settings: settings).findings() { try tell(finding) }
        }
        for finding in logFindings() { try tell(finding) }
        guard sendsTest else { return }
        for finding in await SinkTest(settings: settings).findings() { try tell(finding) }
    }

    /// Whether the configuration holds secrets itself, and who can read it.
    private func permissions() -> [Finding] {
        guard let text = try? String(contentsOfFile: configPath, encoding: .utf8), text.contains("whsec_")
        else { return [] }
        let advice =
            "keep it in a file: secret: file:/etc/tallywatch/desk.secret, or credential:desk (LoadCredential=)"
        var status = stat()
        guard stat(configPath, &status) == 0, status.st_mode & 0o004 != 0 else {
            return [.warning("configuration", "\(configPath) holds a secret", advice)]
        }
        let message = "\(configPath) holds a secret and everybody may read it"
        return [.warning("configuration", message, "chmod o-r \(configPath), and \(advice)")]
    }

    private func clock() -> [Finding] {
        // Nothing was released before this day.
        guard let earliest = Timestamp.date(from: "2026-01-01"), Date() < earliest else {
            return [.ok("clock", Timestamp.text(of: Date()))]
        }
        let advice =
            "set the clock (timedatectl set-ntp true): webhooks are signed with the time, and receivers refuse old ones"
        return [.error("clock", "it says \(Timestamp.text(of: Date()))", advice)]
    }

    private func logFindings() -> [Finding] {
        guard let log = settings.alerts.log else { return [] }
        let folder = URL(fileURLWithPath: log.path).deletingLastPathComponent().path
        var findings = [FreeSpace.finding("log", at: folder)].compactMap { $0 }
        let place = WritablePlace.of(log.path)
        findings.append(
            place.isWritable
                ? .ok("log", "\(log.path) can be written")
                : .error(
                    "log",
                    "\(NSUserName()) may not write \(log.path)",
                    "give \(place.path) to the daemon's user: chown tallywatch \(place.path)"
                )
        )
        return findings
    }
}
