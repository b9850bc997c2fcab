public import Foundation
public import TallyModel

/// Sends alerts by e-mail; the mails about one figure make one thread.
public struct MailSink: Sink {
    /// Where mails go, and from whom.
    public struct Configuration: Hashable, Sendable {
        /// The server's name or address.
        public var host: String
        /// The server's port.
        public var port: Int
        /// How the way to it is protected.
        public var security: Mail.Security
        /// The login; `nil` for none.
        public var login: Mail.Login?
        /// The sender's address.
        public var from: String
        /// The receivers' addresses.
        public var to: [String]

        /// Creates the configuration of a server without a login.
        public init(host: String, port: Int, security: Mail.Security, from: String, to: [String]) {
            self.host = host
            self.port = port
            self.security = security
            self.from = from
            self.to = to
        }
    }

    /// The sink's name in the configuration.
    public let name: String
    private let configuration: Configuration
    private let client: any MailClient
    private let clock: @Sendable () -> Date

    /// Creates a sink.
    public init(
        name: String,
        configuration: Configuration,
        client: any MailClient,
        clock: @escaping @Sendable () -> Date
    ) {
        self.name = name
        self.configuration = configuration
        self.client = client
        self.clock = clock
    }

    /// The server and the receivers.
    public var target: String {
        Identifier.derived(from: [configuration.host, String(configuration.port)] + configuration.to)
    }

    /// Several alerts make one mail.
    public var takesGroups: Bool { true }

    /// Hands one mail to the server; a reply of 5xx may be gone tomorrow, when a mailbox or a password is mended.
    public func deliver(_ message: Message) async -> DeliveryResult {
        let content: [UInt8]
        do {
            content = try MailText.bytes(
                of: message,
                from: configuration.from,
                to: configuration.to,
                date: clock()
            )
        } catch {
            return .refused(reason: "the alert cannot be put in a mail: \(error)")
        }
        var mail = Mail(
            host: configuration.host,
            port: configuration.port,
            security: configuration.security,
            from: configuration.from,
            to: configuration.to,
            content: content
        )
        mail.login = configuration.login
        do {
            try await client.send(mail)
            return .delivered
        } catch {
            return .failed(reason: error.reason, retryAfterSeconds: nil)
        }
    }
}
