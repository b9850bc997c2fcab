public import Logging
import Synchronization

/// A log handler that keeps its lines for a test to read.
public final class LogRecorder: Sendable {
    private let kept = Mutex<[String]>([])

    /// Creates an empty recorder.
    public init() {}

    /// The lines so far: level, message and metadata.
    public var lines: [String] { kept.withLock { $0 } }

    /// A logger that writes to this recorder.
    public var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(recorder: self) }
        logger.logLevel = .debug
        return logger
    }

    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.debug

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let pairs = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            recorder.kept.withLock { lines in
                lines.append(([event.level.rawValue, "\(event.message)"] + pairs).joined(separator: " "))
            }
        }
    }
}
