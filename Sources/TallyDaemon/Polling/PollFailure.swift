import Parsing
import TallyModel

/// Why a poll gave nothing.
struct PollFailure: Error {
    /// A bounded word.
    let label: String
    /// Whether the daemon is stopping, so that nothing can be said of the source.
    var isStop = false
    /// What a person reads, with what is at fault named.
    let reason: String
    /// What the answer asks of the next poll.
    var hints = PollPolicy.Hints()
    /// Whether the server says that the source is gone for good.
    var isGone = false

    /// Whether the URL itself does not give what it should, and not only now.
    var isFinal: Bool { isGone || ["http_404", "not_a_feed", "empty"].contains(label) }

    init(label: String, reason: String) {
        self.label = label
        self.reason = reason
    }

    init(_ error: FetchError) {
        self.init(label: error.label, reason: error.description)
        isStop = error == .closed
    }

    init(_ error: ParsingError) {
        self.init(label: error.label, reason: error.description)
    }
}
