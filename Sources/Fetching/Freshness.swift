import Foundation
public import FoundationEssentials
public import TallyModel

/// What an answer says of the time until it is worth asking again.
public enum Freshness {
    /// Returns the seconds that a server asks for: `Retry-After` of a 429 or 503 (RFC 9110 §10.2.3), else
    /// `Cache-Control: max-age` less `Age` (RFC 9111 §4.2); `nil` where it asks for nothing.
    public static func minimumSeconds(of response: FetchResponse, now: Date) -> Double? {
        if [429, 503].contains(response.status) { return response.retryAfterSeconds(now: now) }
        guard let control = response.header("cache-control")?.lowercased() else { return nil }
        let directives = control.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        guard !directives.contains("no-cache"), !directives.contains("no-store"),
            let directive = directives.first(where: { $0.hasPrefix("max-age=") }),
            let age = Double(directive.dropFirst("max-age=".count)), age >= 0
        else { return nil }
        return max(age - (response.header("age").flatMap(Double.init) ?? 0), 0)
    }
}
