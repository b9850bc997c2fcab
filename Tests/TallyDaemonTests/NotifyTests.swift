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
        let systemd = try NotifySocket()
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
}

/// A datagram socket as systemd's (sd_notify(3)).
private final class NotifySocket: Sendable {
    let path: String
    private let received = Mutex<[String]>([])

    var messages: [String] { received.withLock { $0 } }

    init() throws {
        path = "/tmp/tally-notify-\(UUID().uuidString.prefix(8))"
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

    deinit {
        unlink(path)
    }
}
