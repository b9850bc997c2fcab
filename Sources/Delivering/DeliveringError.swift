/// Why a sink cannot be used.
public enum DeliveringError: Error, Equatable, Sendable {
    /// A webhook's secret is not `whsec_` and the base64 of 24 to 64 bytes.
    case badSecret
    /// The alert log cannot be opened.
    case cannotOpen(path: String, reason: String)
    /// A line cannot be written to the alert log.
    case cannotWrite(path: String, reason: String)
    /// Messages take longer than their sinks may: the sinks and lanes, sorted.
    case stuck(messages: [String])

    /// A bounded word for rows and metrics.
    public var label: String {
        switch self {
        case .badSecret: "bad_secret"
        case .cannotOpen: "cannot_open"
        case .cannotWrite: "cannot_write"
        case .stuck: "stuck"
        }
    }
}

extension DeliveringError: CustomStringConvertible {
    /// One sentence that names the path; never the secret.
    public var description: String {
        switch self {
        case .badSecret: "a webhook's secret must be whsec_ followed by base64 of 24 to 64 bytes"
        case .cannotOpen(let path, let reason): "the alert log \(path) cannot be opened: \(reason)"
        case .cannotWrite(let path, let reason): "the alert log \(path) cannot be written: \(reason)"
        case .stuck(let messages): "stuck on the way: \(messages.joined(separator: ", "))"
        }
    }
}
