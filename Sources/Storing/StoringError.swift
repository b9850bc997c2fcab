/// Why the store cannot be used.
public enum StoringError: Error, Equatable, Sendable {
    /// The `store` value is not a URL that the project knows.
    case badURL(String)
    /// Another process holds the store.
    case inUse(path: String)
    /// The file cannot be opened or created.
    case cannotOpen(path: String, reason: String)
    /// The store takes nothing: the disk is full, or fails.
    case cannotWrite(reason: String)
    /// There is no store at that path yet.
    case missing(path: String)

    /// A bounded word for rows and metrics.
    public var label: String {
        switch self {
        case .badURL: "bad_url"
        case .inUse: "in_use"
        case .cannotOpen: "cannot_open"
        case .cannotWrite: "cannot_write"
        case .missing: "missing"
        }
    }
}

extension StoringError: CustomStringConvertible {
    /// One sentence that names the path.
    public var description: String {
        switch self {
        case .badURL(let text): "store: \(text) is not of the form sqlite:///path/to/tallywatch.db"
        case .inUse(let path): "store: \(path) is in use by another tallywatch"
        case .cannotOpen(let path, let reason): "store: \(path) cannot be opened: \(reason)"
        case .cannotWrite(let reason): "store: it takes nothing: \(reason)"
        case .missing(let path): "store: there is no store at \(path) yet; run the daemon first"
        }
    }
}
