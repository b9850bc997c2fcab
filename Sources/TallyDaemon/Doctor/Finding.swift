/// One thing that the doctor has looked at.
public struct Finding: Hashable, Sendable, Encodable {
    /// How bad it is.
    public enum Level: String, Sendable, Encodable {
        case ok, warning, error
    }

    /// What was looked at: a part of the configuration, a file, a sink, a source.
    public let subject: String
    /// How bad it is.
    public let level: Level
    /// What was found.
    public let message: String
    /// What to do about it; `nil` where nothing need be done.
    public let advice: String?

    static func ok(_ subject: String, _ message: String) -> Finding {
        Finding(subject: subject, level: .ok, message: message, advice: nil)
    }

    static func warning(_ subject: String, _ message: String, _ advice: String) -> Finding {
        Finding(subject: subject, level: .warning, message: message, advice: advice)
    }

    static func error(_ subject: String, _ message: String, _ advice: String) -> Finding {
        Finding(subject: subject, level: .error, message: message, advice: advice)
    }
}
