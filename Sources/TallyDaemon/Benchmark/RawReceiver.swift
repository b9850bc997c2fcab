import Dispatching
import Foundation
import Synchronization

/// A webhook receiver on 127.0.0.1 that costs as little as one can: a thread a connection, blocking, no HTTP library.
final class RawReceiver: Sendable {
    /// What has arrived.
    struct Arrival: Sendable {
        let id: String
        let at: ContinuousClock.Instant
    }

    var port: UInt16 { listener.port }
    private let listener: LoopbackListener
    private let arrivals = Mutex<[Arrival]>([])

    init() throws {
        listener = try LoopbackListener()
        listener.serve { [self] in serve($0) }
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
        listener.stop()
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
        let place = bytes.indices.first { bytes[$0] == 13 && bytes[$0...].starts(with: [13, 10, 13, 10]) }
        guard let place else { return nil }
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
