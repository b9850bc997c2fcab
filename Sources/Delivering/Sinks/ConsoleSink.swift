import Foundation
public import TallyModel

/// Prints alerts on standard output as people read them.
public struct ConsoleSink: Sink {
    /// The sink's name.
    public let name = "console"

    /// Creates the sink.
    public init() {}

    /// Prints one alert.
    public func deliver(_ message: Message) async -> DeliveryResult {
        do {
            let text = AlertText.lines(of: try message.first.alert(), isColoured: isatty(STDOUT_FILENO) == 1)
            try FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
            return .delivered
        } catch {
            return .unavailable(reason: "standard output: \(error)")
        }
    }
}
