public import ArgumentParser
import Foundation
import Storing
import TallyDaemon
public import TallyModel

struct DeliveriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries",
        abstract: "List alerts on their way to sinks, and those that were given up.",
        subcommands: [DeliveriesListCommand.self, DeliveriesReplayCommand.self],
        defaultSubcommand: DeliveriesListCommand.self
    )
}

/// Which deliveries are meant.
struct DeliveryOptions: ParsableArguments {
    @Option(name: .long, help: "Those to one sink.")
    var sink: String?

    @Option(
        name: .long,
        help:
            "Those of alerts raised since then: a day (2026-02-13), a time (RFC 3339), or an age such as 2d or 6h.",
        transform: Self.time
    )
    var since: Date?

    func selection(states: [Delivery.State], ids: [String]) -> DeliverySelection {
        var selection = DeliverySelection()
        selection.states = states
        selection.sink = sink
        selection.since = since
        selection.ids = ids
        return selection
    }

    @Sendable
    private static func time(_ text: String) throws -> Date {
        if let date = Timestamp.date(from: text) { return date }
        let units: [Character: Double] = ["m": 60, "h": 3600, "d": 86400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Double(text.dropLast()), count > 0
        else {
            throw ValidationError("\(text) is neither a time nor an age")
        }
        return Date().addingTimeInterval(-count * unit)
    }
}

extension Delivery.State: ExpressibleByArgument {}

struct DeliveriesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List deliveries, the newest first.",
        discussion: "Without --state those that are pending or were given up (abandoned) are listed."
    )

    @Option(name: .long, help: "pending, delivered, abandoned or cancelled; may be given several times.")
    var state: [Delivery.State] = []

    @Option(name: .long, help: "The most rows that are listed.")
    var limit = 100

    @Argument(help: "Numbers of deliveries or identifiers of alerts.")
    var ids: [String] = []

    @OptionGroup var selection: DeliveryOptions
    @OptionGroup var config: ConfigOption
    @OptionGroup var output: JSONFlag

    func run() async throws {
        let states = state.isEmpty && ids.isEmpty ? [.pending, .abandoned] : state
        let rows = try await config.readStore()
            .storedDeliveries(selection.selection(states: states, ids: ids), limit: limit)
        guard !output.json else { return try Output.json(rows) }
        for row in rows {
            let error = row.lastError.map { "  \($0)" } ?? ""
            let next = row.nextAttempt.map { "  next \(Timestamp.text(of: $0))" } ?? ""
            let purpose = row.purpose == .alert ? "" : "  \(row.purpose.rawValue)"
            Output.line(
                "\(row.id)  \(row.state.rawValue)  \(row.sink)  \(row.alert)  \(row.type)\(purpose)  "
                    + "\(row.attempts) attempts\(next)\(error)"
            )
        }
    }
}

struct DeliveriesReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Let deliveries leave anew, under the same identifiers.",
        discussion: """
            Without --state those that were given up are meant. A sink that was disabled (410) is used again. A \
            running daemon is asked to do it.
            """
    )

    @Option(name: .long, help: "pending, delivered, abandoned or cancelled; may be given several times.")
    var state: [Delivery.State] = []

    @Flag(name: .long, help: "Without a sink, a time or identifiers: all of them.")
    var all = false

    @Argument(help: "Numbers of deliveries or identifiers of alerts.")
    var ids: [String] = []

    @OptionGroup var selection: DeliveryOptions
    @OptionGroup var config: ConfigOption
    @OptionGroup var output: JSONFlag

    func validate() throws {
        let isNarrow = selection.sink != nil || selection.since != nil || !ids.isEmpty
        guard isNarrow || all else {
            throw ValidationError("Say which: identifiers, --sink, --since, or --all.")
        }
    }

    func run() async throws {
        let states = state.isEmpty ? [.abandoned] : state
        try await Person.say(.replay(selection.selection(states: states, ids: ids)), config, output)
    }
}
