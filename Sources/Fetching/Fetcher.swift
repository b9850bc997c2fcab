import CCurl
public import Dispatching
import Glibc
public import TallyModel

/// Sends HTTP requests: one libcurl multi handle, one thread, any number of transfers.
public actor Fetcher: HTTPClient {
    private let loop: EventLoop
    private var configuration: FetchConfiguration
    /// How often the configuration has changed.
    private var configurationNumber = 0
    private let multi: Multi
    private var timer: LoopTimer?
    private var transfers: [UnsafeMutableRawPointer: Transfer] = [:]
    private var waiting: [Waiting] = []
    private var gate: HostGate
    private var gateTimer: LoopTimer?
    /// Handles that wait for their next transfer.
    private var idleHandles = IdleHandles()
    private var nextID = 0
    private var isClosed = false

    private typealias Continuation = CheckedContinuation<Result<Answer, FetchError>, Never>

    /// A request that has no place yet.
    private struct Waiting {
        let id: Int
        let request: FetchRequest
        let host: String
        let continuation: Continuation
    }

    /// Creates a fetcher; nothing is opened before the first request.
    ///
    /// - Parameters:
    ///   - configuration: How transfers are made.
    ///   - loop: The thread that libcurl is called on; whoever asks often saves a change of threads by sharing it.
    public init(
        configuration: FetchConfiguration,
        loop: EventLoop = EventLoop()
    ) {
        self.configuration = configuration
        self.loop = loop
        gate = HostGate(configuration)
        _ = Self.library
        multi = Multi()
    }

    /// The thread that libcurl is called on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// Sends a request and returns the answer, whatever its status; redirects are followed one by one.
    ///
    /// - Throws: ``FetchError``; a cancelled task's is ``FetchError/closed``.
    public func send(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        var hop = request
        var redirects: [Redirect] = []
        while true {
            let answer = try await sendOnce(hop)
            guard request.followsRedirects, request.body == nil, let target = answer.redirectURL else {
                var response = answer.response
                response.redirects = redirects
                return response
            }
            guard redirects.count < configuration.maximumRedirects else {
                throw .tooManyRedirects(limit: configuration.maximumRedirects)
            }
            let left = hop.timeoutSeconds - answer.seconds
            guard left > 0 else { throw .timedOut(seconds: request.timeoutSeconds) }
            hop = try FetchRequest.following(to: target, from: hop.url, of: request)
            hop.timeoutSeconds = left
            redirects.append(Redirect(status: answer.response.status, url: target))
        }
    }

    private func sendOnce(_ request: FetchRequest) async throws(FetchError) -> Answer {
        let id = nextID
        nextID += 1
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                start(
                    Waiting(
                        id: id,
                        request: request,
                        host: Self.host(of: request),
                        continuation: continuation
                    )
                )
            }
        } onCancel: {
            Task { await self.cancel(id) }
        }
        return try result.get()
    }

    /// Follows a new configuration from the next request on.
    public func update(configuration: FetchConfiguration) {
        self.configuration = configuration
        configurationNumber += 1
        gate.transfersAtOnce = configuration.maximumTransfersPerHost
        gate.requestsPerSecond = configuration.requestsPerSecondPerHost
        gate.burst = max(configuration.burstPerHost, 1)
    }

    /// Returns at once: the watchdog asks whether the thread still moves.
    public func ping() {}

    /// Ends every transfer with ``FetchError/closed`` and frees libcurl's handles; no request goes out afterwards.
    public func close() {
        guard !isClosed else { return }
        isClosed = true
        for item in waiting {
            item.continuation.resume(returning: .failure(.closed))
        }
        waiting = []
        for easy in Array(transfers.keys) {
            end(easy) { $0.fail(.closed) }
        }
        idleHandles.cleanUp()
        multi.cleanUp()
        timer?.cancel()
        gateTimer?.cancel()
    }

    /// What a process needs once before its first transfer.
    private static let library: Void = {
        // A peer that went away must not end the process.
        signal(SIGPIPE, SIG_IGN)
        // libcurl reads host names in the locale's characters: in the C locale none beyond ASCII is one.
        setlocale(LC_CTYPE, "C.UTF-8")
        precondition(curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, "libcurl does not start")
    }()
}

extension Fetcher {
    private func start(_ item: Waiting) {
        guard !isClosed else {
            item.continuation.resume(returning: .failure(.closed))
            return
        }
        // The time of a transfer runs from here on: one that waits for its turn is not in libcurl's hands yet.
        guard transfers.count < configuration.maximumTransfers else {
            waiting.append(item)
            return
        }
        switch turn(of: item) {
        case .now: begin(item)
        case .afterAnother: waiting.append(item)
        case .afterSeconds(let seconds):
            waiting.append(item)
            watchSockets()
            gateTimer?.arm(noLaterThanSeconds: seconds)
        }
    }

    private func turn(of item: Waiting) -> HostGate.Turn {
        gate.turn(of: item.host, isOwn: isOwn(item.host), now: Self.uptime)
    }

    private func begin(_ item: Waiting) {
        watchSockets()
        let transfer = Transfer(
            item.request,
            host: item.host,
            handle: idleHandles.take(
                forSecureHost: RequestURL.isSecure(item.host) ? item.host : nil,
                limit: configuration.maximumTransfers
            ),
            multi: multi,
            configuration: configuration,
            number: configurationNumber
        ) {
            item.continuation.resume(returning: $0)
        }
        transfers[transfer.easy] = transfer
        transfer.id = item.id
        let code = curl_multi_add_handle(multi.multi, transfer.easy)
        precondition(code == CURLM_OK, "libcurl refuses a new transfer")
    }

    /// Whether a host is named by an address that is allowed by name: one's own, whose rate is one's own affair.
    private func isOwn(_ host: String) -> Bool {
        guard !configuration.allowedNetworks.isEmpty, let start = host.firstRange(of: "://") else {
            return false
        }
        var name = host[start.upperBound...]
        if let at = name.lastIndex(of: "@") { name = name[name.index(after: at)...] }
        if name.first == "[" {
            name = name.dropFirst().prefix { $0 != "]" }
        } else {
            name = name.prefix { $0 != ":" }
        }
        let text = name == "localhost" ? "127.0.0.1" : String(name)
        guard let bytes = NetworkRange.bytes(of: text) else { return false }
        return configuration.allowedNetworks.contains { $0.contains(bytes) }
    }

    private static var uptime: Double {
        Headway.monotonicSeconds()
    }

    /// One set of sockets and two timers, for as long as the fetcher lives.
    private func watchSockets() {
        guard timer == nil else { return }
        timer = loop.makeTimer { [weak self] in
            self?.assumeIsolated { fetcher in
                fetcher.multi.workOnTime()
                fetcher.endFinished()
            }
        }
        gateTimer = loop.makeTimer { [weak self] in self?.assumeIsolated { $0.startWaiting() } }
        // libcurl calls back on the fetcher's thread, and only while it is called there.
        multi.wantsCall = { [unowned self] seconds in assumeIsolated { $0.call(after: seconds) } }
        multi.sockets = loop.makeSocketSet(
            onReady: { [weak self] socket, events in
                self?.assumeIsolated { $0.multi.work(on: socket, events) }
            },
            afterReady: { [weak self] in self?.assumeIsolated { $0.endFinished() } }
        )
    }

    /// Takes libcurl's wish to be called after some seconds, or not at all.
    private func call(after seconds: Double?) {
        guard let seconds else {
            timer?.disarm()
            return
        }
        timer?.arm(afterSeconds: seconds)
    }

    private func endFinished() {
        var hasEnded = false
        for (easy, code) in multi.ended() {
            end(easy) { $0.finish(code) }
            hasEnded = true
        }
        if hasEnded { startWaiting() }
    }

    /// Starts what has waited for the longest and has a place; another host's turn is not held up by a slow one.
    private func startWaiting() {
        guard !waiting.isEmpty else { return }
        var left: [Waiting] = []
        var held: Set<String> = []
        var wait: Double?
        for (place, item) in waiting.enumerated() {
            guard transfers.count < configuration.maximumTransfers else {
                left += waiting[place...]
                break
            }
            guard !held.contains(item.host) else {
                left.append(item)
                continue
            }
            switch turn(of: item) {
            case .now:
                begin(item)
                continue
            case .afterAnother: break
            case .afterSeconds(let seconds): wait = min(wait ?? seconds, seconds)
            }
            held.insert(item.host)
            left.append(item)
        }
        waiting = left
        if let wait { gateTimer?.arm(afterSeconds: wait) }
    }

    /// The scheme, host and port of a URL: what a connection can be shared by.
    private static func host(of request: FetchRequest) -> String {
        var slashes = 0
        let end = request.url.utf8.firstIndex { byte in
            if byte == UInt8(ascii: "/") { slashes += 1 }
            return slashes == 3
        }
        return String(request.url[..<(end ?? request.url.endIndex)]).lowercased()
    }

    private func end(_ easy: UnsafeMutableRawPointer, _ complete: (Transfer) -> Void) {
        guard let transfer = transfers.removeValue(forKey: easy) else { return }
        curl_multi_remove_handle(multi.multi, easy)
        gate.end(transfer.host, now: Self.uptime)
        complete(transfer)
        transfer.close()
        idleHandles.put(transfer.handle, limit: configuration.maximumTransfers)
    }

    private func cancel(_ id: Int) {
        if let easy = transfers.first(where: { $0.value.id == id })?.key {
            end(easy) { $0.fail(.closed) }
            startWaiting()
        } else if let place = waiting.firstIndex(where: { $0.id == id }) {
            waiting.remove(at: place).continuation.resume(returning: .failure(.closed))
        }
    }
}

/// What one hop gave.
struct Answer {
    var response: FetchResponse
    /// Where the answer leads on; `nil` where it is the last one.
    var redirectURL: String?
    /// How long it took.
    var seconds: Double
}
