import FlyingFox
import FlyingSocks
import Foundation
import Synchronization

/// Measures the way of an entry through the whole daemon: from its place in the feed to the webhook.
public enum LatencyBenchmark {
    /// What was measured; all times in milliseconds.
    public struct Result: Encodable, Sendable {
        /// Entries that raised an alert.
        public let entries: Int
        /// The polling interval.
        public let interval: Double
        /// From the entry's being in the feed to the webhook.
        public let visibleP50: Double
        /// The same, for the slowest of a hundred.
        public let visibleP99: Double
        /// From the poll that found the entry to the webhook.
        public let polledP50: Double

        private enum CodingKeys: String, CodingKey {
            case entries, interval = "interval_ms", visibleP50 = "visible_p50_ms", visibleP99 =
                "visible_p99_ms"
            case polledP50 = "polled_p50_ms"
        }
    }

    /// The polling interval in seconds: the shortest that a configuration may ask for.
    private static let intervalSeconds: Double = 1

    /// Runs a program as the daemon on a site of its own, and publishes entries one after the other.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - program: The path of `tallywatch`.
    /// - Returns: The times.
    /// - Throws: What the system says when no server or no process can be made.
    public static func run(entries count: Int, program: String) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "tallywatch-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // What is left behind in the temporary directory harms nobody.
        defer { try? FileManager.default.removeItem(at: folder) }
        let receiver = try RawReceiver()
        defer { receiver.stop() }
        let site = BenchmarkSite()
        let server = HTTPServer(address: try sockaddr_in.inet(ip4: "127.0.0.1", port: 0), logger: .disabled)
        await server.appendRoute("GET *") { request in site.answer(request.path) }
        let serving = Task { try await server.run() }
        try await server.waitUntilListening(timeout: 10)
        guard case .ip4(_, let port) = await server.listeningAddress else { throw POSIXError(.EADDRNOTAVAIL) }
        let config = folder.appendingPathComponent("bench.yaml")
        try configuration(sitePort: port, hookPort: receiver.port).write(
            to: config,
            atomically: true,
            encoding: .utf8
        )
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["run", "--config", config.path, "--log-level", "error"]
        try process.run()
        let samples = await measure(count, site, receiver)
        process.terminate()
        process.waitUntilExit()
        serving.cancel()
        await server.stop()
        return Result(
            entries: samples.count,
            interval: intervalSeconds * 1000,
            visibleP50: percentile(samples.map(\.visible), 0.5),
            visibleP99: percentile(samples.map(\.visible), 0.99),
            polledP50: percentile(samples.map(\.polled), 0.5)
        )
    }

    private struct Sample {
        let visible: Double
        let polled: Double
    }

    private static func measure(
        _ count: Int,
        _ site: BenchmarkSite,
        _ receiver: RawReceiver
    ) async -> [Sample] {
        // The first entry begins the story, and tells nothing.
        site.publish(0)
        while site.polls < 3 { try? await Task.sleep(for: .milliseconds(20)) }
        var samples: [Sample] = []
        for number in 1...count {
            // Entries come at any moment between two polls.
            try? await Task.sleep(for: .milliseconds(Int.random(in: 0...1000)))
            let before = receiver.received.count
            let start = ContinuousClock.now
            site.publish(number)
            guard let arrival = await receiver.next(after: before, withinSeconds: 10),
                let polled = site.lastNewPoll
            else { continue }
            samples.append(
                Sample(visible: milliseconds(arrival.at - start), polled: milliseconds(arrival.at - polled))
            )
        }
        return samples
    }

    private static func milliseconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) * 1000 + Double(duration.components.attoseconds) / 1e15
    }

    private static func percentile(_ values: [Double], _ share: Double) -> Double {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return .nan }
        return sorted[min(Int(Double(sorted.count) * share), sorted.count - 1)]
    }

    private static func configuration(sitePort: UInt16, hookPort: UInt16) -> String {
        """
        store: sqlite://bench.db
        network: {allow: ["127.0.0.0/8"]}
        service: {listen: none}
        sources: [{name: bench, url: "http://127.0.0.1:\(sitePort)/feed.xml", every: \(Int(intervalSeconds))s}]
        alerts:
          first_poll: alert
          webhooks:
            - {name: bench, url: "http://127.0.0.1:\(hookPort)/", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}
        """
    }
}

/// A feed that grows by one entry at a time, and its pages: hospitals that keep counting otherwise.
private final class BenchmarkSite: Sendable {
    private struct State {
        var count = 0
        var served = 0
        var polls = 0
        var lastNewPoll: ContinuousClock.Instant?
    }

    private let state = Mutex(State())

    var polls: Int { state.withLock { $0.polls } }
    /// When a poll first saw the newest entry.
    var lastNewPoll: ContinuousClock.Instant? { state.withLock { $0.lastNewPoll } }

    func publish(_ number: Int) {
        state.withLock { $0.count = number + 1 }
    }

    func answer(_ path: String) -> HTTPResponse {
        if path == "/feed.xml" {
            return HTTPResponse(
                statusCode: .ok,
                headers: [.contentType: "application/rss+xml"],
                body: Data(feed().utf8)
            )
        }
        let number = Int(path.dropFirst()) ?? 0
        return HTTPResponse(
            statusCode: .ok,
            headers: [.contentType: "text/html; charset=utf-8"],
            body: Data(Self.page(number).utf8)
        )
    }

    private func feed() -> String {
        let count = state.withLock { state in
            state.polls += 1
            if state.count > state.served { state.lastNewPoll = .now }
            state.served = state.count
            return state.count
        }
        let items = (max(0, count - 20)..<count).reversed().map {
            "<item><title>Entry</title><link>/\($0)</link><guid isPermaLink=\"false\">\($0)</guid></item>"
        }
        return
            "<rss version=\"2.0\"><channel><title>Bench</title><link>/</link>\(items.joined())</channel></rss>"
    }

    /// Counts differ by more than the tolerance that round ones have.
    private static func page(_ number: Int) -> String {
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bus overturns on the Corrie pass</title>
        <meta property="og:site_name" content="Outlet \(number)"></head><body><main><article>
        <h1>Bus overturns on the Corrie pass</h1>
        <p>The Ardvale hospital said \(20 + number * number) passengers were injured when the bus overturned on the Corrie
        pass on Thursday.</p><p>The road over the pass was closed for the rest of the day.</p>
        </article></main></body></html>
        """
    }
}
