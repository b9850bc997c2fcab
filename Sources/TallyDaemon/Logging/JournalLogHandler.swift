import CSystemd
import Foundation
public import Logging
import TallyModel

/// Writes log lines to the systemd journal with their level and their metadata as fields (`TALLYWATCH_SOURCE=…`).
public struct JournalLogHandler: LogHandler {
    /// What every line bears.
    public var metadata: Logger.Metadata = [:]
    /// The least level that is written.
    public var logLevel = Logger.Level.info

    /// Creates a handler.
    public init() {}

    /// Whether standard error leads to the journal: then lines can bear fields (systemd.exec(5), `$JOURNAL_STREAM`).
    public static var isConnected: Bool {
        var status = stat()
        guard let text = ProcessInfo.processInfo.environment["JOURNAL_STREAM"],
            fstat(STDERR_FILENO, &status) == 0
        else { return false }
        return text == "\(status.st_dev):\(status.st_ino)"
    }

    /// What a line bears of its own.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Hands one line to the journal.
    public func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        Self.send(Self.fields(level: event.level, message: "\(event.message)", metadata: all))
    }

    /// The fields of a line (systemd.journal-fields(7)).
    ///
    /// Messages are constants, so each has a `MESSAGE_ID` of its own that `journalctl` and the catalogue know it by.
    static func fields(level: Logger.Level, message: String, metadata: Logger.Metadata) -> [String] {
        let pairs = metadata.sorted { $0.key < $1.key }
        let words = pairs.map { " \($0.key)=\($0.value)" }.joined()
        let id = Identifier.digest(of: "tallywatch \(message)".utf8).prefix(32)
        return [
            "MESSAGE=\(message)\(words)", "PRIORITY=\(priority(of: level))", "SYSLOG_IDENTIFIER=tallywatch",
            "MESSAGE_ID=\(id)",
        ] + pairs.map { "TALLYWATCH_\(fieldName($0.key))=\($0.value)" }
    }

    /// The levels of syslog(3).
    private static func priority(of level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    private static func fieldName(_ key: String) -> String {
        String(
            key.uppercased().unicodeScalars.map {
                ("A"..."Z").contains($0) || ("0"..."9").contains($0) ? Character($0) : "_"
            }
        )
    }

    private static func send(_ fields: [String]) {
        let bytes = fields.map { Array($0.utf8) }
        let buffers = bytes.map { field in
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: field.count, alignment: 1)
            buffer.copyBytes(from: field)
            return buffer
        }
        defer { buffers.forEach { $0.deallocate() } }
        let vectors = buffers.map { iovec(iov_base: $0.baseAddress, iov_len: $0.count) }
        // A negative result means that the journal cannot be reached; there is nobody else to tell.
        _ = sd_journal_sendv(vectors, Int32(vectors.count))
    }
}
