/// White space and characters without a shape, in UTF-8.
enum TextSpace {
    /// Returns how many bytes of white space or of nothing visible begin at a place, and whether they are shown as
    /// space.
    @inline(__always)
    static func length(at place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (count: Int, isShown: Bool) {
        let first = bytes[place]
        if first <= 0x20 { return (1, true) }
        if first < 0xC2 || first > 0xEF { return (0, false) }
        return other(at: place, in: bytes)
    }

    /// The space of Unicode; soft hyphens, zero-width marks and byte order marks would cut a figure in two.
    private static func other(
        at place: Int,
        in bytes: UnsafeBufferPointer<UInt8>
    ) -> (count: Int, isShown: Bool) {
        guard place + 1 < bytes.count else { return (0, false) }
        let second = bytes[place + 1]
        switch bytes[place] {
        case 0xC2:
            if second == 0xA0 || second == 0x85 { return (2, true) }
            return second == 0xAD ? (2, false) : (0, false)
        case 0xE1: return third(place, bytes) == 0x80 && second == 0x9A ? (3, true) : (0, false)
        case 0xE2:
            let third = third(place, bytes)
            if second == 0x80 {
                if third == 0x8B { return (3, false) }
                let isSpace =
                    third >= 0x80 && third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF
                return isSpace ? (3, true) : (0, false)
            }
            if second == 0x81 { return third == 0x9F ? (3, true) : third == 0xA0 ? (3, false) : (0, false) }
            return (0, false)
        case 0xE3: return second == 0x80 && third(place, bytes) == 0x80 ? (3, true) : (0, false)
        case 0xEF: return second == 0xBB && third(place, bytes) == 0xBF ? (3, false) : (0, false)
        default: return (0, false)
        }
    }

    private static func third(_ place: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> UInt8 {
        place + 2 < bytes.count ? bytes[place + 2] : 0
    }
}
