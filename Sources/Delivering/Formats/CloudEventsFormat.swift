public import FoundationEssentials
public import TallyModel

/// CloudEvents 1.0 over HTTP (<https://github.com/cloudevents/spec>): one event an alert.
///
/// The event's `id` is the alert's, `source` and `id` together tell repeats.
public struct CloudEventsFormat: MessageFormat {
    /// Where the attributes stand.
    public enum Mode: String, CaseIterable, Sendable {
        /// In the body, beside the data.
        case structured
        /// In `ce-` fields; the body is the data.
        case binary
    }

    private let url: String
    private let source: String
    private let mode: Mode

    /// Creates a format; `source` is a URI reference that names this daemon.
    public init(url: String, source: String, mode: Mode) {
        self.url = url
        self.source = source
        self.mode = mode
    }

    /// As many as keep a receiver busy that answers within milliseconds.
    public var concurrency: Int { 16 }

    /// Batches are only for receivers that ask for them.
    public var takesGroups: Bool { false }

    /// Returns the POST of one event.
    public func request(for message: Message, at now: Date) throws -> FetchRequest? {
        let alert = try message.first.alert()
        let event = CloudEvent(alert, id: message.id, source: source)
        switch mode {
        case .structured:
            return try FetchRequest(
                postingJSON: event,
                to: url,
                type: "application/cloudevents+json; charset=utf-8"
            )
        case .binary:
            let fields = event.attributes.map { HeaderField("ce-\($0.name)", Self.encoded($0.value)) }
            return try FetchRequest(
                postingJSON: event.data,
                to: url,
                headers: fields
            )
        }
    }

    /// A value as a header field may bear it (HTTP protocol binding, section 3.1.3.2).
    static func encoded(_ value: String) -> String {
        value.unicodeScalars.map { scalar in
            guard !(0x21...0x7e).contains(scalar.value) || scalar == "\"" || scalar == "%" else {
                return String(scalar)
            }
            return String(scalar).utf8.map { byte in
                let digits = String(byte, radix: 16, uppercase: true)
                return "%" + (digits.count == 1 ? "0" : "") + digits
            }.joined()
        }.joined()
    }
}

/// An event in the JSON format of CloudEvents, with the severity extension.
private struct CloudEvent: Encodable {
    let specversion = "1.0"
    let id: String
    let source: String
    let type: String
    let time: Date
    let subject: String?
    let severitytext: String
    let severitynumber: Int
    let datacontenttype = "application/json"
    let data: Alert.Details

    init(_ alert: Alert, id: String, source: String) {
        self.id = id
        self.source = source
        type = alert.type.rawValue
        time = alert.timestamp
        subject = alert.data.figure?.id ?? alert.data.source?.name
        data = alert.data
        // Severity numbers of OpenTelemetry's log data model.
        (severitytext, severitynumber) =
            switch alert.data.severity {
            case .info: ("INFO", 9)
            case .warning: ("WARN", 13)
            case .critical: ("ERROR", 17)
            }
    }

    /// What a binary message bears in fields; `datacontenttype` is the field Content-Type there.
    var attributes: [(name: String, value: String)] {
        var pairs = [
            ("specversion", specversion), ("id", id), ("source", source), ("type", type),
            ("time", Timestamp.text(of: time)),
            ("severitytext", severitytext), ("severitynumber", String(severitynumber)),
        ]
        if let subject { pairs.append(("subject", subject)) }
        return pairs
    }
}
