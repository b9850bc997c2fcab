import Foundation

/// Takes TCP connections on 127.0.0.1, at a port that the system chooses, each on a thread of its own: for benchmarks and tests.
public struct LoopbackListener: Sendable {
    /// The port.
    public let port: UInt16
    private let descriptor: Int32

    /// Connections that may wait to be taken.
    private static let backlog: Int32 = 128

    /// Begins to listen; nothing is taken before ``serve(_:)``.
    ///
    /// - Throws: `POSIXError` where the system gives no port.
    public init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && listen(descriptor, Self.backlog) == 0
                    && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard isListening else { throw POSIXError(.EADDRNOTAVAIL) }
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
    }

    /// Hands each connection over until ``stop()``; it is closed when `body` returns.
    public func serve(_ body: @escaping @Sendable (_ connection: Int32) -> Void) {
        Thread.detachNewThread { [descriptor] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { break }
                Thread.detachNewThread {
                    body(connection)
                    close(connection)
                }
            }
            close(descriptor)
        }
    }

    /// Takes no further connection.
    public func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }
}
