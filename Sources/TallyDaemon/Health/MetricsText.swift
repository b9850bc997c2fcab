import Delivering
import Foundation
import TallyModel

/// The text format of Prometheus, version 0.0.4
/// (<https://prometheus.io/docs/instrumenting/exposition_formats/>).
struct MetricsText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    /// Returns a report as metrics; labels are names of the configuration and bounded words.
    static func text(of report: ServiceReport, version: String) -> String {
        var metrics = MetricsText()
        metrics.add("tallywatch_build_info", .gauge, "The version.", [(["version": version], 1)])
        metrics.addDaemon(report)
        metrics.addDeliveries(report)
        metrics.addProcess(report)
        return metrics.text
    }

    private enum Kind: String {
        case counter, gauge
    }

    private mutating func add(
        _ name: String,
        _ kind: Kind,
        _ help: String,
        _ values: [([String: String], Double)]
    ) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for (labels, value) in values {
            let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }
            text +=
                name + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") + " \(Self.number(value))\n"
        }
    }

    private mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Int) {
        add(name, kind, help, [([:], Double(value))])
    }

    private mutating func addDaemon(_ report: ServiceReport) {
        let totals = report.totals
        add("tallywatch_sources", .gauge, "Configured sources.", totals.sources)
        add("tallywatch_sources_failing", .gauge, "Sources whose last poll failed.", report.failingSources)
        add("tallywatch_polls_total", .counter, "Polls since the start.", totals.polls)
        add("tallywatch_articles_total", .counter, "Articles read since the start.", totals.articles)
        add("tallywatch_claims_total", .counter, "Claims extracted since the start.", totals.claims)
        add("tallywatch_alerts_total", .counter, "Alerts raised since the start.", totals.alerts)
        add(
            "tallywatch_reload_failures_total",
            .counter,
            "Readings of the configuration that failed.",
            totals.failedReloads
        )
        add("tallywatch_polling", .gauge, "1 while sources are polled.", report.gateReason == nil ? 1 : 0)
        add("tallywatch_stages_silent", .gauge, "Stages that do not answer.", report.silentStages.count)
        add("tallywatch_store_size_bytes", .gauge, "The database's size.", report.storeBytes)
    }

    private mutating func addDeliveries(_ report: ServiceReport) {
        let sinks = report.outbox.sinks.sorted { $0.key < $1.key }
        func values(_ value: (OutboxCounts.SinkCounts) -> Double) -> [([String: String], Double)] {
            sinks.map { (["sink": $0.key], value($0.value)) }
        }
        let attempts = sinks.flatMap { name, counts in
            [
                (["sink": name, "result": "delivered"], Double(counts.delivered)),
                (["sink": name, "result": "failed"], Double(counts.failed)),
                (["sink": name, "result": "abandoned"], Double(counts.abandoned)),
            ]
        }
        add("tallywatch_deliveries_total", .counter, "What became of deliveries and attempts.", attempts)
        add(
            "tallywatch_delivery_attempt_seconds_total",
            .counter,
            "The time that all attempts took.",
            values(\.attemptSeconds)
        )
        add("tallywatch_deliveries_in_flight", .gauge, "Lanes at work.", values { Double($0.inFlight) })
        add("tallywatch_sink_failing", .gauge, "1 for a sink that fails.", values { $0.isFailing ? 1 : 0 })
        add(
            "tallywatch_sink_disabled",
            .gauge,
            "1 for a sink that wants no more.",
            values { $0.disabledReason == nil ? 0 : 1 }
        )
        let stored = report.deliveries.sorted { $0.key < $1.key }.flatMap { sink, states in
            states.sorted { $0.key.rawValue < $1.key.rawValue }.map { state, count in
                (["sink": sink, "state": state.rawValue], Double(count))
            }
        }
        add("tallywatch_stored_deliveries", .gauge, "Deliveries in the store.", stored)
        let ages = report.oldestPending.sorted { $0.key < $1.key }.map {
            (["sink": $0.key], max(report.now.timeIntervalSince($0.value), 0))
        }
        add("tallywatch_outbox_oldest_seconds", .gauge, "The age of the oldest pending delivery.", ages)
    }

    private mutating func addProcess(_ report: ServiceReport) {
        let start = report.startedAt.timeIntervalSince1970
        add("process_start_time_seconds", .gauge, "When the process started, since 1970.", [([:], start)])
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        let processor = seconds(usage.ru_utime) + seconds(usage.ru_stime)
        add("process_cpu_seconds_total", .counter, "Processor time.", [([:], processor)])
        if let memory = Self.residentBytes {
            add("process_resident_memory_bytes", .gauge, "Resident memory.", memory)
        }
    }

    /// The second number of statm(5), in pages.
    private static var residentBytes: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let numbers = text.split(separator: " ")
        return numbers.count > 1 ? Int(numbers[1]).map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) } : nil
    }

    private static func escaped(_ value: String) -> String {
        value.replacing(#"\"#, with: #"\\"#).replacing("\"", with: #"\""#).replacing("\n", with: #"\n"#)
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }
}
