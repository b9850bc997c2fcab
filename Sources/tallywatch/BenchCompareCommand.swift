import ArgumentParser
import Foundation
import TallyDaemon

struct BenchCompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Measure how long a claim takes to be held against its baselines in a large store.",
        discussion: """
            A store in a temporary folder is filled with claims on invented stories. Then single claims are looked up \
            and compared, each of another story: the time is that from the store's answer to the comparison's.
            """
    )

    @Option(name: .long, help: "Claims in the store.")
    var claims = 1_000_000

    @Option(name: .long, help: "Claims that are looked up and compared.")
    var lookups = 2_000

    @OptionGroup var output: JSONFlag

    func run() async throws {
        guard claims > 0, lookups > 0 else {
            throw Failure.configuration("--claims and --lookups must be above 0")
        }
        let progress = Progress(of: "stories")
        let result: ComparisonBenchmark.Result
        do {
            result = try await ComparisonBenchmark.run(claims: claims, lookups: lookups) {
                progress.show($0, of: $1)
            }
        } catch {
            throw Failure.failed("\(error)")
        }
        progress.clear()
        guard !output.json else { return try Output.json(result) }
        func text(_ value: Double) -> String { String(format: "%.2f", value) }
        Output.line(
            "\(result.lookups) claims held against \(result.storedClaims) in \(result.stories) stories, \(result.met) met: "
                + "p50 \(text(result.p50)) ms, p99 \(text(result.p99)) ms (below 5)"
        )
    }
}
