import Foundation
import Glibc
import Synchronization

/// A receiver on 127.0.0.1 that speaks raw TCP, so that it can misbehave as HTTP servers do not by themselves.
public final class FaultyReceiver: Sendable {
    /// What is done with one connection, after its request was read.
    public enum Behaviour: Sendable {
        /// Sends these bytes and closes.
        case answer(String)
        /// Sends these bytes after some seconds, and closes.
        case answerLater(String, seconds: Double)
        /// Says nothing until the receiver is stopped.
        case hang
        /// Resets the connection (RST) after reading.
        case reset
        /// Closes without a word.
        case close
        /// Sends a status line and then a byte a second.
        case drip
        /// Sends a status line and then a body without end.
        case flood(status: Int)
    }

    /// The port that the system chose.
    public let port: UInt16
    /// `http://127.0.0.1:port/hook`.
    public var url: String { "http://127.0.0.1:\(port)/hook" }

    private let listener: Int32
    private struct State {
        var behaviours: [Behaviour]
        var requests: [String] = []
        var isStopped = false
    }
    private let state: Mutex<State>

    /// Starts a receiver that does this with one connection after the other, the last for ever.
    public init(_ behaviours: [Behaviour]) throws {
        state = Mutex(State(behaviours: behaviours))
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && listen(descriptor, 128) == 0
                    && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard result else { throw POSIXError(.EADDRNOTAVAIL) }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { self.accept() }
    }

    /// The requests that were read, head and body.
    public var requests: [String] { state.withLock { $0.requests } }

    /// Ends the receiver and every connection that hangs.
    public func stop() {
        state.withLock { $0.isStopped = true }
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private var isStopped: Bool { state.withLock { $0.isStopped } }

    private func accept() {
        while !isStopped {
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0 else { break }
            Thread.detachNewThread {
                self.serve(connection)
                Glibc.close(connection)
            }
        }
        Glibc.close(listener)
    }

    private func serve(_ connection: Int32) {
        guard let request = Self.read(connection) else { return }
        let behaviour = state.withLock { state in
            state.requests.append(request)
            return state.behaviours.count > 1 ? state.behaviours.removeFirst() : state.behaviours[0]
        }
        switch behaviour {
        case .answer(let text): send(text, to: connection)
        case .answerLater(let text, let seconds):
            wait(seconds)
            send(text, to: connection)
        case .hang: wait(.infinity)
        case .close: break
        case .reset:
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                connection,
                SOL_SOCKET,
                SO_LINGER,
                &linger,
                socklen_t(MemoryLayout.size(ofValue: linger))
            )
        case .drip:
            send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", to: connection)
            while !isStopped, send("x", to: connection) { wait(1) }
        case .flood(let status):
            send("HTTP/1.1 \(status) Test\r\n\r\n", to: connection)
            let much = String(repeating: "x", count: 1 << 16)
            while !isStopped, send(much, to: connection) {}
        }
    }

    private func wait(_ seconds: Double) {
        let end = Date().addingTimeInterval(min(seconds, 60))
        while !isStopped, Date() < end { usleep(2000) }
    }

    @discardableResult
    private func send(_ text: String, to connection: Int32) -> Bool {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(
                    connection,
                    buffer.baseAddress.map { $0 + sent },
                    bytes.count - sent,
                    Int32(MSG_NOSIGNAL)
                )
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Reads one request with its `Content-Length`.
    private static func read(_ connection: Int32) -> String? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let head = text.range(of: "\r\n\r\n") {
                let length =
                    text[..<head.lowerBound].lowercased().components(separatedBy: "content-length: ").last
                    .flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
                if text[head.upperBound...].utf8.count >= length { return text }
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
            // A TLS handshake: no request will come.
            if bytes[0] == 0x16 { return "TLS" }
        }
    }
}
