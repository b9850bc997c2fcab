import Glibc

/// A range of IP addresses in CIDR notation, IPv4 or IPv6.
///
/// IPv4 addresses that hide in IPv6 ones (mapped, RFC 4291 §2.5.5.2) count as IPv4.
public struct NetworkRange: Hashable, Sendable {
    private let bytes: [UInt8]
    private let prefixLength: Int

    /// Reads `10.1.2.0/24`, `fd00::/8` or a single address; `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let address = parts.first, let bytes = Self.bytes(of: String(address)) else { return nil }
        self.bytes = bytes
        switch parts.count {
        case 1:
            prefixLength = bytes.count * 8
        case 2:
            guard let length = Int(parts[1]), (0...bytes.count * 8).contains(length) else { return nil }
            prefixLength = length
        default:
            return nil
        }
    }

    /// Returns whether the range holds an address of 4 or 16 bytes in network order.
    public func contains(_ address: [UInt8]) -> Bool {
        guard address.count == bytes.count else { return false }
        for place in bytes.indices {
            let left = prefixLength - place * 8
            guard left > 0 else { return true }
            let mask: UInt8 = left >= 8 ? 0xff : ~(0xff >> UInt8(left))
            guard address[place] & mask == bytes[place] & mask else { return false }
        }
        return true
    }

    /// Returns the 4 or 16 bytes of an address as text; `nil` if it is none.
    static func bytes(of text: String) -> [UInt8]? {
        var v4 = [UInt8](repeating: 0, count: 4)
        if inet_pton(AF_INET, text, &v4) == 1 { return v4 }
        var v6 = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET6, text, &v6) == 1 { return v6 }
        return nil
    }
}
