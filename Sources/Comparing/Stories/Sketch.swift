/// A bottom-k sketch of a text's shingles of five words, to know near-copies by.
enum Sketch {
    /// The most digests that a sketch keeps.
    static let size = 64

    /// Returns the smallest digests of a text's shingles, in rising order; cost is linear in the text.
    static func digests(of words: [String]) -> [UInt32] {
        guard words.count >= 5 else { return [] }
        let hashes = words.map(hash)
        var digests: [UInt32] = []
        digests.reserveCapacity(hashes.count)
        for start in 0...(hashes.count - 5) {
            var digest: UInt64 = 14_695_981_039_346_656_037
            for offset in 0..<5 { digest = (digest ^ hashes[start + offset]) &* 1_099_511_628_211 }
            digests.append(UInt32(truncatingIfNeeded: digest ^ (digest >> 32)))
        }
        digests.sort()
        var least: [UInt32] = []
        for digest in digests where digest != least.last {
            least.append(digest)
            if least.count == size { break }
        }
        return least
    }

    /// Returns the part of a sketch that another holds, over the range that both cover, 0 to 1; both in rising order.
    static func containment(of a: [UInt32], in b: [UInt32]) -> Double {
        guard let lastA = a.last, let lastB = b.last, a.count >= 8, b.count >= 8 else { return 0 }
        let reach = min(a.count < size ? UInt32.max : lastA, b.count < size ? UInt32.max : lastB)
        var covered = 0
        var shared = 0
        var place = 0
        for digest in a {
            guard digest <= reach else { break }
            covered += 1
            while place < b.count, b[place] < digest { place += 1 }
            if place < b.count, b[place] == digest { shared += 1 }
        }
        return covered < 8 ? 0 : Double(shared) / Double(covered)
    }

    // FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
    private static func hash(of word: String) -> UInt64 {
        word.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }
}
