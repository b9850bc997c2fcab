/// How long what is stored stays, in seconds; `nil` keeps it for ever.
public struct Retention: Hashable, Sendable {
    /// The texts of articles; their claims stay.
    public var articlesSeconds: Double? = 90 * 86400
    /// Stories without a new article, with their figures and claims, unless a person has pinned one.
    public var claimsSeconds: Double? = 730 * 86400
    /// Alerts and what became of their deliveries.
    public var alertsSeconds: Double? = 730 * 86400

    /// Creates the usual retention.
    public init() {}
}
