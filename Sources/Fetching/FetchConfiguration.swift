/// How transfers are made.
public struct FetchConfiguration: Sendable {
    /// The private networks that may be reached; all others are refused.
    public var allowedNetworks: [NetworkRange] = []
    /// The `User-Agent` field.
    public var userAgent = "Tallywatch/0.1"
    /// Transfers at once; further ones wait their turn, and their time does not run.
    ///
    /// With the limit on bodies this bounds the memory of all transfers to half a gigabyte.
    public var maximumTransfers = 64
    /// Transfers from one host at once.
    ///
    /// Kept here and not by libcurl, which would let the time of a transfer run while it waits for its turn.
    public var maximumTransfersPerHost = 4
    /// Requests to one host a second; 0 for no limit.
    ///
    /// A host of one's own, which is one that ``allowedNetworks`` lists by its address, is not spared.
    public var requestsPerSecondPerHost: Double = 10
    /// Requests to one host that may come at once after a rest, before the limit counts.
    public var burstPerHost: Double = 20
    /// Header and trailer fields of one answer, in bytes.
    public var maximumHeaderBytes = 64 << 10
    /// Redirects that are followed in a row.
    public var maximumRedirects = 5
    /// The time for a connection, in seconds.
    public var connectTimeoutSeconds: Double = 10
    /// The least speed, in bytes a second over ``slowSeconds``.
    public var minimumBytesPerSecond = 64
    /// The time that a transfer may be slower than ``minimumBytesPerSecond``, in seconds.
    public var slowSeconds = 20

    /// A file of certificates that are trusted in place of the system's; `nil` for the system's.
    public var certificateFile: String?

    /// Creates a configuration that reaches public addresses only.
    public init() {}

    /// Returns the `User-Agent` of a daemon whose operator can be reached: a URL, or an address for mail.
    public static func userAgent(contact: String) -> String {
        "\(FetchConfiguration().userAgent) (+\(contact))"
    }
}
