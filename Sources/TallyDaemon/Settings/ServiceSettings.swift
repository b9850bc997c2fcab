/// Where metrics and health are told.
public struct ServiceSettings: Hashable, Sendable {
    /// The address to listen on; `nil` for none.
    public var host: String? = "127.0.0.1"
    /// The port.
    public var port: UInt16 = 9642

    /// Creates the usual settings: the loopback address.
    public init() {}
}
