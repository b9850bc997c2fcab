import Glibc

/// Refuses addresses that only a server of one's own has, unless they are allowed.
///
/// Asked with the address that the socket is about to connect to: after DNS, at each redirect, and so also against
/// names that change their address between two look-ups.
struct AddressGuard: Sendable {
    var allowed: [NetworkRange] = []

    /// Returns whether an address of 4 or 16 bytes may be connected to.
    func allows(_ address: [UInt8]) -> Bool {
        let plain = Self.unwrapped(address)
        if allowed.contains(where: { $0.contains(address) || $0.contains(plain) }) { return true }
        return !Self.refused.contains { $0.contains(address) || $0.contains(plain) }
    }

    /// Returns the IPv4 address within an IPv6 one: mapped, NAT64 (RFC 6052), 6to4 (RFC 3056); else the address itself.
    static func unwrapped(_ address: [UInt8]) -> [UInt8] {
        guard address.count == 16 else { return address }
        let head = Array(address[..<12])
        let mapped = [UInt8](repeating: 0, count: 10) + [0xff, 0xff]
        let nat64: [UInt8] = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]
        if head == mapped || head == nat64 { return Array(address[12...]) }
        if address[0] == 0x20, address[1] == 0x02 { return Array(address[2..<6]) }
        return address
    }

    /// The address of a socket as bytes and as text; `nil` for a family that is neither IPv4 nor IPv6.
    static func address(of socket: UnsafePointer<sockaddr>) -> (bytes: [UInt8], text: String)? {
        switch Int32(socket.pointee.sa_family) {
        case AF_INET:
            let address = socket.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { $0.pointee.sin_addr }
            let bytes = withUnsafeBytes(of: address) { Array($0) }
            return (bytes, text(of: bytes, family: AF_INET))
        case AF_INET6:
            let address = socket.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                $0.pointee.sin6_addr
            }
            let bytes = withUnsafeBytes(of: address) { Array($0) }
            return (bytes, text(of: bytes, family: AF_INET6))
        default:
            return nil
        }
    }

    private static func text(of bytes: [UInt8], family: Int32) -> String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "?" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    // Source: the IANA IPv4 and IPv6 Special-Purpose Address Registries, entries that are not globally reachable.
    private static let refused: [NetworkRange] = """
        0.0.0.0/8
        10.0.0.0/8
        100.64.0.0/10
        127.0.0.0/8
        169.254.0.0/16
        172.16.0.0/12
        192.0.0.0/24
        192.0.2.0/24
        192.31.196.0/24
        192.52.193.0/24
        192.88.99.0/24
        192.168.0.0/16
        192.175.48.0/24
        198.18.0.0/15
        198.51.100.0/24
        203.0.113.0/24
        224.0.0.0/4
        240.0.0.0/4
        ::/128
        ::1/128
        ::/96
        64:ff9b:1::/48
        100::/64
        2001::/23
        2001:db8::/32
        3fff::/20
        5f00::/16
        fc00::/7
        fe80::/10
        fec0::/10
        ff00::/8
        """.split(separator: "\n").map { line in
            guard let range = NetworkRange(String(line)) else {
                preconditionFailure("the table of refused networks has a row that is none: \(line)")
            }
            return range
        }
}
