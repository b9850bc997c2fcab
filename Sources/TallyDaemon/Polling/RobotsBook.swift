import Fetching
import FoundationEssentials
import Parsing
import TallyModel

/// The `robots.txt` of each host, asked once a day (RFC 9309 §2.4).
actor RobotsBook {
    /// What a host's rules say of a page.
    enum Answer: Sendable, Equatable {
        case allowed
        case refused
        /// The rules could not be read, and the page is not asked for until they can be (RFC 9309 §2.3.1.4).
        case unknown(reason: String)
        /// The daemon is stopping.
        case stopped
    }

    private enum Rules {
        case known(RobotsText)
        case unknown(reason: String)
        case stopped
    }

    private let client: any HTTPClient
    private let clock: @Sendable () -> Date
    private var kept: [String: (rules: Rules, until: Date)] = [:]
    private var asking: [String: Task<Rules, Never>] = [:]

    /// The word that rules know this program by.
    static let product = "tallywatch"
    /// What is read of a file (RFC 9309 §2.5).
    private static let maximumBytes = 500 << 10
    private static let keptSeconds: Double = 86400
    private static let retrySeconds: Double = 300
    private static let maximumHosts = 10_000

    init(client: any HTTPClient, clock: @escaping @Sendable () -> Date) {
        self.client = client
        self.clock = clock
    }

    /// Returns whether a page may be read.
    func answer(for url: String) async -> Answer {
        guard let origin = URLText.origin(of: url) else { return .allowed }
        switch await rules(of: origin) {
        case .known(let text):
            let path = String(Substring(url.utf8.dropFirst(origin.utf8.count)))
            return text.allows(path, agent: Self.product) ? .allowed : .refused
        case .unknown(let reason): return .unknown(reason: reason)
        case .stopped: return .stopped
        }
    }

    private func rules(of origin: String) async -> Rules {
        if let known = kept[origin], known.until > clock() { return known.rules }
        if let task = asking[origin] { return await task.value }
        let task = Task { await fetch(origin) }
        asking[origin] = task
        let rules = await task.value
        asking[origin] = nil
        if kept.count >= Self.maximumHosts { kept.removeAll() }
        switch rules {
        case .known: kept[origin] = (rules, clock().addingTimeInterval(Self.keptSeconds))
        case .unknown: kept[origin] = (rules, clock().addingTimeInterval(Self.retrySeconds))
        case .stopped: break
        }
        return rules
    }

    private func fetch(_ origin: String) async -> Rules {
        var request = FetchRequest(url: origin + "/robots.txt", maximumBodyBytes: 8 << 20)
        request.timeoutSeconds = 15
        do {
            let response = try await client.send(request)
            switch response.status {
            case 200..<300:
                let text = String(decoding: response.body.prefix(Self.maximumBytes), as: UTF8.self)
                return .known(RobotsText(text))
            case 429, 500...: return .unknown(reason: "HTTP status \(response.status)")
            default: return .known(RobotsText(""))
            }
        } catch .closed {
            return .stopped
        } catch {
            return .unknown(reason: error.description)
        }
    }
}
