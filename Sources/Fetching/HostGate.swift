/// Who may ask a host now: so many transfers at once, so many requests a second.
struct HostGate {
    /// What a request may do.
    enum Turn: Equatable {
        /// Begin.
        case now
        /// Wait until a transfer of the host has ended.
        case afterAnother
        /// Wait for so many seconds.
        case afterSeconds(Double)
    }

    var transfersAtOnce: Int
    var requestsPerSecond: Double
    var burst: Double
    private var hosts: [String: Host] = [:]

    private struct Host {
        var transfers = 0
        var tokens: Double
        var at: Double
    }

    init(_ configuration: FetchConfiguration) {
        transfersAtOnce = configuration.maximumTransfersPerHost
        requestsPerSecond = configuration.requestsPerSecondPerHost
        burst = max(configuration.burstPerHost, 1)
    }

    /// Returns the turn of a request to a host, and counts one that begins.
    ///
    /// - Parameters:
    ///   - host: What a connection can be shared by.
    ///   - isOwn: Whether it is a host of one's own, whose rate is not limited.
    ///   - now: Seconds of a clock that only runs forward.
    /// - Returns: The turn.
    mutating func turn(of host: String, isOwn: @autoclosure () -> Bool, now: Double) -> Turn {
        var state = hosts[host] ?? Host(tokens: burst, at: now)
        guard state.transfers < transfersAtOnce else { return .afterAnother }
        if requestsPerSecond > 0, !isOwn() {
            state.tokens = min(state.tokens + (now - state.at) * requestsPerSecond, burst)
            state.at = now
            guard state.tokens >= 1 else {
                hosts[host] = state
                return .afterSeconds((1 - state.tokens) / requestsPerSecond)
            }
            state.tokens -= 1
        }
        state.transfers += 1
        hosts[host] = state
        return .now
    }

    /// Counts a transfer as ended.
    mutating func end(_ host: String, now: Double) {
        guard var state = hosts[host] else { return }
        state.transfers -= 1
        hosts[host] = state
        if hosts.count > 1024 { forgetIdle(now: now) }
    }

    /// A host that rests and whose rate is whole again is as one that was never asked.
    private mutating func forgetIdle(now: Double) {
        let rate = requestsPerSecond
        let burst = burst
        hosts = hosts.filter { _, host in
            host.transfers > 0 || rate > 0 && host.tokens + (now - host.at) * rate < burst
        }
    }
}
