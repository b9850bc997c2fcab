import Foundation
import Synchronization

/// A webhook receiver on 127.0.0.1 that costs as little as one can: a thread a connection, blocking, no HTTP library.
final class RawReceiver: Sendable {
    /// What has arrived.
    struct Arrival: Sendable {
        let id: String
        let at: ContinuousClock.Instant
    }

    let port: UInt16
    private let listener: Int32
    private let arrivals = Mutex<[Arrival]>([])

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && listen(descriptor, 128) == 0
                    && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard isListening else { throw POSIXError(.EADDRNOTAVAIL) }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { self.accept() }
    }

    var received: [Arrival] { arrivals.withLock { $0 } }

    /// Returns when an identifier other than those of before has arrived, or the time is over.
    func next(after count: Int, withinSeconds limit: Double) async -> Arrival? {
        let end = ContinuousClock.now + .seconds(limit)
        while ContinuousClock.now < end {
            if let arrival = arrivals.withLock({ $0.count > count ? $0[count] : nil }) { return arrival }
            // A cancelled wait ends with the loop.
            try? await Task.sleep(for: .milliseconds(1))
        }
        return nil
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func accept() {
        while true {
            let connection = Foundation.accept(listener, nil, nil)
            guard connection >= 0 else { break }
            Thread.detachNewThread {
                self.serve(connection)
                close(connection)
            }
        }
        close(listener)
    }

    private func serve(_ connection: Int32) {
        let answer = Array("HTTP/1.1 204 No Content\r\n\r\n".utf8)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            bytes += buffer[..<count]
            while let request = Self.request(in: bytes) {
                let arrival = Arrival(id: request.id, at: .now)
                arrivals.withLock { $0.append(arrival) }
                bytes.removeFirst(request.length)
                guard send(connection, answer, answer.count, Int32(MSG_NOSIGNAL)) == answer.count else {
                    return
                }
            }
        }
    }

    /// The first whole request of some bytes.
    private static func request(in bytes: [UInt8]) -> (id: String, length: Int)? {
        var place = 0
        while place + 4 <= bytes.count, bytes[place..<place + 4] != [13, 10, 13, 10] { place += 1 }
        guard place + 4 <= bytes.count else { return nil }
        var id = ""
        var length = 0
        for line in String(decoding: bytes[..<place], as: UTF8.self).split(separator: "\r\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let value = parts[1].trimmingCharacters(in: .whitespaces)
            switch parts[0].lowercased() {
            case "webhook-id": id = value
            case "content-length": length = Int(value) ?? 0
            default: break
            }
        }
        let end = place + 4 + length
        return bytes.count >= end ? (id, end) : nil
    }
}
