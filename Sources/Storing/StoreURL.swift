/// The `store` value of the configuration.
public enum StoreURL: Hashable, Sendable {
    /// An SQLite file.
    case file(path: String)
    /// An SQLite database that lives as long as the process.
    case memory

    /// Reads `sqlite:///absolute/path`, `sqlite://relative/path` (from `directory`) or `sqlite::memory:`.
    ///
    /// - Throws: ``StoringError/badURL(_:)`` for anything else.
    public init(_ text: String, relativeTo directory: String) throws(StoringError) {
        if text == "sqlite::memory:" || text == "sqlite://:memory:" {
            self = .memory
            return
        }
        let scheme = "sqlite://"
        guard text.hasPrefix(scheme), text.count > scheme.count else { throw .badURL(text) }
        let path = String(text.dropFirst(scheme.count))
        self = .file(path: path.hasPrefix("/") ? path : "\(directory)/\(path)")
    }
}
