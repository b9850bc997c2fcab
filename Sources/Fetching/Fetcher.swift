import CCurl
import Dispatch
import Dispatching
import Glibc
public import TallyModel

/// Sends HTTP requests: one libcurl multi handle, one Dispatch queue, any number of transfers.
public actor Fetcher: HTTPClient {
    private let executor = QueueExecutor(label: "tallywatch.fetching")
    private var configuration: FetchConfiguration
    private let multi: Multi
    private var watcher: (any DispatchSourceRead)?
    private var timer: DeadlineTimer?
    private var transfers: [UnsafeMutableRawPointer: Transfer] = [:]
    private var identifiers: [Int: UnsafeMutableRawPointer] = [:]
    private var waiting: [(id: Int, request: FetchRequest, continuation: Continuation)] = []
    private var transfersByHost: [String: Int] = [:]
    private var nextID = 0
    private var isClosed = false

    private typealias Continuation = CheckedContinuation<Result<FetchResponse, FetchError>, Never>

    /// Creates a fetcher; nothing is opened before the first request.
    public init(configuration: FetchConfiguration) {
        self.configuration = configuration
        _ = Self.library
        multi = Multi()
    }

    /// The queue that libcurl is called on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Sends a request and returns the answer, whatever its status.
    ///
    /// - Throws: ``FetchError``; a cancelled task's is ``FetchError/closed``.
    public func send(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        let id = nextID
        nextID += 1
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                start(id, request, continuation)
            }
        } onCancel: {
            Task { await self.cancel(id) }
        }
        return try result.get()
    }

    /// Follows a new configuration from the next request on.
    public func update(configuration: FetchConfiguration) {
        self.configuration = configuration
    }

    /// Returns at once: the watchdog asks whether the queue still moves.
    public func ping() {}

    /// Ends every transfer with ``FetchError/closed`` and frees libcurl's handles; no request goes out afterwards.
    public func close() {
        guard !isClosed else { return }
        isClosed = true
        for (_, _, continuation) in waiting {
            continuation.resume(returning: .failure(.closed))
        }
        waiting = []
        for easy in Array(transfers.keys) {
            end(easy) { $0.fail(.closed) }
        }
        multi.cleanUp()
        timer?.cancel()
        if let watcher {
            watcher.cancel()
        } else {
            Glibc.close(multi.descriptor)
        }
    }

    /// What a process needs once before its first transfer.
    private static let library: Void = {
        // A peer that went away must not end the process.
        signal(SIGPIPE, SIG_IGN)
        precondition(curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, "libcurl does not start")
    }()
}

extension Fetcher {
    private func start(_ id: Int, _ request: FetchRequest, _ continuation: Continuation) {
        guard !isClosed else {
            continuation.resume(returning: .failure(.closed))
            return
        }
        // The time of a transfer runs from here on: one that waits for its turn is not in libcurl's hands yet.
        guard hasPlace(for: request) else {
            waiting.append((id, request, continuation))
            return
        }
        watchSockets()
        let transfer = Transfer(request, configuration: configuration) { continuation.resume(returning: $0) }
        transfers[transfer.easy] = transfer
        identifiers[id] = transfer.easy
        transfersByHost[Self.host(of: request), default: 0] += 1
        let code = curl_multi_add_handle(multi.multi, transfer.easy)
        precondition(code == CURLM_OK, "libcurl refuses a new transfer")
    }

    /// One read source on the epoll set and one timer, for as long as the fetcher lives.
    private func watchSockets() {
        guard watcher == nil else { return }
        let timer = DeadlineTimer(executor: executor) { @Sendable [weak self] in
            self?.assumeIsolated { fetcher in
                fetcher.multi.workOnTime()
                fetcher.endFinished()
            }
        }
        self.timer = timer
        multi.wantsCall = { seconds in
            guard let seconds else { return timer.disarm() }
            timer.arm(afterSeconds: seconds)
        }
        let source = DispatchSource.makeReadSource(fileDescriptor: multi.descriptor, queue: executor.queue)
        source.setEventHandler { @Sendable [weak self] in
            self?.assumeIsolated { fetcher in
                fetcher.multi.workOnReadySockets()
                fetcher.endFinished()
            }
        }
        let descriptor = multi.descriptor
        source.setCancelHandler { @Sendable in Glibc.close(descriptor) }
        source.activate()
        watcher = source
    }

    private func endFinished() {
        for (easy, code) in multi.ended() {
            end(easy) { $0.finish(code) }
        }
        startWaiting()
    }

    /// Starts what has waited for the longest and has a place; another host's turn is not held up by a slow one.
    private func startWaiting() {
        var place = 0
        while place < waiting.count, transfers.count < configuration.maximumTransfers {
            guard hasPlace(for: waiting[place].request) else {
                place += 1
                continue
            }
            let (id, request, continuation) = waiting.remove(at: place)
            start(id, request, continuation)
        }
    }

    private func hasPlace(for request: FetchRequest) -> Bool {
        transfers.count < configuration.maximumTransfers
            && transfersByHost[Self.host(of: request), default: 0] < configuration.maximumTransfersPerHost
    }

    /// The scheme, host and port of a URL: what a connection can be shared by.
    private static func host(of request: FetchRequest) -> String {
        let parts = request.url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.prefix(3).joined(separator: "/").lowercased()
    }

    private func end(_ easy: UnsafeMutableRawPointer, _ complete: (Transfer) -> Void) {
        guard let transfer = transfers.removeValue(forKey: easy) else { return }
        curl_multi_remove_handle(multi.multi, easy)
        let host = Self.host(of: transfer.request)
        let left = transfersByHost[host, default: 1] - 1
        transfersByHost[host] = left > 0 ? left : nil
        if let id = identifiers.first(where: { $0.value == easy })?.key { identifiers[id] = nil }
        complete(transfer)
    }

    private func cancel(_ id: Int) {
        if let easy = identifiers[id] {
            end(easy) { $0.fail(.closed) }
            startWaiting()
        } else if let place = waiting.firstIndex(where: { $0.id == id }) {
            waiting.remove(at: place).continuation.resume(returning: .failure(.closed))
        }
    }
}
