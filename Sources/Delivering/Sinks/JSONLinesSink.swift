import Dispatching
import Glibc
public import TallyModel

/// Appends alerts to a file, one JSON object a line, for people and programs that tail it.
///
/// Each line goes out in one `write(2)` with `O_APPEND` and is on the disk before its delivery counts as arrived. Lines
/// that a crash kept from being noted in the store are found in the file at the start, so that each stands there once.
/// The file is opened anew on ``reopen()`` and when its name leads to another file, as after a rotation by renaming;
/// one that was truncated is appended to; one that grows past ``LogConfiguration/maximumBytes`` is renamed to `.1`.
public actor JSONLinesSink: Sink {
    /// The sink's name.
    public nonisolated let name: String
    private let configuration: LogConfiguration
    private let executor: QueueExecutor
    private var descriptor: Int32
    /// Alerts that stood at the end of the file when the sink was made.
    private var known: Set<String>

    /// Lines that were written and may not be on the disk yet.
    private var unsynchronized: [CheckedContinuation<Result<Void, DeliveringError>, Never>] = []

    /// What is looked through for lines of before a crash, in bytes: far more than what can be in the air.
    private static let tailBytes = 1 << 20

    /// Opens the file, and makes it and its directory where they are missing.
    ///
    /// - Throws: ``DeliveringError/cannotOpen(path:reason:)``.
    public init(name: String, configuration: LogConfiguration) throws(DeliveringError) {
        self.name = name
        self.configuration = configuration
        executor = QueueExecutor(label: "tallywatch.log")
        descriptor = try LogFile.open(configuration.path)
        known = AlertLine.identifiers(in: LogFile.tail(of: configuration.path, bytes: Self.tailBytes))
    }

    /// Lines that share one writing out to the disk; they stand in the order of their making.
    public nonisolated var concurrency: Int { 32 }

    /// The queue that the file is written on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    deinit {
        close(descriptor)
    }

    /// Opens the file again under its name.
    ///
    /// - Throws: ``DeliveringError/cannotOpen(path:reason:)``; then the old file stays open.
    public func reopen() throws(DeliveringError) {
        let new = try LogFile.open(configuration.path)
        synchronizeAll()
        close(descriptor)
        descriptor = new
    }

    /// Appends one alert, unless a crash came between its line and the note that it is there.
    public func deliver(_ message: Message) async -> DeliveryResult {
        guard known.remove(message.id) == nil else { return .delivered }
        do {
            if LogFile.hasMoved(descriptor, from: configuration.path) { try reopen() }
            var line = try AlertLine.bytes(
                of: message,
                configuration.format,
                isColoured: isatty(descriptor) == 1
            )
            let size = LogFile.size(of: descriptor)
            if size > 0, size + line.count > configuration.maximumBytes { try rotate() }
            if LogFile.size(of: descriptor) == 0, configuration.format == .json { AlertLine.padFirst(&line) }
            try LogFile.append(line, to: descriptor, path: configuration.path)
            try await synchronize()
            return .delivered
        } catch let error as DeliveringError {
            return .unavailable(reason: error.description)
        } catch {
            return .refused(reason: "the alert cannot be written as a line: \(error)")
        }
    }

    /// Returns when what was written is on the disk; lines that were written meanwhile share the call.
    private func synchronize() async throws(DeliveringError) {
        let result = await withCheckedContinuation { continuation in
            unsynchronized.append(continuation)
            guard unsynchronized.count == 1 else { return }
            // Behind the lines that wait for their turn on the queue already.
            Task { self.synchronizeAll() }
        }
        try result.get()
    }

    private func synchronizeAll() {
        let waiting = unsynchronized
        unsynchronized = []
        let result = LogFile.synchronize(descriptor, path: configuration.path)
        for continuation in waiting { continuation.resume(returning: result) }
    }

    /// Renames the file to `.1`, the older ones on, and begins a new one.
    private func rotate() throws(DeliveringError) {
        let path = configuration.path
        for number in stride(from: configuration.keptFiles - 1, through: 1, by: -1) {
            rename("\(path).\(number)", "\(path).\(number + 1)")
        }
        guard configuration.keptFiles > 0 ? rename(path, "\(path).1") == 0 : unlink(path) == 0 else {
            throw .cannotWrite(path: path, reason: "it cannot be rotated: \(LogFile.lastError)")
        }
        try reopen()
    }
}
