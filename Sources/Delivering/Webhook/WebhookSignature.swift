import Crypto
import Foundation

/// A signing secret of Standard Webhooks; its text form never leaves it.
public struct WebhookSecret: Hashable, Sendable, CustomStringConvertible {
    fileprivate let bytes: Data

    /// Reads `whsec_` followed by base64 of 24 to 64 bytes.
    ///
    /// - Throws: ``DeliveringError/badSecret`` for anything else.
    public init(_ text: String) throws(DeliveringError) {
        let prefix = "whsec_"
        guard text.hasPrefix(prefix), let bytes = Data(base64Encoded: String(text.dropFirst(prefix.count))),
            (24...64).contains(bytes.count)
        else { throw .badSecret }
        self.bytes = bytes
    }

    /// The same for every secret.
    public var description: String { "whsec_…" }
}

/// The signature of Standard Webhooks 1.0.0 (<https://www.standardwebhooks.com>).
public enum WebhookSignature {
    /// Returns the value of `webhook-signature`: one `v1,` part for each secret, separated by spaces.
    ///
    /// - Parameters:
    ///   - id: The value of `webhook-id`; it bears no full stop.
    ///   - timestamp: The value of `webhook-timestamp`: the attempt's time in seconds since 1970.
    ///   - body: The body, byte for byte as it is sent.
    ///   - secrets: The newest first; a receiver accepts a body that one of its own secrets signed.
    /// - Returns: The field's value.
    public static func value(id: String, timestamp: Int, body: [UInt8], secrets: [WebhookSecret]) -> String {
        let signed = Data("\(id).\(timestamp).".utf8) + body
        return secrets.map { secret in
            let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret.bytes))
            return "v1," + Data(code).base64EncodedString()
        }.joined(separator: " ")
    }
}
