import Foundation
import TallyModel

/// Prints alerts on standard output as people read them.
struct ConsoleSink: Sink {
    let name = "console"

    func deliver(_ delivery: Delivery) async -> DeliveryResult {
        do {
            let alert = try TallyJSON.decoder().decode(Alert.self, from: Data(delivery.body.utf8))
            try FileHandle.standardOutput.write(contentsOf: Data((AlertText.lines(of: alert) + "\n").utf8))
            return .delivered
        } catch {
            return .unavailable(reason: "standard output: \(error)")
        }
    }
}
