import Crypto
import Foundation

/// The signature of what a hub sends (<https://www.w3.org/TR/websub/#authenticated-content-distribution>).
enum HubSignature {
    /// Holds `X-Hub-Signature` against a body and a secret, in a time that does not depend on the bytes.
    ///
    /// - Parameters:
    ///   - field: `method=hexadecimal digits` with one of `sha1`, `sha256`, `sha384` and `sha512`; `nil` for none.
    ///   - body: What was signed.
    ///   - secret: What the hub was given.
    /// - Returns: Whether it is the signature.
    static func isValid(_ field: String?, of body: [UInt8], secret: String) -> Bool {
        let parts = (field ?? "").split(separator: "=", maxSplits: 1).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        guard parts.count == 2, let code = bytes(ofHexadecimal: parts[1]) else { return false }
        let key = SymmetricKey(data: Data(secret.utf8))
        switch parts[0].lowercased() {
        case "sha1":
            return HMAC<Insecure.SHA1>.isValidAuthenticationCode(code, authenticating: body, using: key)
        case "sha256": return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: body, using: key)
        case "sha384": return HMAC<SHA384>.isValidAuthenticationCode(code, authenticating: body, using: key)
        case "sha512": return HMAC<SHA512>.isValidAuthenticationCode(code, authenticating: body, using: key)
        default: return false
        }
    }

    private static func bytes(ofHexadecimal text: String) -> [UInt8]? {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == text.utf8.count, digits.count % 2 == 0 else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
