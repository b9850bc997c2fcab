import Delivering
import Fetching
import Foundation
import TallyModel

/// Sends each sink a message that says that it is a test.
struct SinkTest {
    let settings: Settings

    func findings() async -> [Finding] {
        let configuration = settings.delivering
        let fetcher = Fetcher(configuration: configuration)
        let clients = SinkClients(http: fetcher, mail: Mailer(configuration: configuration))
        var findings: [Finding] = []
        do {
            // A line in the log would be taken for an alert by whoever tails it.
            let sinks = try Sinks(services: settings.alerts, clients: clients)
            for sink in sinks.all {
                guard !settings.alerts.withheldSinks.contains(sink.name) else {
                    let advice = "deliveries --sink \(sink.name) says what becomes of its alerts"
                    findings.append(.warning("sink \(sink.name)", "only the service has its secret", advice))
                    continue
                }
                findings.append(await finding(of: sink))
            }
            if sinks.all.isEmpty { findings.append(.ok("sinks", "there is none that a test can be sent to")) }
        } catch {
            findings.append(.error("sinks", "\(error)", "tallywatch check says more"))
        }
        await fetcher.close()
        return findings
    }

    private func finding(of sink: any Sink) async -> Finding {
        let subject = "sink \(sink.name)"
        do {
            let alert = Self.alert
            let delivery = try Self.delivery(of: alert, to: sink.name)
            switch await sink.deliver(Message(delivery)) {
            case .delivered:
                if sink.followsAcknowledgements {
                    // The test must not stay open at an alert router.
                    var end = delivery
                    end.purpose = .acknowledged
                    _ = await sink.deliver(Message(end))
                }
                return .ok(subject, "it took a test message, \(alert.id)")
            case .unavailable(let reason), .failed(let reason, _), .refused(let reason), .gone(let reason):
                return .error(subject, "it did not take a test message: \(reason)", Self.advice(on: reason))
            }
        } catch {
            return .error(subject, "\(error)", "report this")
        }
    }

    private static func advice(on reason: String) -> String {
        let table = [
            ("network.allow", "list its network in network.allow"),
            ("401", "look at its secret or token"), ("403", "look at its secret or token"),
            ("404", "look at its url"), ("410", "it was removed at the service: make a new one"),
            (
                "trusted connection",
                "its certificate is not trusted here: look at its url and the machine's CA certificates"
            ),
        ]
        return table.first { reason.contains($0.0) }?.1 ?? "try again, then look at the service itself"
    }

    private static var alert: Alert {
        var details = Alert.Details(
            severity: .info,
            reason: "This is a test of tallywatch doctor; nothing has happened."
        )
        details.source = Alert.SourceReference(name: "tallywatch doctor", url: "")
        let id = Identifier.derived("alert_", from: ["test", UUID().uuidString])
        return Alert(id: id, type: .sourceFailing, timestamp: Date(), data: details)
    }

    private static func delivery(of alert: Alert, to sink: String) throws -> Delivery {
        Delivery(
            id: 0,
            alertID: alert.id,
            type: alert.type,
            sink: sink,
            body: try TallyJSON.text(of: alert),
            createdAt: alert.timestamp
        )
    }
}
