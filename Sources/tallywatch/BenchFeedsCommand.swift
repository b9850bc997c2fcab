import ArgumentParser
import Foundation
import Parsing
import TallyModel

struct BenchFeedsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feeds",
        abstract: "Measure how many feeds a second one core parses.",
        discussion:
            "Each file of the folder is read once; then all are parsed over and over until the time is over."
    )

    @Argument(help: "A folder of feeds.")
    var folder: String

    @Option(name: .long, help: "How many seconds to measure.")
    var seconds: Double = 5

    func run() async throws {
        guard seconds > 0 else { throw Failure.configuration("--seconds: \(seconds) is not above 0") }
        let feeds = try documents()
        let parser = FeedParser()
        let bytes = feeds.reduce(0) { $0 + $1.count }
        var entries = 0
        var refused = 0
        for feed in feeds {
            do {
                entries += try parser.feed(from: feed, contentType: nil, url: "").entries.count
            } catch {
                refused += 1
            }
        }
        let clock = ContinuousClock()
        let start = clock.now
        let work = ProcessUsage.processorSeconds
        var rounds = 0
        while clock.now - start < .seconds(seconds) {
            // What is no feed is refused as fast as it can be, and counts.
            for feed in feeds { _ = try? parser.feed(from: feed, contentType: nil, url: "") }
            rounds += 1
        }
        let spent = ProcessUsage.processorSeconds - work
        try Output.json(
            FeedsBenchmark(
                feeds: feeds.count,
                refused: refused,
                bytes: bytes,
                entries: entries,
                rounds: rounds,
                processorSeconds: spent,
                feedsPerSecond: Double(feeds.count * rounds) / spent,
                megabytesPerSecond: Double(bytes * rounds) / spent / 1e6,
                peakMegabytes: ProcessUsage.peakMegabytes
            )
        )
    }

    private func documents() throws -> [[UInt8]] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw Failure.failed("\(folder): \(error.localizedDescription)")
        }
        let files = names.filter { !$0.hasPrefix(".") }.map { "\(folder)/\($0)" }
        let feeds = files.compactMap { FileManager.default.contents(atPath: $0).map(Array.init) }
        guard !feeds.isEmpty else { throw Failure.failed("\(folder): the folder holds no feed") }
        return feeds
    }
}

private struct FeedsBenchmark: Encodable {
    let feeds: Int
    let refused: Int
    let bytes: Int
    let entries: Int
    let rounds: Int
    let processorSeconds: Double
    let feedsPerSecond: Double
    let megabytesPerSecond: Double
    let peakMegabytes: Double

    private enum CodingKeys: String, CodingKey {
        case feeds, refused, bytes, entries, rounds
        case processorSeconds = "processor_seconds"
        case feedsPerSecond = "feeds_per_second"
        case megabytesPerSecond = "megabytes_per_second"
        case peakMegabytes = "peak_megabytes"
    }
}
