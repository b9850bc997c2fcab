extension FetchError {
    /// A bounded word for rows and metrics.
    public var label: String {
        switch self {
        case .badURL: "bad_url"
        case .addressRefused: "address_refused"
        case .nameNotResolved: "name_not_resolved"
        case .connectionFailed: "connection_failed"
        case .tlsFailed: "tls_failed"
        case .timedOut: "timed_out"
        case .bodyTooLarge: "body_too_large"
        case .headersTooLarge: "headers_too_large"
        case .tooManyRedirects: "too_many_redirects"
        case .unreadable: "unreadable"
        case .closed: "closed"
        case .transfer: "transfer"
        }
    }

    /// Whether another try may succeed without anybody changing anything.
    public var isTransient: Bool {
        switch self {
        case .nameNotResolved, .connectionFailed, .timedOut, .closed, .transfer: true
        case .badURL, .addressRefused, .tlsFailed, .bodyTooLarge, .headersTooLarge, .tooManyRedirects,
            .unreadable:
            false
        }
    }
}

extension FetchError: CustomStringConvertible {
    /// One sentence for the operator; no credentials and no query.
    public var description: String {
        switch self {
        case .badURL(let reason): "the URL cannot be used: \(reason)"
        case .addressRefused(let address):
            "the address \(address) is private; list its network in network.allow if it is meant"
        case .nameNotResolved: "the host's name has no address"
        case .connectionFailed(let reason): "the connection failed: \(reason)"
        case .tlsFailed(let reason): "no trusted connection: \(reason)"
        case .timedOut(let seconds): "no full answer within \(Int(seconds.rounded())) s"
        case .bodyTooLarge(let limit): "the body is larger than \(limit >> 20) MiB"
        case .headersTooLarge(let limit): "the header fields are larger than \(limit >> 10) KiB"
        case .tooManyRedirects(let limit): "more than \(limit) redirects in a row"
        case .unreadable(let reason): "\(reason)"
        case .closed: "the daemon is stopping"
        case .transfer(_, let message): message
        }
    }
}
