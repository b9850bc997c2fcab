/// The profiles of the claims that were compared last, so that a running story's hundreds of figures are not worked out
/// anew for each article.
///
/// It changes no result: a profile follows from its claim alone. Kept are the profiles that were asked for last, between
/// `capacity / 2` and `capacity` of them, of about 1.5 kB each.
public struct ProfileMemory: Sendable {
    /// Profiles that are kept at most.
    public static let capacity = 8_192

    private var young: [String: ClaimProfile] = [:]
    private var old: [String: ClaimProfile] = [:]

    /// Creates a memory that holds nothing.
    public init() {}

    /// Returns the profile that is kept under an identifier, or works it out.
    mutating func profile(_ id: String, _ work: @autoclosure () -> ClaimProfile) -> ClaimProfile {
        if let known = young[id] { return known }
        let profile = old[id] ?? work()
        if young.count >= Self.capacity / 2 {
            old = young
            young = [:]
        }
        young[id] = profile
        return profile
    }
}
