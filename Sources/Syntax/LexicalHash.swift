/// The hashes by which spaCy's models know words.
enum LexicalHash {
    /// Returns MurmurHash64A of UTF-8 bytes with the seed 1; 0 for an empty text, as spaCy's string store has it.
    static func hash(_ text: some Sequence<UInt8>, count: Int) -> UInt64 {
        guard count > 0 else { return 0 }
        let m: UInt64 = 0xC6A4_A793_5BD1_E995
        var h = 1 ^ (UInt64(count) &* m)
        var word: UInt64 = 0
        var shift: UInt64 = 0
        for byte in text {
            word |= UInt64(byte) << shift
            shift += 8
            guard shift == 64 else { continue }
            word = word &* m
            word ^= word >> 47
            word = word &* m
            h = (h ^ word) &* m
            word = 0
            shift = 0
        }
        if shift > 0 { h = (h ^ word) &* m }
        h = (h ^ h >> 47) &* m
        return h ^ h >> 47
    }

    static func hash(_ text: String) -> UInt64 { hash(text.utf8, count: text.utf8.count) }

    /// Returns MurmurHash3_x64_128 of a hash's eight bytes as four numbers: the rows of a hashed embedding.
    static func rows(of value: UInt64, seed: UInt32) -> SIMD4<UInt32> {
        var word = value &* 0x87C3_7B91_1142_53D5
        word = (word << 31 | word >> 33) &* 0x4CF5_AD43_2745_937F
        let length: UInt64 = 8
        var first = UInt64(seed) ^ word ^ length
        var second = UInt64(seed) ^ length
        first = first &+ second
        second = second &+ first
        first = mixed(first)
        second = mixed(second)
        first = first &+ second
        second = second &+ first
        return SIMD4(
            UInt32(truncatingIfNeeded: first),
            UInt32(truncatingIfNeeded: first >> 32),
            UInt32(truncatingIfNeeded: second),
            UInt32(truncatingIfNeeded: second >> 32)
        )
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value ^= value >> 33
        value = value &* 0xFF51_AFD7_ED55_8CCD
        value ^= value >> 33
        value = value &* 0xC4CE_B9FE_1A85_EC53
        return value ^ value >> 33
    }
}
