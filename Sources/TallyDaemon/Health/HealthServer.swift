import FlyingFox
import FlyingSocks
import Foundation
import Logging

/// Answers `/metrics`, `/healthz` and `/readyz` over HTTP, on the loopback address unless told otherwise.
actor HealthServer {
    private let settings: ServiceSettings
    private let logger: Logger
    private let report: @Sendable () async -> ServiceReport
    private var task: Task<Void, Never>?

    init(settings: ServiceSettings, logger: Logger, report: @escaping @Sendable () async -> ServiceReport) {
        self.settings = settings
        self.logger = logger
        self.report = report
    }

    /// Listens until ``stop()``; a daemon that cannot listen goes on without, and says so.
    func start() {
        guard let host = settings.host else { return }
        let place = "\(host):\(settings.port)"
        let logger = logger
        let report = report
        do {
            let server = HTTPServer(address: try Self.address(host, settings.port), logger: .disabled)
            task = Task {
                for path in ["/metrics", "/healthz", "/readyz"] {
                    await server.appendRoute(HTTPRoute("GET \(path)")) { _ in
                        Self.answer(path, await report())
                    }
                }
                do {
                    try await server.run()
                } catch {
                    // A stop ends it with an error too.
                    guard !Task.isCancelled else { return }
                    let metadata: Logger.Metadata = ["listen": "\(place)", "reason": "\(error)"]
                    logger.warning("metrics and health are not told", metadata: metadata)
                }
            }
        } catch {
            logger.warning(
                "metrics and health are not told",
                metadata: ["listen": "\(place)", "reason": "\(error)"]
            )
        }
    }

    /// Closes the port.
    func stop() async {
        task?.cancel()
        await task?.value
    }

    private static func address(_ host: String, _ port: UInt16) throws -> any SocketAddress {
        if host.contains(":") { return try sockaddr_in6.inet6(ip6: host, port: port) }
        return try sockaddr_in.inet(ip4: host == "localhost" ? "127.0.0.1" : host, port: port)
    }

    /// Answers one question.
    ///
    /// `/healthz` fails while a stage does not answer, as a restart may help; `/readyz` also while the store takes nothing.
    static func answer(_ path: String, _ report: ServiceReport) -> HTTPResponse {
        func text(
            _ status: HTTPStatusCode,
            _ body: String,
            _ type: String = "text/plain; charset=utf-8"
        ) -> HTTPResponse {
            HTTPResponse(statusCode: status, headers: [.contentType: type], body: Data(body.utf8))
        }
        switch path {
        case "/metrics":
            return text(.ok, MetricsText.text(of: report, version: Daemon.version), MetricsText.contentType)
        case "/healthz":
            guard !report.silentStages.isEmpty else { return text(.ok, "ok\n") }
            return text(.serviceUnavailable, "no answer: \(report.silentStages.joined(separator: " "))\n")
        default:
            guard !report.troubles.isEmpty else { return text(.ok, "ready\n") }
            return text(.serviceUnavailable, report.troubles.joined(separator: "\n") + "\n")
        }
    }
}
