import ArgumentParser
import Foundation
import Storing
import TallyDaemon
import TallyModel

struct MuteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mute",
        abstract: "Silence a figure, a story, a watch or a source, for a while or until it may speak again.",
        discussion: """
            Its claims are still stored and compared. What is silenced for a while, and all but a figure, still raises \
            alerts, which are stored and go to no sink.
            """
    )

    @Argument(help: "The figure's identifier.")
    var figure: String?

    @Option(name: .long, help: "A story, by its identifier.")
    var story: String?

    @Option(name: .long, help: "A watch, by its name.")
    var watch: String?

    @Option(name: .long, help: "A source, by its name.")
    var source: String?

    @Option(name: .customLong("for"), help: "For how long: 30m, 8h, 7d.", transform: Self.seconds)
    var span: Double?

    @Option(name: .long, help: "Why.")
    var note: String?

    @Flag(name: .long, help: "Let it speak again.")
    var off = false

    @Flag(name: .long, help: "List what is silenced for a while, and stories, watches and sources.")
    var list = false

    @OptionGroup var config: ConfigOption
    @OptionGroup var output: JSONFlag

    func validate() throws {
        let count = [figure, story, watch, source].compactMap { $0 }.count
        guard count == (list ? 0 : 1) else {
            throw ValidationError("Say one: a figure, --story, --watch, --source, or --list alone.")
        }
    }

    func run() async throws {
        guard !list else { return try await printList() }
        let (subject, value) = try subject()
        guard subject != .figure || span != nil || off else {
            return try await Person.say(.mute(figure: value, isMuted: true), config, output)
        }
        if off {
            try await Person.say(.unsilence(subject, value), config, output)
        } else {
            let until = span.map { Date().addingTimeInterval($0) }
            let mute = Mute(subject: subject, value: value, until: until, note: note)
            try await Person.say(.silence(mute), config, output)
        }
    }

    private func subject() throws -> (Mute.Subject, String) {
        if let figure { return (.figure, figure) }
        if let story { return (.story, story) }
        let settings = try config.settings()
        if let watch {
            guard settings.watches.contains(where: { $0.name == watch }) else {
                throw Failure.failed("there is no watch \(watch)")
            }
            return (.watch, watch)
        }
        let name = source ?? ""
        guard settings.sources.contains(where: { $0.name == name }) else {
            throw Failure.failed("there is no source \(name)")
        }
        return (.source, name)
    }

    private func printList() async throws {
        let mutes = try await config.readStore().mutes(at: Date())
        guard !output.json else { return try Output.json(mutes) }
        for mute in mutes {
            let until = mute.until.map { "until \(Timestamp.text(of: $0))" } ?? "until it may speak again"
            Output.line("\(mute.subject.rawValue)  \(mute.value)  \(until)  \(mute.note ?? "")")
        }
    }

    @Sendable
    private static func seconds(_ text: String) throws -> Double {
        let units: [Character: Double] = ["m": 60, "h": 3600, "d": 86400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Double(text.dropLast()), count > 0,
            count.isFinite
        else { throw ValidationError("\(text) is no span such as 30m, 8h or 7d") }
        return count * unit
    }
}
