import Foundation
public import FoundationEssentials
public import TallyModel

/// What an answer says of the time until it is worth asking again.
public enum Freshness {
    /// Returns the seconds that a server asks for: `Retry-After` of a 429 or 503 (RFC 9110 §10.2.3), else
    /// `Cache-Control: max-age` less `Age`, else `Expires` less `Date` (RFC 9111 §4.2); `nil` where it asks for
    /// nothing.
    public static func minimumSeconds(of response: FetchResponse, now: Date) -> Double? {
        if [429, 503].contains(response.status) { return response.retryAfterSeconds(now: now) }
        let control = response.header("cache-control")?.lowercased() ?? ""
        let directives = control.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        guard !directives.contains("no-cache"), !directives.contains("no-store") else { return nil }
        let spent = response.header("age").flatMap(Double.init) ?? 0
        if let directive = directives.first(where: { $0.hasPrefix("max-age=") }) {
            let text = directive.dropFirst("max-age=".count).filter { $0 != "\"" }
            guard let age = Double(text), age >= 0, age.isFinite else { return nil }
            return max(age - max(spent.isFinite ? spent : 0, 0), 0)
        }
        guard let expires = response.header("expires").flatMap(HTTPDate.date) else { return nil }
        let date = response.header("date").flatMap(HTTPDate.date) ?? now
        return max(expires.timeIntervalSince(date), 0)
    }
}
