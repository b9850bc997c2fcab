import ArgumentParser
import Foundation
import Parsing
import TallyDaemon
import TallyModel

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Add the feeds of an OPML file to the configuration's sources.",
        discussion: """
            Feeds that are there already are left out. The new file is checked whole before it takes the place of \
            the old one; a running daemon reads it on SIGHUP.
            """
    )

    @Argument(help: "The OPML file, or - for standard input.")
    var file: String

    @OptionGroup var documents: DocumentOption
    @OptionGroup var config: ConfigOption

    func run() async throws {
        let document = try await documents.load(file)
        let outlines: [OPMLOutline]
        do {
            outlines = try OPML.outlines(from: document.bytes)
        } catch {
            throw Failure.failed("\(file): \(error.description)")
        }
        let count: Int
        do {
            count = try SourceList.add(
                outlines.map { (name: $0.title, url: $0.url) },
                toConfigAt: config.config
            )
        } catch let error as SettingsError {
            throw Failure.configuration(error.description)
        }
        Output.line("\(config.config): \(count) sources added, \(outlines.count - count) were there already")
    }
}

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the configuration's sources as OPML to standard output."
    )

    @OptionGroup var config: ConfigOption

    func run() async throws {
        let outlines = try config.settings().sources.map { OPMLOutline(title: $0.name, url: $0.url) }
        Output.line(OPML.document(title: "Tallywatch sources", of: outlines))
    }
}
