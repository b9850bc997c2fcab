import ArgumentParser
import Fetching
import Foundation
import Storing
import TallyDaemon
import TallyModel

struct BenchPollCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "poll",
        abstract: "Poll every URL of a file once, as the daemon does, and tell what that took.",
        discussion: """
            Answers are parsed and their entries stored; no article is read. Validators and entries stay in the state \
            directory, so that a second call asks conditionally. Servers on the machine itself may be asked; rates \
            are not limited. The result is JSON on standard output.
            """
    )

    @Option(
        name: .long,
        help: "A file with one URL a line; empty lines and lines that begin with # are left out."
    )
    var urls: String

    @Option(name: .long, help: "The directory that keeps validators and entries for the next call.")
    var state: String

    @Option(name: .long, help: "Polls under way at once.")
    var transfers = 64

    @Option(
        name: .long,
        help: "A further private network that may be reached, in CIDR notation (repeatable)."
    )
    var allow: [String] = []

    @Option(name: .long, help: "A file of certificates to trust in place of the system's.")
    var cacert: String?

    func run() async throws {
        guard (1...1024).contains(transfers) else {
            throw Failure.configuration("--transfers: \(transfers) is not from 1 to 1024")
        }
        let bench = PollBench(
            urls: try wantedURLs(),
            directory: state,
            configuration: try fetching(),
            transfersAtOnce: transfers
        )
        let clock = ContinuousClock()
        let start = clock.now
        let result: PollBench.Result
        do {
            result = try await bench.run()
        } catch let error as StoringError {
            throw Failure.failed(error.description)
        }
        let seconds = (clock.now - start) / .seconds(1)
        let feeds = result.whole + result.unchanged + result.failed
        try Output.json(
            PollReport(
                feeds: feeds,
                whole: result.whole,
                unchanged: result.unchanged,
                failed: result.failed,
                entries: result.entries,
                seconds: seconds,
                feedsPerSecond: Double(feeds) / seconds,
                processorSeconds: ProcessUsage.processorSeconds,
                peakMegabytes: ProcessUsage.peakMegabytes
            )
        )
    }

    private func wantedURLs() throws -> [String] {
        let text: String
        do {
            text = try String(contentsOfFile: urls, encoding: .utf8)
        } catch {
            throw Failure.configuration("--urls: \(urls) cannot be read as UTF-8 text")
        }
        let lines = text.utf8.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map { line in
            var line = line.drop { $0 <= 32 }
            while let last = line.last, last <= 32 { line.removeLast() }
            return String(Substring(line))
        }
        return lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }
    }

    private func fetching() throws -> FetchConfiguration {
        var configuration = FetchConfiguration()
        configuration.certificateFile = cacert
        configuration.allowedNetworks = try (["127.0.0.0/8", "::1/128"] + allow).map { text in
            guard let range = NetworkRange(text) else {
                throw Failure.configuration("--allow: \(text) is no network such as 10.1.2.0/24")
            }
            return range
        }
        return configuration
    }
}

private struct PollReport: Encodable {
    let feeds: Int
    let whole: Int
    let unchanged: Int
    let failed: Int
    let entries: Int
    let seconds: Double
    let feedsPerSecond: Double
    let processorSeconds: Double
    let peakMegabytes: Double

    private enum CodingKeys: String, CodingKey {
        case feeds, failed, entries, seconds
        case whole = "status_200"
        case unchanged = "status_304"
        case feedsPerSecond = "feeds_per_second"
        case processorSeconds = "processor_seconds"
        case peakMegabytes = "peak_megabytes"
    }
}
