import Dispatching
import Foundation
import Synchronization

/// One thing that a server does with a connection.
public enum RawStep: Sendable {
    /// Sends a text.
    case send(String)
    /// Sends bytes.
    case bytes([UInt8])
    /// Sends the same bytes again and again until the client has gone or a count is reached.
    case flood([UInt8], times: Int)
    /// Does nothing for a while, or until the client has gone.
    case wait(milliseconds: Int)
    /// Sends the same bytes again and again with a pause before each, until the client has gone.
    case drip(String, milliseconds: Int)
    /// Says nothing until the client has gone.
    case hang
    /// Ends the connection with a reset.
    case reset
}

/// A server on 127.0.0.1 that does to a connection whatever a test tells it to, HTTP or not.
///
/// Each connection has a thread; every wait in it ends with ``stop()``.
public final class RawServer: Sendable {
    /// `http://127.0.0.1:port`.
    public let baseURL: String
    /// The port that the system has chosen.
    public let port: Int
    private let listener: LoopbackListener
    private let state = Mutex(State())

    private struct State {
        var requests: [String] = []
        var connections: Set<Int32> = []
        var isStopped = false
    }

    /// Starts a server that answers the head of each request by some steps, and then ends the connection.
    public init(_ script: @escaping @Sendable (_ head: String) -> [RawStep]) throws {
        listener = try LoopbackListener()
        port = Int(listener.port)
        baseURL = "http://127.0.0.1:\(port)"
        listener.serve { [self] in serve($0, script) }
    }

    /// The requests so far, head and body, in order.
    public var requests: [String] { state.withLock { $0.requests } }

    /// The heads of the requests so far, in order.
    public var heads: [String] { requests.map(Self.head) }

    /// Ends the server and every connection.
    public func stop() {
        let open = state.withLock { state in
            state.isStopped = true
            return state.connections
        }
        for connection in open { shutdown(connection, Int32(SHUT_RDWR)) }
        listener.stop()
    }

    private func serve(_ connection: Int32, _ script: (String) -> [RawStep]) {
        let isTaken = state.withLock { state in
            if !state.isStopped { state.connections.insert(connection) }
            return !state.isStopped
        }
        guard isTaken else { return }
        if let request = Self.readRequest(connection) {
            state.withLock { $0.requests.append(request) }
            for step in script(Self.head(of: request)) where !perform(step, on: connection) { break }
        }
        state.withLock { _ = $0.connections.remove(connection) }
    }

    /// Reads a head and as much as its `Content-Length` says, or what TLS begins with; `nil` where the client goes before.
    private static func readRequest(_ connection: Int32) -> String? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.first != 0x16 {
            let request = String(decoding: bytes, as: UTF8.self)
            let head = head(of: request)
            if head.hasSuffix("\r\n\r\n"), bytes.count - head.utf8.count >= bodyLength(of: head) {
                return request
            }
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func head(of request: String) -> String {
        request.range(of: "\r\n\r\n").map { String(request[..<$0.upperBound]) } ?? request
    }

    private static func bodyLength(of head: String) -> Int {
        let field = head.lowercased().components(separatedBy: "\r\n").first {
            $0.hasPrefix("content-length:")
        }
        return field?.split(separator: ":").last.flatMap { Int($0.trimmingCharacters(in: .whitespaces)) } ?? 0
    }

    /// Returns whether the connection still stands.
    private func perform(_ step: RawStep, on connection: Int32) -> Bool {
        switch step {
        case .send(let text): return send(Array(text.utf8), on: connection)
        case .bytes(let bytes): return send(bytes, on: connection)
        case .flood(let bytes, let times):
            for _ in 0..<times where !send(bytes, on: connection) { return false }
            return true
        case .wait(let milliseconds): return waits(connection, milliseconds)
        case .drip(let text, let milliseconds):
            repeat {
                guard waits(connection, milliseconds) else { return false }
            } while send(Array(text.utf8), on: connection)
            return false
        case .hang:
            while waits(connection, 1000) {}
            return false
        case .reset:
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
            return false
        }
    }

    /// Waits; returns whether the client and the server are still there.
    private func waits(_ connection: Int32, _ milliseconds: Int) -> Bool {
        // POLLRDHUP, which the Swift module leaves out: the other side has ended.
        var entry = pollfd(fd: connection, events: 0x2000, revents: 0)
        return poll(&entry, 1, Int32(milliseconds)) == 0 && !state.withLock { $0.isStopped }
    }

    private func send(_ bytes: [UInt8], on connection: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer -> Int in
                guard let base = buffer.baseAddress else { return 0 }
                return Foundation.send(connection, base + sent, buffer.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}
