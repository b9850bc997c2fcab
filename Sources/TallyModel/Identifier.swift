import Crypto
import FoundationEssentials

/// Identifiers that are derived from what they name, so that writing twice is writing once.
public enum Identifier {
    /// Returns 24 lower-case hexadecimal digits of the SHA-256 of the parts, each ended by a zero byte.
    ///
    /// - Parameters:
    ///   - prefix: A word that tells the kind of the thing, set before the digits (`alert_…`); empty for none.
    ///   - parts: What the thing is known by, in a fixed order.
    /// - Returns: The prefix and the digits.
    public static func derived(_ prefix: String = "", from parts: [String]) -> String {
        var hash = SHA256()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(parts.reduce(0) { $0 + $1.utf8.count + 1 })
        for part in parts {
            bytes += part.utf8
            bytes.append(0)
        }
        hash.update(data: bytes)
        return prefix + hexadecimal(hash.finalize().prefix(12))
    }

    /// Returns all 64 hexadecimal digits of the SHA-256 of some bytes.
    public static func digest(of bytes: some Sequence<UInt8>) -> String {
        hexadecimal(SHA256.hash(data: bytes as? [UInt8] ?? Array(bytes)))
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in bytes {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 15))
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
