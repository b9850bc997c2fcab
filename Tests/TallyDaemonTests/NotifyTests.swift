import Foundation
import Synchronization
import TallyModel
import TestSupport
import Testing

/// What systemd would be told, on a socket in its place.
@Suite(.timeLimit(.minutes(1))) struct NotifyTests {
    @Test("ready, status, watchdog, reloading with its time, ready again, stopping: in this order")
    func lifecycle() async throws {
        let site = Site()
        let desk = try await Desk(site)
        defer { desk.removeFiles() }
        let systemd = try NotifySocket(path: desk.storePath + ".notify")
        let process = try desk.start(
            ["run", "--config", desk.config],
            environment: ["NOTIFY_SOCKET": systemd.path, "WATCHDOG_USEC": "400000"]
        )
        try await desk.until { systemd.messages.contains("READY=1\nSTATUS=watching 1 sources") }
        try await desk.until { systemd.messages.contains("WATCHDOG=1") }
        try await desk.until { systemd.messages.contains { $0.hasPrefix("STATUS=1 sources, ") } }
        kill(process.processIdentifier, SIGHUP)
        try await desk.until { systemd.messages.contains { $0.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") } }
        try await desk.until { systemd.messages.count { $0.hasPrefix("READY=1") } == 2 }
        process.terminate()
        try await desk.until { !process.isRunning }
        #expect(process.terminationStatus == 0)
        try await desk.until { systemd.messages.contains("STOPPING=1\nSTATUS=stopping") }
        await desk.close()
    }

    @Test("a stage that is stuck stops the watchdog and is named, until it gets further")
    func stuckStage() async throws {
        let site = Site()
        let desk = try await Desk(site)
        defer { desk.removeFiles() }
        let systemd = try NotifySocket(path: desk.storePath + ".notify")
        let process = try desk.start(
            ["run", "--config", desk.config],
            errors: desk.errorPath,
            environment: ["NOTIFY_SOCKET": systemd.path, "WATCHDOG_USEC": "1000000"]
        )
        try await desk.until { systemd.messages.contains("WATCHDOG=1") }
        // Whoever holds every lock of the store's index keeps the daemon from reading it.
        let lock = try StoreIndexLock(storePath: desk.storePath)
        try await desk.until {
            systemd.messages.contains { $0.contains("NO ANSWER: ") && $0.contains("store") }
        }
        let fed = systemd.messages.count { $0 == "WATCHDOG=1" }
        try await Task.sleep(for: .seconds(3))
        #expect(systemd.messages.count { $0 == "WATCHDOG=1" } == fed)
        #expect(desk.errors().contains("the watchdog is not fed"))
        lock.release()
        try await desk.until { systemd.messages.count { $0 == "WATCHDOG=1" } > fed }
        #expect(desk.errors().contains("stage gets further again"))
        process.terminate()
        try await desk.until { !process.isRunning }
        await desk.close()
    }
}

/// Every lock of SQLite's shared index of the write-ahead log (<https://www.sqlite.org/walformat.html#locks>).
private struct StoreIndexLock {
    private let descriptor: Int32

    init(storePath: String) throws {
        descriptor = open("\(storePath)-shm", O_RDWR | O_CLOEXEC)
        // Bytes 120 to 127; the wait for whoever holds one is short.
        var lock = flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 120, l_len: 8, l_pid: 0)
        guard descriptor >= 0, fcntl(descriptor, F_SETLKW, &lock) == 0 else { throw POSIXError(.EAGAIN) }
    }

    func release() {
        close(descriptor)
    }
}

/// A datagram socket as systemd's (sd_notify(3)).
private final class NotifySocket: Sendable {
    let path: String
    private let received = Mutex<[String]>([])

    var messages: [String] { received.withLock { $0 } }

    init(path: String) throws {
        self.path = path
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard descriptor >= 0, result == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        Thread.detachNewThread { [self] in
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                guard count > 0 else { return }
                let text = String(decoding: buffer[..<count], as: UTF8.self)
                received.withLock { $0.append(text) }
            }
        }
    }
}
