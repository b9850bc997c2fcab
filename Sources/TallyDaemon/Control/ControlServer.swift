import FlyingFox
import FlyingSocks
import Foundation
import Logging
import TallyModel

/// Answers the command line on a Unix socket that only the daemon's own user may open.
actor ControlServer {
    private let path: String
    private let handler: ControlHandler
    private let logger: Logger
    private var task: Task<Void, Never>?

    /// The longest path that a Unix socket can have on Linux, in bytes (unix(7)).
    static let maximumPathBytes = 107

    init(path: String, handler: ControlHandler, logger: Logger) {
        self.path = path
        self.handler = handler
        self.logger = logger
    }

    /// Listens until ``stop()``; a daemon that cannot listen goes on without, and says so.
    func start() {
        guard path.utf8.count <= Self.maximumPathBytes else {
            logger.warning(
                "control socket path too long, pin, mute and ack need a stopped daemon",
                metadata: ["path": "\(path)"]
            )
            return
        }
        unlink(path)
        let server = HTTPServer(address: .unix(path: path), logger: .disabled)
        let handler = handler
        let logger = logger
        let path = path
        task = Task {
            await server.appendRoute("POST /control") { request in
                let body = try await request.bodyData
                let asked = try TallyJSON.decoder().decode(ControlRequest.self, from: body)
                let answer = try await handler.answer(to: asked)
                return HTTPResponse(statusCode: .ok, body: try TallyJSON.encoder().encode(answer))
            }
            do {
                // The umask of the process keeps others out from the moment that the socket is there.
                try await server.run()
            } catch {
                // A stop ends it with an error too.
                guard !Task.isCancelled else { return }
                let metadata: Logger.Metadata = ["path": "\(path)", "reason": "\(error)"]
                logger.warning("control socket closed", metadata: metadata)
            }
        }
    }

    /// Closes the socket and takes it away.
    func stop() async {
        task?.cancel()
        await task?.value
        unlink(path)
    }
}
