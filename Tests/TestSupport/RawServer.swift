import Glibc
import Synchronization

/// One thing that a server does with a connection.
public enum RawStep: Sendable {
    /// Sends a text.
    case send(String)
    /// Sends bytes.
    case bytes([UInt8])
    /// Sends the same bytes again and again until the client has gone or a count is reached.
    case flood([UInt8], times: Int)
    /// Sends the same bytes again and again with a pause before each, until the client has gone.
    case drip(String, milliseconds: Int)
    /// Says nothing until the client has gone.
    case hang
    /// Ends the connection with a reset.
    case reset
}

/// A server on 127.0.0.1 that does to a connection whatever a test tells it to, HTTP or not.
///
/// It has a thread for the listener and one for each connection; every wait in it ends with ``stop()``.
public final class RawServer: Sendable {
    /// `http://127.0.0.1:port`.
    public let baseURL: String
    /// The port that the system has chosen.
    public let port: Int
    private let listener: Int32
    private let state = Mutex(State())

    private struct State {
        var heads: [String] = []
        var connections: Set<Int32> = []
        var isStopped = false
    }

    /// Starts a server that answers the head of each request by some steps, and then ends the connection.
    public init(_ script: @escaping @Sendable (_ head: String) -> [RawStep]) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                bind(listener, plain, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, plain, &length) == 0
            }
        }
        guard isBound else { throw RawServerError() }
        port = Int(UInt16(bigEndian: address.sin_port))
        baseURL = "http://127.0.0.1:\(port)"
        Self.detach { [self] in accept(script) }
    }

    /// The heads of the requests so far, in order.
    public var heads: [String] { state.withLock { $0.heads } }

    /// Ends the server and every connection.
    public func stop() {
        let open = state.withLock { state in
            state.isStopped = true
            return state.connections
        }
        for connection in open { shutdown(connection, Int32(SHUT_RDWR)) }
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func accept(_ script: @escaping @Sendable (String) -> [RawStep]) {
        while true {
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0, !state.withLock({ $0.isStopped }) else { break }
            state.withLock { _ = $0.connections.insert(connection) }
            Self.detach { [self] in
                if let head = readHead(connection) {
                    state.withLock { $0.heads.append(head) }
                    for step in script(head) where !perform(step, on: connection) { break }
                }
                state.withLock { _ = $0.connections.remove(connection) }
                close(connection)
            }
        }
        close(listener)
    }

    /// Reads up to the empty line, which TLS has not; `nil` where the client goes before it.
    private func readHead(_ connection: Int32) -> String? {
        var head: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8), head.first != 0x16 {
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            head += chunk[..<count]
        }
        return String(decoding: head, as: UTF8.self)
    }

    /// Returns whether the connection still stands.
    private func perform(_ step: RawStep, on connection: Int32) -> Bool {
        switch step {
        case .send(let text): return send(Array(text.utf8), on: connection)
        case .bytes(let bytes): return send(bytes, on: connection)
        case .flood(let bytes, let times):
            for _ in 0..<times where !send(bytes, on: connection) { return false }
            return true
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
                return Glibc.send(connection, base + sent, buffer.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private static func detach(_ body: @escaping @Sendable () -> Void) {
        final class Box: Sendable {
            let body: @Sendable () -> Void
            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Box(body)).toOpaque()
        let code = pthread_create(
            &thread,
            nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
                return nil
            },
            box
        )
        precondition(code == 0, "no thread for a test's server")
        pthread_detach(thread)
    }
}

/// No port could be listened at.
public struct RawServerError: Error {}
