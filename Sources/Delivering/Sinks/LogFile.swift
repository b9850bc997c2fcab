import Glibc

/// The calls on the alert log's file.
enum LogFile {
    static func open(_ path: String) throws(DeliveringError) -> Int32 {
        try makeDirectory(of: path)
        let descriptor = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o640)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: lastError) }
        // A line that a crash of the machine cut short is ended, so that the next one stands alone.
        if let last = tail(of: path, bytes: 1).last, last != UInt8(ascii: "\n") {
            _ = write(descriptor, "\n", 1)
        }
        return descriptor
    }

    /// Whether the name leads to another file than the open one, or to none.
    static func hasMoved(_ descriptor: Int32, from path: String) -> Bool {
        var open = stat()
        var named = stat()
        guard fstat(descriptor, &open) == 0, stat(path, &named) == 0 else { return true }
        return open.st_ino != named.st_ino || open.st_dev != named.st_dev
    }

    /// The size in bytes; 0 for what has none.
    static func size(of descriptor: Int32) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return 0 }
        return Int(status.st_size)
    }

    /// Writes a line whole; one that the disk took only a part of is cut off again.
    static func append(_ line: [UInt8], to descriptor: Int32, path: String) throws(DeliveringError) {
        let start = lseek(descriptor, 0, SEEK_END)
        let count = write(descriptor, line, line.count)
        guard count == line.count else {
            let reason = count < 0 ? lastError : "the disk took \(count) of \(line.count) bytes"
            if count > 0, start >= 0 { ftruncate(descriptor, start) }
            throw .cannotWrite(path: path, reason: reason)
        }
    }

    /// Writes out what was appended; pipes and terminals have nothing to be written out.
    static func synchronize(_ descriptor: Int32, path: String) -> Result<Void, DeliveringError> {
        guard fdatasync(descriptor) == 0 || errno == EINVAL || errno == EROFS else {
            return .failure(.cannotWrite(path: path, reason: lastError))
        }
        return .success(())
    }

    /// The last bytes of a regular file; none of anything else.
    static func tail(of path: String, bytes limit: Int) -> [UInt8] {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        let size = size(of: descriptor)
        var bytes = [UInt8](repeating: 0, count: min(size, limit))
        let count = pread(descriptor, &bytes, bytes.count, off_t(size - bytes.count))
        return Array(bytes.prefix(max(count, 0)))
    }

    static var lastError: String { String(cString: strerror(errno)) }

    private static func makeDirectory(of path: String) throws(DeliveringError) {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let directory = String(path[..<slash])
        guard mkdir(directory, 0o755) != 0, errno != EEXIST else { return }
        guard errno == ENOENT else {
            // A directory of the root that may not be made may be there already.
            guard access(directory, F_OK) != 0 else { return }
            throw .cannotOpen(path: path, reason: lastError)
        }
        try makeDirectory(of: directory)
        guard mkdir(directory, 0o755) == 0 else { throw .cannotOpen(path: path, reason: lastError) }
    }
}
