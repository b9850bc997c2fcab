import ArgumentParser
import Foundation
import Storing
import TallyDaemon
import TallyModel

struct FiguresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "figures",
        abstract: "List the figures, or show one with its whole history.",
        subcommands: [FigureList.self, FigureShow.self],
        defaultSubcommand: FigureList.self
    )
}

struct FigureList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the figures, the newest first."
    )

    @Option(name: .long, help: "The identifier of the story whose figures are listed.")
    var story: String?

    @Option(name: .long, help: "The most rows that are listed.")
    var limit = 100

    @OptionGroup var config: ConfigOption
    @OptionGroup var output: JSONFlag

    func run() async throws {
        let figures = try await config.readStore().storedFigures(ofStory: story, limit: limit)
        guard !output.json else { return try Output.json(figures.map { FigureRow($0, story: nil) }) }
        for figure in figures {
            Output.line("\(figure.id)  \(BaselineText.line(of: figure))  \(figure.label)")
        }
    }
}

struct FigureShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a figure's history: who said what when, and how the baseline moved and why."
    )

    @Argument(help: "The figure's identifier.")
    var id: String

    @OptionGroup var config: ConfigOption
    @OptionGroup var output: JSONFlag

    func run() async throws {
        let store = try config.readStore()
        guard let figure = try await store.figure(id) else {
            throw Failure.failed("there is no figure \(id)")
        }
        let story = try await store.story(figure.storyID)
        let alerts = try await store.storedAlerts(ofFigure: id, limit: 1000)
        let moves = try await store.moves(ofFigure: id)
        guard !output.json else {
            return try Output.json(FigureRow(figure, story: story, moves: moves))
        }
        Output.line("\(figure.label)\nin the story “\(story?.title ?? "")”")
        Output.line("baseline  \(BaselineText.line(of: figure))")
        for standing in figure.claims {
            let sourced = standing.sourced
            let speaker = sourced.claim.attribution.map { ", citing \($0)" } ?? ""
            let mark = standing.isStanding ? "stands" : "superseded"
            let date = Timestamp.text(of: sourced.article.published)
            let interval = ClaimText.interval(sourced.claim.quantity)
            Output.line(
                "\n\(date)  \(interval)  \(standing.relation.rawValue), \(mark)  \(sourced.article.outlet)\(speaker)"
            )
            Output.line("    “\(sourced.claim.sentence)”  \(sourced.article.url)")
            if !sourced.alsoCarriedBy.isEmpty {
                Output.line("    also carried by \(sourced.alsoCarriedBy.joined(separator: ", "))")
            }
        }
        if !moves.isEmpty { Output.line("\nmoves of the baseline") }
        for stored in moves {
            let bounds = BaselineText.bounds(of: stored.move.after)
            Output.line("\n\(Timestamp.text(of: stored.movedAt))  \(bounds)  \(stored.move.cause.rawValue)")
            Output.line("    \(stored.move.reason)")
        }
        if !alerts.isEmpty { Output.line("\nalerts") }
        for alert in alerts.reversed() {
            let decoded = try TallyJSON.decoder().decode(Alert.self, from: Data(alert.body.utf8))
            Output.line(
                "\n\(Timestamp.text(of: decoded.timestamp))  \(decoded.type.rawValue): \(decoded.data.reason)"
            )
        }
    }
}

/// A baseline as people read it.
enum BaselineText {
    static func line(of figure: Figure) -> String {
        let baseline = figure.baseline
        let marks = [baseline.isPinned ? "pinned" : nil, figure.isMuted ? "muted" : nil, baseline.note]
            .compactMap { $0 }
        let text = "\(bounds(of: BaselineMove.Bounds(baseline)))  \(figure.unit)"
        return marks.isEmpty ? text : "\(text)  (\(marks.joined(separator: ", ")))"
    }

    static func bounds(of bounds: BaselineMove.Bounds) -> String {
        let words = [bounds.low, bounds.best, bounds.high].map { $0.map { "\($0)" } ?? "–" }
        return "low \(words[0])  best \(words[1])  high \(words[2])"
    }
}

private struct FigureRow: Encodable {
    struct HistoryRow: Encodable {
        let id: String
        let claim: Alert.ClaimInAlert
        let relation: Comparison.Relation
        let standing: Bool
        let alsoCarriedBy: [String]

        private enum CodingKeys: String, CodingKey {
            case id, claim, relation, standing, alsoCarriedBy = "also_carried_by"
        }
    }

    /// A move of the baseline; `claim` is the identifier of the claim in the history that made it.
    struct MoveRow: Encodable {
        let at: Date
        let cause: BaselineMove.Cause
        let reason: String
        let claim: String?
        let before: BaselineMove.Bounds?
        let after: BaselineMove.Bounds

        init(_ stored: StoredMove) {
            at = stored.movedAt
            cause = stored.move.cause
            reason = stored.move.reason
            claim = stored.move.claimID
            before = stored.move.before
            after = stored.move.after
        }

        private enum CodingKeys: String, CodingKey {
            case at, cause, reason, claim, before, after
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(at, forKey: .at)
            try container.encode(cause, forKey: .cause)
            try container.encode(reason, forKey: .reason)
            try container.encode(claim, forKey: .claim)
            try container.encode(before, forKey: .before)
            try container.encode(after, forKey: .after)
        }
    }

    let id: String
    let label: String
    let unit: String
    let story: Alert.StoryReference
    let cumulative: Bool
    let muted: Bool
    let baseline: Baseline
    let history: [HistoryRow]
    /// `nil`, and no key, in lists.
    let moves: [MoveRow]?

    init(_ figure: Figure, story: Story?, moves: [StoredMove]? = nil) {
        id = figure.id
        label = figure.label
        unit = figure.unit
        self.story = Alert.StoryReference(id: figure.storyID, title: story?.title ?? "")
        cumulative = figure.isCumulative
        muted = figure.isMuted
        baseline = figure.baseline
        history = figure.claims.map {
            HistoryRow(
                id: $0.sourced.id,
                claim: Alert.ClaimInAlert($0.sourced),
                relation: $0.relation,
                standing: $0.isStanding,
                alsoCarriedBy: $0.sourced.alsoCarriedBy
            )
        }
        self.moves = moves.map { $0.map(MoveRow.init) }
    }
}
