public import FoundationEssentials
public import TallyModel

/// How one service wants its messages: the request that brings them there, and what its answers mean.
public protocol MessageFormat: Sendable {
    /// Messages that the service is sent at once.
    var concurrency: Int { get }

    /// Whether it shows several alerts in one message.
    var takesGroups: Bool { get }

    /// Whether it is told when a person has acknowledged an alert.
    var followsAcknowledgements: Bool { get }

    /// Returns the request that brings a message; `nil` where the service need not hear of it.
    func request(for message: Message, at now: Date) throws -> FetchRequest?

    /// Returns whether an answer of this status will stay the same for this message, however often it is sent.
    func isFinal(status: Int) -> Bool
}

extension MessageFormat {
    /// One at a time: chat services limit how many messages a second they take.
    public var concurrency: Int { 1 }

    /// Several alerts a message.
    public var takesGroups: Bool { true }

    /// Not told.
    public var followsAcknowledgements: Bool { false }

    /// Any other answer may come of a receiver that is being set up.
    public func isFinal(status: Int) -> Bool { false }
}

extension FetchRequest {
    /// A POST of JSON that is bytes already.
    init(
        posting body: [UInt8],
        to url: String,
        type: String = "application/json",
        headers: [HeaderField] = []
    ) {
        self.init(url: url)
        self.body = body
        self.headers = [HeaderField("Content-Type", type)] + headers
    }

    /// A POST of a value as JSON.
    init(
        postingJSON value: some Encodable,
        to url: String,
        type: String = "application/json",
        headers: [HeaderField] = []
    ) throws {
        let body = Array(try TallyJSON.encoder().encode(value))
        self.init(posting: body, to: url, type: type, headers: headers)
    }
}
