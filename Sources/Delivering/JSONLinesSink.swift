import Dispatching
import Glibc
public import TallyModel

/// Appends alerts to a file, one JSON object a line, for people and programs that tail it.
///
/// Each line goes out in one `write(2)` with `O_APPEND`. A delivery that was begun before a crash is looked for in the
/// file first, so that it stands there once. The file is opened anew on ``reopen()`` and when its name leads to another
/// file, as after a rotation by renaming.
public actor JSONLinesSink: Sink {
    /// The sink's name.
    public nonisolated let name: String
    private let path: String
    private let executor: QueueExecutor
    private var descriptor: Int32

    /// What is looked through for lines of before a crash, in bytes: far more than what can be in the air.
    private static let tailBytes = 1 << 20

    /// Opens the file, and makes it and its directory where they are missing.
    ///
    /// - Throws: ``DeliveringError/cannotOpen(path:reason:)``.
    public init(name: String, path: String) throws(DeliveringError) {
        self.name = name
        self.path = path
        executor = QueueExecutor(label: "tallywatch.log")
        descriptor = try Self.open(path)
    }

    /// The queue that the file is written on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    deinit {
        close(descriptor)
    }

    /// Opens the file again under its name.
    ///
    /// - Throws: ``DeliveringError/cannotOpen(path:reason:)``; then the old file stays open.
    public func reopen() throws(DeliveringError) {
        let new = try Self.open(path)
        close(descriptor)
        descriptor = new
    }

    /// Appends one alert, unless a crash came between its line and the note that it is there.
    public func deliver(_ delivery: Delivery) -> DeliveryResult {
        do {
            if hasMoved { try reopen() }
            if delivery.attempts > 0, Self.tail(of: path).contains(line(of: delivery)) { return .delivered }
            try append(line(of: delivery))
            return .delivered
        } catch {
            return .unavailable(reason: error.description)
        }
    }
}

extension JSONLinesSink {
    private func line(of delivery: Delivery) -> [UInt8] {
        Array(delivery.body.utf8) + [UInt8(ascii: "\n")]
    }

    /// Whether the name leads to another file than the open one, or to none.
    private var hasMoved: Bool {
        var open = stat()
        var named = stat()
        guard fstat(descriptor, &open) == 0, stat(path, &named) == 0 else { return true }
        return open.st_ino != named.st_ino || open.st_dev != named.st_dev
    }

    /// Writes a line whole; one that the disk took only a part of is cut off again.
    private func append(_ line: [UInt8]) throws(DeliveringError) {
        let start = lseek(descriptor, 0, SEEK_END)
        let count = write(descriptor, line, line.count)
        guard count != line.count else { return }
        let reason = count < 0 ? Self.lastError : "the disk took \(count) of \(line.count) bytes"
        if count > 0, start >= 0 { ftruncate(descriptor, start) }
        throw .cannotWrite(path: path, reason: reason)
    }

    private static func open(_ path: String) throws(DeliveringError) -> Int32 {
        try makeDirectory(of: path)
        let descriptor = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: lastError) }
        // A line that a crash cut short is ended, so that the next one stands alone.
        if let last = tail(of: path).last, last != UInt8(ascii: "\n") {
            _ = write(descriptor, "\n", 1)
        }
        return descriptor
    }

    private static func makeDirectory(of path: String) throws(DeliveringError) {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let directory = String(path[..<slash])
        guard mkdir(directory, 0o755) != 0, errno != EEXIST else { return }
        guard errno == ENOENT else { throw .cannotOpen(path: path, reason: lastError) }
        try makeDirectory(of: directory)
        guard mkdir(directory, 0o755) == 0 else { throw .cannotOpen(path: path, reason: lastError) }
    }

    private static func tail(of path: String) -> [UInt8] {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        let size = lseek(descriptor, 0, SEEK_END)
        var bytes = [UInt8](repeating: 0, count: min(max(Int(size), 0), tailBytes))
        let count = pread(descriptor, &bytes, bytes.count, off_t(Int(size) - bytes.count))
        return Array(bytes.prefix(max(count, 0)))
    }

    private static var lastError: String { String(cString: strerror(errno)) }
}
