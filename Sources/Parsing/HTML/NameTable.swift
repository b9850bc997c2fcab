/// Finds small values by ASCII names, without a string for each name that is looked up.
///
/// Open addressing over the 64-bit hashes of the lower-case names; two names that share a hash would be taken for
/// one another, which no table's own names do.
struct NameTable: Sendable {
    private var keys: [UInt64]
    private var values: [UInt8]
    private let mask: Int

    /// Creates a table of names in lower case; a name that stands twice has its first value.
    init(_ pairs: [(name: String, value: UInt8)]) {
        var size = 16
        while size < pairs.count * 3 { size *= 2 }
        mask = size - 1
        keys = [UInt64](repeating: 0, count: size)
        values = [UInt8](repeating: 0, count: size)
        for (name, value) in pairs {
            let key = NameHash(of: name.utf8).value
            var slot = Int(truncatingIfNeeded: key) & mask
            while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
            guard keys[slot] == 0 else { continue }
            keys[slot] = key
            values[slot] = value
        }
    }

    /// Returns the value of a name; `nil` where the table lacks it.
    @inline(__always)
    subscript(hash: NameHash) -> UInt8? {
        let key = hash.value
        var slot = Int(truncatingIfNeeded: key) & mask
        while keys[slot] != key {
            if keys[slot] == 0 { return nil }
            slot = (slot + 1) & mask
        }
        return values[slot]
    }
}

/// The FNV-1a hash of a name's bytes (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>).
struct NameHash: Equatable, Sendable {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    init() {}

    init(of bytes: some Sequence<UInt8>) {
        for byte in bytes { add(byte) }
    }

    /// Adds a byte, which is in lower case already.
    @inline(__always)
    mutating func add(_ byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    /// The hash, never 0, with its low bits well mixed.
    @inline(__always)
    var value: UInt64 {
        let mixed = state ^ (state >> 32)
        return mixed == 0 ? 1 : mixed
    }
}
