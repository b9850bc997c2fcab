import Delivering
import Fetching
import Foundation
import Storing
import TallyModel

/// Brings a person's word to the store: through the running daemon, or directly where none runs.
public enum ControlClient {
    /// Sends a request and returns what came of it.
    ///
    /// - Throws: `StoringError`, or ``ControlError`` where a daemon holds the store and does not answer.
    public static func send(_ request: ControlRequest, settings: Settings) async throws -> ControlAnswer {
        guard case .file(let path) = settings.store else { throw ControlError.storeInMemory }
        guard FileManager.default.fileExists(atPath: path) else { throw StoringError.missing(path: path) }
        do {
            let lock = try StoreLock(storePath: path)
            let answer = try await answerDirectly(request, path: path, settings: settings)
            withExtendedLifetime(lock) {}
            return answer
        } catch StoringError.inUse {
            return try await ask(request, socket: settings.controlSocket ?? "")
        }
    }

    private static func answerDirectly(
        _ request: ControlRequest,
        path: String,
        settings: Settings
    ) async throws -> ControlAnswer {
        let store = try SQLiteStore(.file(path: path))
        let router = Router(sinkNames: [], acknowledgementSinks: settings.alerts.acknowledgementSinks)
        let ledger = Ledger(store: store, watches: settings.watches, router: router, clock: { Date() })
        let answer = try await ControlHandler(ledger: ledger, store: store, outbox: nil, mutes: MuteBoard())
            .answer(to: request)
        try store.close()
        return answer
    }

    private static func ask(_ request: ControlRequest, socket: String) async throws -> ControlAnswer {
        let fetcher = Fetcher(configuration: FetchConfiguration())
        var post = FetchRequest(url: "http://localhost/control")
        post.unixSocketPath = socket
        post.body = Array(try TallyJSON.encoder().encode(request))
        post.timeoutSeconds = 10
        do {
            let response = try await fetcher.send(post)
            await fetcher.close()
            guard response.status == 200 else {
                throw ControlError.noAnswer(socket: socket, reason: "status \(response.status)")
            }
            return try TallyJSON.decoder().decode(ControlAnswer.self, from: Data(response.body))
        } catch let error as FetchError {
            throw ControlError.noAnswer(socket: socket, reason: error.description)
        }
    }
}

/// Why a person's word could not be brought to the store.
public enum ControlError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The store is the daemon's own memory.
    case storeInMemory
    /// A daemon holds the store, and does not answer on its socket.
    case noAnswer(socket: String, reason: String)

    /// One sentence that names the socket.
    public var description: String {
        switch self {
        case .storeInMemory: "a store in memory cannot be reached from outside its daemon"
        case .noAnswer(let socket, let reason):
            "the daemon holds the store and does not answer on \(socket): \(reason)"
        }
    }
}
