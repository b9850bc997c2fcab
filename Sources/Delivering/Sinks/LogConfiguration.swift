/// How the alert log is written.
public struct LogConfiguration: Hashable, Sendable {
    /// What a record looks like.
    public enum Format: String, CaseIterable, Sendable {
        /// One JSON object a line.
        case json
        /// A few lines for people, in colour on a terminal.
        case text
    }

    /// The file.
    public var path: String
    /// What a record looks like.
    public var format = Format.json
    /// The size at which the file is renamed to `.1`, in bytes; no limit where another program rotates it.
    public var maximumBytes = Int.max
    /// The renamed files that are kept.
    public var keptFiles = 5

    /// Creates the configuration of a file of JSON lines that nobody but other programs rotate.
    public init(path: String) {
        self.path = path
    }
}
