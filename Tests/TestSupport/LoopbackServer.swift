import FlyingFox
import FlyingSocks
public import FoundationEssentials
import Synchronization

/// One request as a test looks at it.
public struct TestRequest: Sendable {
    /// The method.
    public let method: String
    /// The path without the query.
    public let path: String
    /// The fields, by lower-case name.
    public let headers: [String: String]
    /// The body.
    public let body: Data
}

/// What a test answers.
public struct TestResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The fields.
    public var headers: [String: String]
    /// The body.
    public var body: Data

    /// Creates an answer.
    public init(status: Int = 200, headers: [String: String] = [:], body: Data = Data()) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Creates an answer with a text.
    public init(text: String, type: String, headers: [String: String] = [:]) {
        self.init(headers: headers.merging(["Content-Type": type]) { $1 }, body: Data(text.utf8))
    }
}

/// An HTTP server on 127.0.0.1 with a port of the system's choosing.
public final class LoopbackServer: Sendable {
    /// `http://127.0.0.1:port`.
    public let baseURL: String
    private let task: Task<Void, any Error>
    private let recorder: Recorder

    /// Starts a server that hands every request to a function.
    public static func start(
        _ handler: @escaping @Sendable (TestRequest) async -> TestResponse
    ) async throws -> LoopbackServer {
        let recorder = Recorder()
        let configuration = HTTPServer.Configuration(
            address: try .inet(ip4: "127.0.0.1", port: 0),
            logger: .disabled
        )
        let answering = ClosureHTTPHandler { request in
            let asked = TestRequest(
                method: request.method.rawValue,
                path: request.path,
                headers: Dictionary(request.headers.map { ($0.key.rawValue.lowercased(), $0.value) }) { $1 },
                body: try await request.bodyData
            )
            recorder.requests.withLock { $0.append(asked) }
            let answer = await handler(asked)
            var headers: HTTPHeaders = [:]
            for (name, value) in answer.headers {
                headers[HTTPHeader(name)] = value
            }
            return HTTPResponse(
                statusCode: HTTPStatusCode(answer.status, phrase: "Test"),
                headers: headers,
                body: answer.body
            )
        }
        let server = HTTPServer(config: configuration, handler: answering)
        let task = Task { try await server.run() }
        try await server.waitUntilListening(timeout: 10)
        guard case .ip4(_, let port) = await server.listeningAddress else {
            throw CancellationError()
        }
        return LoopbackServer(
            baseURL: "http://127.0.0.1:\(port)",
            task: task,
            recorder: recorder
        )
    }

    /// The requests so far, in order.
    public var requests: [TestRequest] { recorder.requests.withLock { $0 } }

    /// Ends the server.
    public func stop() async {
        // The server's own stop closes its descriptor while connections are still taken on it: by then another may have it.
        task.cancel()
        _ = await task.result
    }

    private init(baseURL: String, task: Task<Void, any Error>, recorder: Recorder) {
        self.baseURL = baseURL
        self.task = task
        self.recorder = recorder
    }

    private final class Recorder: Sendable {
        let requests = Mutex<[TestRequest]>([])
    }
}
