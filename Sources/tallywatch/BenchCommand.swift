import ArgumentParser
import Extracting
import Foundation
import TallyModel

/// Measures stages of the pipeline beside their limits.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure the speed and the memory of a stage.",
        subcommands: [
            BenchClaimsCommand.self, BenchCompareCommand.self, BenchDeliverCommand.self,
            BenchExtractCommand.self,
            BenchFeedsCommand.self,
            BenchPollCommand.self,
        ]
    )
}

struct BenchClaimsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claims",
        abstract: "Measure how many articles a second one core extracts the claims of.",
        discussion: """
            Each document of the folder is read once; then its claims are extracted over and over until the time is \
            over. The rate is given for articles of 600 words, and for the sentences of all of them.
            """
    )

    @Argument(help: "A folder of documents: HTML pages, plain texts, or articles as JSON.")
    var folder: String

    @Option(name: .long, help: "How many seconds to measure.")
    var seconds: Double = 5

    @OptionGroup var documents: DocumentOption
    @OptionGroup var output: JSONFlag

    func run() async throws {
        guard seconds > 0 else { throw Failure.configuration("--seconds: \(seconds) is not above 0") }
        let articles = try await articles()
        let extractor = ClaimExtractor()
        let words = articles.map { $0.text.split(whereSeparator: \.isWhitespace).count }.reduce(0, +)
        guard words > 0 else { throw Failure.failed("\(folder): the documents hold no words") }
        var claims = 0
        // The tables and the weights are read before the clock starts.
        for article in articles { claims += extractor.claims(in: article, readAt: nil).count }
        let clock = ContinuousClock()
        let start = clock.now
        let startOfWork = ProcessUsage.processorSeconds
        var rounds = 0
        while (clock.now - start) < .seconds(seconds) {
            for article in articles { _ = extractor.claims(in: article, readAt: nil) }
            rounds += 1
        }
        let work = ProcessUsage.processorSeconds - startOfWork
        try report(
            ClaimsBenchmark(
                articles: articles.count,
                words: words,
                claims: claims,
                rounds: rounds,
                processorSeconds: work,
                articlesOf600WordsPerSecond: Double(words * rounds) / 600 / work,
                peakMegabytes: ProcessUsage.peakMegabytes
            )
        )
    }
}

private struct ClaimsBenchmark: Encodable {
    let articles: Int
    let words: Int
    let claims: Int
    let rounds: Int
    let processorSeconds: Double
    let articlesOf600WordsPerSecond: Double
    let peakMegabytes: Double

    private enum CodingKeys: String, CodingKey {
        case articles, words, claims, rounds
        case processorSeconds = "processor_seconds"
        case articlesOf600WordsPerSecond = "articles_of_600_words_per_second"
        case peakMegabytes = "peak_megabytes"
    }
}

private extension BenchClaimsCommand {
    func articles() async throws -> [Article] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw Failure.failed("\(folder): \(error.localizedDescription)")
        }
        var articles: [Article] = []
        for name in names where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue
            else { continue }
            articles.append(try await documents.article(path))
        }
        guard !articles.isEmpty else { throw Failure.failed("\(folder): the folder holds no document") }
        return articles
    }

    func report(_ result: ClaimsBenchmark) throws {
        if output.json {
            try Output.json(result)
            return
        }
        func text(_ value: Double) -> String { String(format: "%.1f", value) }
        Output.line(
            "\(result.articles) articles, \(result.words) words, \(result.claims) claims, \(result.rounds) times"
        )
        Output.line(
            "\(text(result.articlesOf600WordsPerSecond)) articles of 600 words a second of one core (limit: 150)"
        )
        Output.line("\(text(result.peakMegabytes)) MB at the peak (limit: 150)")
    }
}
