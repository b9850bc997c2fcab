import ArgumentParser
import Foundation
import TallyDaemon

struct BenchDeliverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver",
        abstract: "Measure signed webhooks a second, and the way of an entry to the webhook.",
        discussion: """
            Alerts are stored in a temporary folder and delivered, signed and noted as arrived, to a receiver on the \
            loopback address. Then a daemon polls a site of this command's once a second while entries are published.
            """
    )

    @Option(name: .long, help: "Alerts that are delivered.")
    var alerts = 20_000

    @Option(name: .long, help: "Entries that are published; 0 for none.")
    var entries = 30

    @OptionGroup var output: JSONFlag

    func run() async throws {
        guard alerts > 0, entries >= 0 else { throw Failure.configuration("--alerts must be above 0") }
        let rate: DeliveryBenchmark.Result
        var latency: LatencyBenchmark.Result?
        do {
            rate = try await DeliveryBenchmark.run(alerts: alerts)
            if entries > 0 {
                latency = try await LatencyBenchmark.run(entries: entries, program: "/proc/self/exe")
            }
        } catch {
            throw Failure.failed("\(error)")
        }
        guard !output.json else { return try Output.json(Report(rate: rate, latency: latency)) }
        func text(_ value: Double) -> String { String(format: "%.1f", value) }
        Output.line(
            "\(rate.alerts) signed webhooks of \(rate.bodyBytes) bytes in \(text(rate.seconds)) s: "
                + "\(text(rate.perSecond)) a second (at least 2000), \(rate.repeated) repeated"
        )
        guard let latency else { return }
        Output.line(
            "entry visible to webhook received, polled every \(Int(latency.interval)) ms, \(latency.entries) entries: "
                + "p50 \(text(latency.visibleP50)) ms (at most \(Int(latency.interval) + 50)), "
                + "p99 \(text(latency.visibleP99)) ms; from the poll on p50 \(text(latency.polledP50)) ms"
        )
    }

    private struct Report: Encodable {
        let rate: DeliveryBenchmark.Result
        let latency: LatencyBenchmark.Result?
    }
}
