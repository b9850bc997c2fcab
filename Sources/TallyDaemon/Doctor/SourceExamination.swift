import Fetching
import Foundation
import TallyModel

/// Asks every source once, and holds the servers' clocks against this machine's.
struct SourceExamination {
    let settings: Settings

    /// The time that each has, in seconds.
    private static let timeoutSeconds: Double = 10
    /// The most that two clocks may differ: receivers of webhooks refuse what is five minutes old.
    private static let skewSeconds: Double = 60

    func findings() async -> [Finding] {
        let configuration = settings.fetching
        let fetcher = Fetcher(configuration: configuration)
        let findings = await withTaskGroup(of: (Int, [Finding]).self) { group in
            for (place, source) in settings.sources.enumerated() {
                group.addTask { (place, await self.findings(of: source, fetcher)) }
            }
            var all = [[Finding]](repeating: [], count: settings.sources.count)
            for await (place, found) in group {
                all[place] = found
            }
            return all.flatMap { $0 }
        }
        await fetcher.close()
        return findings
    }

    private func findings(of source: Source, _ client: any HTTPClient) async -> [Finding] {
        let subject = "source \(source.name)"
        guard source.url.hasPrefix("http") else {
            let path = LocalDocuments.path(ofFileURL: source.url) ?? source.url
            guard FileManager.default.isReadableFile(atPath: path) else {
                return [.error(subject, "\(path) cannot be read", "make it readable for the daemon's user")]
            }
            return [.ok(subject, "\(path) can be read")]
        }
        var request = FetchRequest(url: source.url)
        request.timeoutSeconds = Self.timeoutSeconds
        request.cutsBody = true
        do {
            let response = try await client.send(request)
            var findings: [Finding] = [
                (200..<300).contains(response.status)
                    ? .ok(subject, "answers with HTTP status \(response.status)")
                    : .error(
                        subject,
                        "answers with HTTP status \(response.status)",
                        "look at its URL with a browser"
                    )
            ]
            if let skew = response.clockSkewSeconds(now: Date()), abs(skew) > Self.skewSeconds {
                let text = "its clock and this machine's differ by \(Int(abs(skew))) s"
                findings.append(
                    .warning("clock", "\(subject): \(text)", "timedatectl set-ntp true, if it is this one")
                )
            }
            return findings
        } catch {
            return [.error(subject, error.description, "tallywatch feed \(source.url) says more")]
        }
    }
}
