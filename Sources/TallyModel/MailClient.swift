/// One mail on its way to a server.
public struct Mail: Hashable, Sendable {
    /// How the way to the server is protected.
    public enum Security: String, CaseIterable, Sendable {
        /// STARTTLS, required (RFC 3207).
        case starttls
        /// TLS from the first byte (RFC 8314).
        case tls
        /// None: for a server on this machine.
        case none
    }

    /// The server's name or address.
    public var host: String
    /// The server's port.
    public var port: Int
    /// How the way is protected.
    public var security: Security
    /// The name and password to log in with; `nil` for none.
    public var login: Login?
    /// The sender's address.
    public var from: String
    /// The receivers' addresses.
    public var to: [String]
    /// Header and body with CRLF line ends (RFC 5322).
    public var content: [UInt8]

    /// A name and its password.
    public struct Login: Hashable, Sendable {
        /// The name.
        public var user: String
        /// The password.
        public var password: String

        /// Creates a login.
        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    /// Creates a mail for a server without a login.
    public init(host: String, port: Int, security: Security, from: String, to: [String], content: [UInt8]) {
        self.host = host
        self.port = port
        self.security = security
        self.from = from
        self.to = to
        self.content = content
    }
}

/// Why a mail was not taken.
public struct MailError: Error, Hashable, Sendable {
    /// The server's last reply code; 0 where there was none.
    public let code: Int
    /// One sentence for the operator, without the password.
    public let reason: String

    /// Creates an error.
    public init(code: Int, reason: String) {
        self.code = code
        self.reason = reason
    }
}

/// What hands mails to servers.
public protocol MailClient: Sendable {
    /// Hands one mail over and returns when the server has taken it.
    func send(_ mail: Mail) async throws(MailError)
}
