import Foundation
import Storing
import TallyModel
import TestSupport
import Testing

/// Kills the daemon (SIGKILL) at random moments under load, then holds what arrived against what was committed.
///
/// `TALLYWATCH_KILLS` says how often; `make crash-test` says 300.
@Suite(.timeLimit(.minutes(30))) struct CrashTests {
    private static let kills = ProcessInfo.processInfo.environment["TALLYWATCH_KILLS"].flatMap(Int.init) ?? 12
    /// Alerts that are added to the outbox before each start, beside those of the articles.
    private static let alertsPerRound = 60
    /// The webhook's places: what may be in the air, and so be repeated, at one kill.
    private static let places = 16

    @Test("no kill loses an alert, gives one another identifier, tears a line or harms the store")
    func kills() async throws {
        let site = Site()
        let desk = try await Desk(site)
        defer { desk.removeFiles() }
        var generator = SystemRandomNumberGenerator()
        for round in 1...Self.kills {
            for number in 0..<2 {
                let count = 10 + round * 2 + number
                site.publish("/\(round)-\(number)", Self.page(count, outlet: "Outlet \(round)-\(number)"))
            }
            try await Self.fill(desk, round: round)
            // One answer in twenty is a failure.
            site.failEvery(20)
            let process = try desk.start(["run", "--config", desk.config])
            try await Task.sleep(for: .milliseconds(Int.random(in: 20...900, using: &generator)))
            kill(process.processIdentifier, SIGKILL)
            try await desk.until { !process.isRunning }
            #expect(process.terminationReason == .uncaughtSignal)
        }
        site.failEvery(nil)
        try await desk.makeDeliveriesDue()
        try await desk.runOnce()
        try await check(desk, site)
        await desk.close()
    }

    private func check(_ desk: Desk, _ site: Site) async throws {
        let store = try SQLiteStore(.file(path: desk.storePath))
        let alerts = try await store.storedAlerts(ofFigure: nil, limit: .max)
        let bodies = Dictionary(
            uniqueKeysWithValues: try alerts.map { (try Self.identifier(of: $0.body), $0.body) }
        )
        var pending = DeliverySelection()
        pending.states = [.pending, .abandoned, .cancelled]
        #expect(try await store.storedDeliveries(pending, limit: 10).isEmpty)
        #expect(try await store.integrityProblems() == [])
        try store.close()

        let lines = try desk.logLines()
        let logged = try lines.map(Self.identifier)
        #expect(Set(logged) == Set(bodies.keys), "the log holds every alert")
        #expect(logged.count == Set(logged).count, "the log holds each once")
        #expect(
            lines.allSatisfy { bodies[(try? Self.identifier(of: $0)) ?? ""] == $0 },
            "every line is whole"
        )

        let arrived = site.accepted
        #expect(Set(arrived.map(\.id)) == Set(bodies.keys), "every alert arrived under its own identifier")
        #expect(
            site.hooks.allSatisfy { bodies[$0.id] == $0.body },
            "every attempt bears the alert's own bytes"
        )
        let repeats = arrived.count - Set(arrived.map(\.id)).count
        #expect(repeats <= Self.kills * Self.places, "only what was in the air is repeated")
        print(
            "crash test: \(Self.kills) kills, \(bodies.count) alerts, all in the log once and at the webhook, "
                + "\(repeats) repeated under the same identifier, store intact"
        )
    }

    /// Commits alerts on ten figures' worth of lanes, as a reading does.
    private static func fill(_ desk: Desk, round: Int) async throws {
        let store = try SQLiteStore(.file(path: desk.storePath))
        try await store.hastenDeliveries(to: "desk", at: Date())
        for number in 0..<alertsPerRound {
            let name = "filler \(round) \(number)"
            var details = Alert.Details(severity: .info, reason: "filler “\(name)”, with “quotes” and é")
            details.source = Alert.SourceReference(name: name, url: "https://filler.example")
            let alert = Alert(
                id: Identifier.derived("alert_", from: [name]),
                type: .sourceFailing,
                timestamp: Date(),
                data: details
            )
            let deliveries = ["log", "desk"].map {
                PlannedDelivery(alertID: alert.id, sink: $0, notBefore: Date(), lane: "lane \(number % 10)")
            }
            let source = Source(name: name, url: "https://filler.example")
            try await store.save(
                SourceState(nextPollAt: Date()),
                of: source,
                alert: alert,
                deliveries: deliveries
            )
        }
        try store.close()
    }

    private static func identifier(of body: String) throws -> String {
        try TallyJSON.decoder().decode(Alert.self, from: Data(body.utf8)).id
    }

    private static func page(_ count: Int, outlet: String) -> String {
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bus overturns on the Corrie pass</title>
        <meta property="og:site_name" content="\(outlet)">
        <meta property="article:published_time" content="2026-04-02T07:00:00Z"></head><body><main><article>
        <h1>Bus overturns on the Corrie pass</h1><p>The Ardvale hospital said \(count) passengers were injured when the
        bus overturned on the Corrie pass on Thursday.</p></article></main></body></html>
        """
    }
}
