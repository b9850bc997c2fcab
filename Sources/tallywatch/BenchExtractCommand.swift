import ArgumentParser
import Foundation
import Parsing
import TallyModel

struct BenchExtractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Measure how many pages a second one core turns into articles.",
        discussion: """
            The pages of the folder are read into memory; then their articles are extracted over and over until the \
            time is over, on one thread. The memory is the process's own peak without the pages that it holds.
            """
    )

    @Argument(help: "A folder of HTML pages.")
    var folder: String

    @Option(name: .long, help: "How many seconds to measure.")
    var seconds: Double = 5

    @OptionGroup var output: JSONFlag

    func run() throws {
        guard seconds > 0 else { throw Failure.configuration("--seconds: \(seconds) is not above 0") }
        let pages = try pages()
        let held = ProcessUsage.peakMegabytes
        let extractor = ArticleExtractor()
        // The tables are read before the clock starts.
        let texts = pages.map { extract($0, with: extractor) }
        let clock = ContinuousClock()
        let start = clock.now
        let startOfWork = ProcessUsage.processorSeconds
        var rounds = 0
        while clock.now - start < .seconds(seconds) {
            for page in pages { _ = extract(page, with: extractor) }
            rounds += 1
        }
        let work = ProcessUsage.processorSeconds - startOfWork
        let bytes = pages.map(\.count).reduce(0, +)
        try report(
            ExtractBenchmark(
                pages: pages.count,
                bytes: bytes,
                textBytes: texts.reduce(0, +),
                rounds: rounds,
                processorSeconds: work,
                pagesPerSecond: Double(pages.count * rounds) / work,
                megabytesPerSecond: Double(bytes * rounds) / 1_000_000 / work,
                pagesOf170KilobytesPerSecond: Double(bytes * rounds) / 170_000 / work,
                extractionMegabytes: max(0, ProcessUsage.peakMegabytes - held)
            )
        )
    }
}

private struct ExtractBenchmark: Encodable {
    let pages: Int
    let bytes: Int
    let textBytes: Int
    let rounds: Int
    let processorSeconds: Double
    let pagesPerSecond: Double
    let megabytesPerSecond: Double
    let pagesOf170KilobytesPerSecond: Double
    let extractionMegabytes: Double

    private enum CodingKeys: String, CodingKey {
        case pages, bytes, rounds
        case textBytes = "text_bytes"
        case processorSeconds = "processor_seconds"
        case pagesPerSecond = "pages_per_second"
        case megabytesPerSecond = "megabytes_per_second"
        case pagesOf170KilobytesPerSecond = "pages_of_170_kilobytes_per_second"
        case extractionMegabytes = "extraction_megabytes"
    }
}

private extension BenchExtractCommand {
    func pages() throws -> [[UInt8]] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw Failure.failed("\(folder): \(error.localizedDescription)")
        }
        var pages: [[UInt8]] = []
        for name in names where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue
            else {
                continue
            }
            do {
                pages.append(Array(try Data(contentsOf: URL(filePath: path))))
            } catch {
                throw Failure.failed("\(path): \(error.localizedDescription)")
            }
        }
        guard !pages.isEmpty else { throw Failure.failed("\(folder): the folder holds no page") }
        return pages
    }

    /// Returns the bytes of a page's article; 0 for what is no page.
    func extract(_ page: [UInt8], with extractor: ArticleExtractor) -> Int {
        // A file that is no page counts with the time that it takes to see that.
        let article = try? extractor.article(fromHTML: page, contentType: nil, url: "")
        return article?.text.utf8.count ?? 0
    }

    func report(_ result: ExtractBenchmark) throws {
        if output.json {
            try Output.json(result)
            return
        }
        func text(_ value: Double) -> String { String(format: "%.1f", value) }
        Output.line("\(result.pages) pages, \(result.bytes) bytes, \(result.rounds) times")
        Output.line(
            "\(text(result.pagesPerSecond)) pages and \(text(result.megabytesPerSecond)) MB a second of one core"
        )
        Output.line("\(text(result.pagesOf170KilobytesPerSecond)) pages of 170 KB a second (limit: 300)")
        Output.line("\(text(result.extractionMegabytes)) MB at the peak beside the pages (limit: 100)")
    }
}
