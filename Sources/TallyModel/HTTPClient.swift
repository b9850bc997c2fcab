/// One HTTP request.
public struct FetchRequest: Hashable, Sendable {
    /// The absolute `http:` or `https:` URL.
    public var url: String
    /// Further fields, sent in this order.
    public var headers: [HeaderField]
    /// Fields that are secrets of the URL's own origin: no redirect takes them to another one, and no message
    /// names them.
    public var privateHeaders: [HeaderField] = []
    /// Validators to ask with; empty ones are not sent.
    public var validators: Validators
    /// The body of a POST; `nil` makes it a GET.
    public var body: [UInt8]?
    /// The largest body that is taken, after decompression, in bytes.
    public var maximumBodyBytes: Int
    /// Whether a body over the limit is cut there, with the transfer, instead of being an error.
    public var cutsBody = false
    /// The whole transfer's time limit, in seconds.
    public var timeoutSeconds: Double
    /// Whether redirects are followed.
    public var followsRedirects: Bool
    /// The Unix socket that is connected to instead of the URL's host; `nil` for none.
    public var unixSocketPath: String?

    /// Creates a GET with the usual bounds.
    public init(url: String, validators: Validators = Validators(), maximumBodyBytes: Int = 8 << 20) {
        self.url = url
        headers = []
        self.validators = validators
        self.maximumBodyBytes = maximumBodyBytes
        timeoutSeconds = 30
        followsRedirects = true
    }
}

/// One field of a request or response.
public struct HeaderField: Hashable, Sendable {
    /// The name, compared without regard to case.
    public let name: String
    /// The value without surrounding white space.
    public let value: String

    /// Returns whether the field has a name, without regard to case.
    public func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count
            && zip(name.utf8, other.utf8).allSatisfy {
                $0 == $1 || $0 | 0x20 == $1 | 0x20 && $0 | 0x20 >= 0x61
            }
    }

    /// Creates a field.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What a server answered.
public struct FetchResponse: Hashable, Sendable {
    /// The status of the last answer.
    public var status: Int
    /// The URL that gave it, after redirects.
    public var url: String
    /// The fields of the last answer.
    public var headers: [HeaderField]
    /// The body after decompression; empty for 304.
    public var body: [UInt8]
    /// The redirects that led to the answer, in their order.
    public var redirects: [Redirect] = []
    /// The bytes of the body as they came over the wire, before decompression.
    public var transferredBytes = 0

    /// Creates an answer.
    public init(status: Int, url: String, headers: [HeaderField] = [], body: [UInt8] = []) {
        self.status = status
        self.url = url
        self.headers = headers
        self.body = body
    }

    /// Returns the value of the first field of a name, without regard to case.
    public func header(_ name: String) -> String? {
        headers.first { $0.isNamed(name) }?.value
    }

    /// The validators of the answer, byte for byte.
    public var validators: Validators {
        Validators(entityTag: header("etag"), lastModified: header("last-modified"))
    }
}

extension FetchResponse {
    /// The URL to ask instead from now on (RFC 9110 §15.4.2, §15.4.9): `nil` unless every redirect was permanent.
    public var permanentURL: String? {
        guard !redirects.isEmpty, redirects.allSatisfy(\.isPermanent) else { return nil }
        return url
    }
}

/// One redirect that was followed.
public struct Redirect: Hashable, Sendable {
    /// 301, 302, 303, 307 or 308.
    public let status: Int
    /// The absolute URL that it leads to.
    public let url: String

    /// Whether the server says that the old URL is not to be asked again.
    public var isPermanent: Bool { status == 301 || status == 308 }

    /// Creates a redirect.
    public init(status: Int, url: String) {
        self.status = status
        self.url = url
    }
}

/// Why no answer came.
public enum FetchError: Error, Hashable, Sendable {
    /// The URL cannot be used: not absolute, or of a scheme that is not allowed.
    case badURL(String)
    /// The address that the name leads to is private and not listed in `network.allow`.
    case addressRefused(String)
    /// The name has no address.
    case nameNotResolved
    /// No connection, or it broke.
    case connectionFailed(String)
    /// The certificate or the handshake failed.
    case tlsFailed(String)
    /// The time was over.
    case timedOut(seconds: Double)
    /// The body grew past its limit.
    case bodyTooLarge(limit: Int)
    /// The header fields grew past their limit.
    case headersTooLarge(limit: Int)
    /// More redirects than are followed.
    case tooManyRedirects(limit: Int)
    /// A local file or folder could not be read.
    case unreadable(String)
    /// The client was closed.
    case closed
    /// Anything else that libcurl says, by its code and words.
    case transfer(code: Int, message: String)
}

/// What sends requests.
public protocol HTTPClient: Sendable {
    /// Sends a request and returns the answer, whatever its status.
    nonisolated(nonsending) func send(_ request: FetchRequest) async throws(FetchError) -> FetchResponse
}
