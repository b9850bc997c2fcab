public import FoundationEssentials

/// A person's word that alerts of some kind are not to be told for a while; they are stored all the same.
public struct Mute: Codable, Hashable, Sendable {
    /// What is silenced.
    public enum Subject: String, CaseIterable, Codable, Sendable {
        /// A figure, by its identifier.
        case figure
        /// A story, by its identifier.
        case story
        /// A watch, by its name.
        case watch
        /// A source, by its name.
        case source
    }

    /// What is silenced.
    public var subject: Subject
    /// Its identifier or name.
    public var value: String
    /// When it speaks again; `nil` until a person says so.
    public var until: Date?
    /// Why.
    public var note: String?

    /// Creates a mute.
    public init(subject: Subject, value: String, until: Date?, note: String?) {
        self.subject = subject
        self.value = value
        self.until = until
        self.note = note
    }

    /// Returns whether it silences an alert that an article of a source raised.
    public func silences(_ alert: Alert, source: String, at now: Date) -> Bool {
        if let until, until <= now { return false }
        switch subject {
        case .figure: return alert.data.figure?.id == value
        case .story: return alert.data.story?.id == value
        case .watch: return alert.data.watch == value
        case .source: return source == value
        }
    }
}
