import Delivering
import Foundation
import TallyModel
import Testing

@Suite struct RouterTests {
    let sinks: [any Sink] = [
        ScriptedSink(name: "log"), ScriptedSink(name: "chat", takesGroups: true), ScriptedSink(name: "duty"),
    ]
    let alert = Samples.contradiction()

    private func sinks(of alert: Alert, _ routes: [Route], source: String = "wire") -> [String] {
        Router(sinks: sinks, routes: routes).deliveries(of: [alert], source: source, at: Samples.now).map(
            \.sink
        )
    }

    @Test("without routes every sink gets every alert")
    func everything() {
        #expect(sinks(of: alert, []) == ["log", "chat", "duty"])
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let change: @Sendable (inout Route) -> Void
        let takes: Bool
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "its watch", change: { $0.watches = ["roads"] }, takes: true),
        Case(name: "another watch", change: { $0.watches = ["wars"] }, takes: false),
        Case(name: "its type", change: { $0.types = [.contradicted, .new] }, takes: true),
        Case(name: "another type", change: { $0.types = [.new] }, takes: false),
        Case(name: "its severity", change: { $0.severities = [.critical] }, takes: true),
        Case(name: "another severity", change: { $0.severities = [.info, .warning] }, takes: false),
        Case(name: "its source", change: { $0.sources = ["wire"] }, takes: true),
        Case(name: "another source", change: { $0.sources = ["post"] }, takes: false),
    ]

    @Test(
        "a route takes what all of its conditions take; a sink that it does not name gets everything",
        arguments: cases
    )
    func conditions(_ sample: Case) {
        var route = Route(sinks: ["duty"])
        sample.change(&route)
        #expect(sinks(of: alert, [route]) == ["log", "chat"] + (sample.takes ? ["duty"] : []))
    }

    @Test("the first route that takes an alert is the last, unless it continues")
    func firstWins() {
        var first = Route(sinks: ["duty"])
        let second = Route(sinks: ["chat"])
        #expect(sinks(of: alert, [first, second]) == ["log", "duty"])
        first.continues = true
        #expect(sinks(of: alert, [first, second]) == ["log", "duty", "chat"])
    }

    @Test("an article's alerts leave together at once, a story's are gathered; a log gets each by itself")
    func grouping() throws {
        var route = Route(sinks: ["chat", "log"])
        route.grouping = .article
        var planned = Router(sinks: sinks, routes: [route]).deliveries(
            of: [alert],
            source: "",
            at: Samples.now
        )
        let chat = try #require(planned.first { $0.sink == "chat" })
        #expect(chat.group == "article article_Vale Post")
        #expect(chat.notBefore == Samples.now)
        #expect(planned.first { $0.sink == "log" }?.group == nil)
        route.grouping = .story
        planned = Router(sinks: sinks, routes: [route]).deliveries(of: [alert], source: "", at: Samples.now)
        let gathered = try #require(planned.first { $0.sink == "chat" })
        #expect(gathered.group == "story story_1")
        #expect(gathered.notBefore == Samples.now.addingTimeInterval(30))
    }

    @Test("what is muted goes to no sink, for as long as it is", arguments: Mute.Subject.allCases)
    func mutes(_ subject: Mute.Subject) {
        let values: [Mute.Subject: String] = [
            .figure: "figure_1", .story: "story_1", .watch: "roads", .source: "wire",
        ]
        let board = MuteBoard()
        let router = Router(sinks: sinks, routes: [], mutes: board)
        func count(_ seconds: Double) -> Int {
            router.deliveries(of: [alert], source: "wire", at: Samples.now.addingTimeInterval(seconds)).count
        }
        let until = Samples.now.addingTimeInterval(60)
        board.replace([Mute(subject: subject, value: "another", until: nil, note: nil)])
        #expect(count(0) == 3)
        board.replace([Mute(subject: subject, value: values[subject] ?? "", until: until, note: nil)])
        #expect(count(0) == 0)
        #expect(count(60) == 3)
    }

    @Test("quiet hours hold alerts until their end, not those that may not wait")
    func quiet() throws {
        let zone = try #require(TimeZone(identifier: "UTC"))
        // 2026-02-02 02:40 UTC, a Monday.
        var quiet = QuietHours(from: 22 * 60, to: 7 * 60, timeZone: zone)
        quiet.except = []
        var route = Route(sinks: ["chat"])
        route.quiet = quiet
        let router = Router(sinks: sinks, routes: [route])
        let chat = router.deliveries(of: [alert], source: "", at: Samples.now).first { $0.sink == "chat" }
        #expect(chat?.notBefore == Timestamp.date(from: "2026-02-02T07:00:00Z"))
        route.quiet?.except = [.critical]
        let urgent = Router(sinks: sinks, routes: [route]).deliveries(
            of: [alert],
            source: "",
            at: Samples.now
        )
        #expect(urgent.first { $0.sink == "chat" }?.notBefore == Samples.now)
    }

    @Test("quiet hours follow the wall clock, over midnight, on their days, and when the clocks change")
    func quietHours() throws {
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        var quiet = QuietHours(from: 22 * 60, to: 7 * 60, timeZone: berlin)
        func end(_ text: String) throws -> String? {
            quiet.end(at: try #require(Timestamp.date(from: text))).map(Timestamp.text(of:))
        }
        #expect(try end("2026-01-15T21:30:00Z") == "2026-01-16T06:00:00Z")
        #expect(try end("2026-01-15T20:30:00Z") == nil)
        #expect(try end("2026-01-16T05:59:00Z") == "2026-01-16T06:00:00Z")
        #expect(try end("2026-01-16T06:00:00Z") == nil)
        // The night of 28 to 29 March 2026 is an hour shorter.
        #expect(try end("2026-03-28T22:00:00Z") == "2026-03-29T05:00:00Z")
        quiet.days = [5]
        #expect(try end("2026-01-15T21:30:00Z") == nil)
        #expect(try end("2026-01-16T22:30:00Z") == "2026-01-17T06:00:00Z")
        quiet = QuietHours(from: 12 * 60, to: 13 * 60, timeZone: berlin)
        #expect(try end("2026-07-01T10:30:00Z") == "2026-07-01T11:00:00Z")
    }
}
