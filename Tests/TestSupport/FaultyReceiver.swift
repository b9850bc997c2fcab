import Synchronization

/// A webhook receiver on 127.0.0.1 that misbehaves as HTTP servers do not by themselves.
public final class FaultyReceiver: Sendable {
    /// What is done with one connection, after its request was read.
    public enum Behaviour: Sendable {
        /// Sends these bytes and closes.
        case answer(String)
        /// Sends these bytes after some seconds, and closes.
        case answerLater(String, seconds: Double)
        /// Says nothing until the client has gone.
        case hang
        /// Resets the connection (RST) after reading.
        case reset
        /// Closes without a word.
        case close
        /// Sends a status line and then a byte a second.
        case drip
        /// Sends a status line and then a body without end.
        case flood(status: Int)

        fileprivate var steps: [RawStep] {
            switch self {
            case .answer(let text): [.send(text)]
            case .answerLater(let text, let seconds): [.wait(milliseconds: Int(seconds * 1000)), .send(text)]
            case .hang: [.hang]
            case .reset: [.reset]
            case .close: []
            case .drip:
                [
                    .send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"), .drip("x", milliseconds: 1000),
                ]
            case .flood(let status):
                [
                    .send("HTTP/1.1 \(status) Test\r\n\r\n"),
                    .flood([UInt8](repeating: 0x78, count: 1 << 16), times: .max),
                ]
            }
        }
    }

    private let server: RawServer

    /// Starts a receiver that does this with one connection after the other, the last for ever.
    public init(_ behaviours: [Behaviour]) throws {
        let left = Mutex(behaviours)
        server = try RawServer { _ in
            left.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }.steps
        }
    }

    /// The port that the system chose.
    public var port: Int { server.port }

    /// `http://127.0.0.1:port/hook`.
    public var url: String { "\(server.baseURL)/hook" }

    /// The requests that were read, head and body.
    public var requests: [String] { server.requests }

    /// Ends the receiver and every connection that hangs.
    public func stop() { server.stop() }
}
