import Delivering
import ArgumentParser
import TallyDaemon
import TallyModel

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Send recorded articles through the whole pipeline as if they had just arrived.",
        discussion: """
            The recording holds JSON lines {id, source, date, title, text}, plain or gzip; they run in order of \
            date through a store in memory. Alerts go to standard output, and to the configuration's sinks only \
            with --deliver.
            """
    )

    @Argument(help: "The recording.")
    var file: String

    @Flag(name: .long, help: "Hand the alerts to the configuration's sinks too.")
    var deliver = false

    @OptionGroup var config: ConfigOption
    @OptionGroup var log: LogOption
    @OptionGroup var output: JSONFlag

    func run() async throws {
        let settings = try config.settings(isForService: deliver)
        let articles: [RecordedArticle]
        do {
            articles = try RecordedArticle.read(path: file)
        } catch {
            throw Failure.failed(error.description)
        }
        var count = 0
        let progress = Progress(of: "articles")
        try await Replay(settings: settings, logger: log.logger()).run(
            articles,
            delivers: deliver,
            onArticle: { progress.show($0, of: articles.count) }
        ) { alert in
            count += 1
            progress.clear()
            if output.json {
                try Output.json(alert, isPretty: false)
            } else {
                Output.line(AlertText.lines(of: alert))
            }
        }
        progress.clear()
        Output.error("\(articles.count) articles, \(count) alerts")
    }
}
