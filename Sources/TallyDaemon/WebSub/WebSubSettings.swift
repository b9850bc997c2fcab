/// How hubs reach the daemon: without it no hub is ever asked.
public struct WebSubSettings: Hashable, Sendable {
    /// The address to listen on.
    public var host: String
    /// The port.
    public var port: UInt16
    /// The `http:` or `https:` URL that leads to the address from outside, without a slash at its end.
    public var publicURL: String
    /// How often a source is polled all the same while its hub tells what is new, in seconds.
    public var everySeconds: Double = 21600

    /// Creates settings.
    public init(host: String, port: UInt16, publicURL: String) {
        self.host = host
        self.port = port
        self.publicURL = publicURL
    }
}
