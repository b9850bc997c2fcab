import ArgumentParser
import Foundation
import TallyDaemon
import TallyModel

struct PinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Set a figure's baseline by hand; no claim moves it until it is released.",
        discussion: "With --best alone the baseline is that number. A running daemon is asked to do it."
    )

    @Argument(help: "The figure's identifier.")
    var figure: String

    @Option(name: .long, help: "The lower bound.", transform: Self.number)
    var low: Decimal?

    @Option(name: .long, help: "The number that is believed.", transform: Self.number)
    var best: Decimal?

    @Option(name: .long, help: "The upper bound.", transform: Self.number)
    var high: Decimal?

    @Option(name: .long, help: "Why.")
    var note: String?

    @Flag(name: .long, help: "Let claims move the baseline again.")
    var release = false

    @OptionGroup var config: ConfigOption
    @OptionGroup var output: JSONFlag

    func validate() throws {
        let hasBound = low != nil || best != nil || high != nil
        guard hasBound != release else {
            throw ValidationError("Give --low, --best or --high, or --release alone.")
        }
        if let low, let high, low > high { throw ValidationError("--low is above --high.") }
    }

    func run() async throws {
        let isPoint = low == nil && high == nil
        try await Person.say(
            .pin(
                figure: figure,
                low: isPoint ? best : low,
                best: best,
                high: isPoint ? best : high,
                note: note
            ),
            config,
            output
        )
    }

    @Sendable
    private static func number(_ text: String) throws -> Decimal {
        guard let number = DecimalText.number(text) else {
            throw ValidationError("\(text) is no number")
        }
        return number
    }
}

struct AcknowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "ack", abstract: "Mark an alert as seen.")

    @Argument(help: "The alert's identifier.")
    var alert: String

    @OptionGroup var config: ConfigOption
    @OptionGroup var output: JSONFlag

    func run() async throws {
        try await Person.say(.acknowledge(alert: alert), config, output)
    }
}

/// Brings a person's word to the store and tells what came of it.
enum Person {
    static func say(_ request: ControlRequest, _ config: ConfigOption, _ output: JSONFlag) async throws {
        let answer: ControlAnswer
        do {
            answer = try await ControlClient.send(request, settings: try config.settings())
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure.failed("\(error)")
        }
        guard answer.isDone else { throw Failure.failed(answer.message) }
        if output.json { try Output.json(answer) } else { Output.line(answer.message) }
    }
}
