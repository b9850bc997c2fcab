/// Tells whether bytes are UTF-8, without making a string of them.
enum UTF8Check {
    /// Returns whether all bytes are well-formed (Unicode 16, table 3-7).
    static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = UnsafeRawPointer(bytes.baseAddress) else { return true }
        var place = 0
        while place < bytes.count {
            // Eight bytes of ASCII at once.
            if place + 8 <= bytes.count,
                base.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                place += 8
                continue
            }
            let first = bytes[place]
            if first < 0x80 {
                place += 1
                continue
            }
            let (length, low, high) = bounds(first)
            guard length > 0, place + length <= bytes.count, bytes[place + 1] >= low, bytes[place + 1] <= high
            else {
                return false
            }
            for next in place + 2..<max(place + length, place + 2) where bytes[next] & 0xC0 != 0x80 {
                return false
            }
            place += length
        }
        return true
    }

    /// The length of a sequence by its first byte, and the bounds of its second one; 0 for a byte that begins none.
    @inline(__always) private static func bounds(_ first: UInt8) -> (length: Int, low: UInt8, high: UInt8) {
        switch first {
        case 0xC2...0xDF: (2, 0x80, 0xBF)
        case 0xE0: (3, 0xA0, 0xBF)
        case 0xED: (3, 0x80, 0x9F)
        case 0xE1...0xEF: (3, 0x80, 0xBF)
        case 0xF0: (4, 0x90, 0xBF)
        case 0xF1...0xF3: (4, 0x80, 0xBF)
        case 0xF4: (4, 0x80, 0x8F)
        default: (0, 0, 0)
        }
    }
}
