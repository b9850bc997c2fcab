import FlyingFox
import FlyingSocks
import Foundation
import Logging

/// Takes what hubs ask and tell over HTTP/1.1, one request a connection.
///
/// It may stand in the open: everything that a stranger can make it hold or wait for is bounded.
actor CallbackServer {
    private let host: String
    private let port: UInt16
    private let logger: Logger
    private let answering: Answering
    private let requestSeconds: Double
    private var task: Task<Void, Never>?
    private var connectionCount = 0

    /// What answers requests.
    struct Answering: Sendable {
        /// Answers by the head alone; `nil` where the body is to be read.
        let head: @Sendable (CallbackRequest) async -> CallbackAnswer?
        /// Answers a whole request.
        let whole: @Sendable (CallbackRequest) async -> CallbackAnswer
    }

    /// Connections at once; further ones are closed.
    static let maximumConnections = 64
    /// The largest body, in bytes.
    static let maximumBodyBytes = 8 << 20

    /// Creates a server that does not listen yet.
    ///
    /// - Parameters:
    ///   - host: The address to listen on.
    ///   - port: The port; 0 for one that the system chooses.
    ///   - logger: Where it says what goes wrong.
    ///   - answering: What answers requests.
    ///   - requestSeconds: The time that a request has to come and its answer to go, in seconds.
    init(host: String, port: UInt16, logger: Logger, answering: Answering, requestSeconds: Double = 30) {
        self.requestSeconds = requestSeconds
        self.host = host
        self.port = port
        self.logger = logger
        self.answering = answering
    }

    /// Listens until ``stop()``.
    ///
    /// - Returns: The port.
    /// - Throws: What the system says where it cannot.
    @discardableResult
    func start() async throws -> UInt16 {
        let pool = HTTPServer.defaultPool(logger: .disabled)
        try await pool.prepare()
        let socket = try Self.listen(host, port)
        let listener = try AsyncSocket(socket: socket, pool: pool)
        task = Task {
            await withTaskGroup(of: Void.self) { group in
                // Ends when it is cancelled, as the one below does.
                group.addTask { try? await pool.run() }
                group.addTask { await self.takeConnections(of: listener) }
                await group.next()
                group.cancelAll()
            }
            // Nobody else uses it any more.
            try? socket.close()
        }
        switch try socket.sockname() {
        case .ip4(_, let port), .ip6(_, let port): return port
        default: return port
        }
    }

    /// Closes the port and every connection.
    func stop() async {
        task?.cancel()
        await task?.value
    }

    private static func listen(_ host: String, _ port: UInt16) throws -> Socket {
        func bound<Address: SocketAddress>(_ address: Address) throws -> Socket {
            let socket = try Socket(domain: Int32(Address.family))
            try socket.setValue(true, for: .localAddressReuse)
            try socket.bind(to: address)
            try socket.listen()
            return socket
        }
        if host.contains(":") { return try bound(sockaddr_in6.inet6(ip6: host, port: port)) }
        return try bound(sockaddr_in.inet(ip4: host == "localhost" ? "127.0.0.1" : host, port: port))
    }

    private func takeConnections(of listener: AsyncSocket) async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                do {
                    let connection = try await listener.accept()
                    guard connectionCount < Self.maximumConnections else {
                        try? connection.close()
                        continue
                    }
                    connectionCount += 1
                    group.addTask { await self.serve(connection) }
                } catch is CancellationError {
                    break
                } catch {
                    logger.debug("connection not taken", metadata: ["reason": "\(error)"])
                    // No descriptor may be left: the next try waits for one, or for the end.
                    try? await Task.sleep(for: .seconds(1))
                }
            }
            group.cancelAll()
        }
    }

    private func serve(_ connection: AsyncSocket) async {
        let exchange = CallbackExchange(connection: connection, answering: answering)
        let requestSeconds = requestSeconds
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await exchange.run() }
            group.addTask { try? await Task.sleep(for: .seconds(requestSeconds)) }
            await group.next()
            group.cancelAll()
        }
        // Both ends have gone.
        try? connection.close()
        connectionCount -= 1
    }
}
