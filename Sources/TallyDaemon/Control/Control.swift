public import FoundationEssentials
public import TallyModel

/// What a person asks of the store, from the command line to the process that may write to it.
public enum ControlRequest: Codable, Hashable, Sendable {
    /// Sets a baseline that no claim moves; all bounds `nil` lets go of it again.
    case pin(figure: String, low: Decimal?, best: Decimal?, high: Decimal?, note: String?)
    /// Silences a figure, or lets it speak again.
    case mute(figure: String, isMuted: Bool)
    /// Marks an alert as seen.
    case acknowledge(alert: String)
    /// Lets no alert of a subject leave.
    case silence(Mute)
    /// Lets alerts of a subject leave again.
    case unsilence(Mute.Subject, String)
    /// Lets deliveries leave anew.
    case replay(DeliverySelection)
}

/// What came of it.
public struct ControlAnswer: Codable, Hashable, Sendable {
    /// Whether it was done.
    public var isDone: Bool
    /// One sentence for the person.
    public var message: String

    /// Creates an answer.
    public init(isDone: Bool, message: String) {
        self.isDone = isDone
        self.message = message
    }
}
