/// Repairs text that was written as UTF-8, read as windows-1252 or ISO 8859-1, and written as UTF-8 again: `â€™` for `’`.
enum MojibakeRepair {
    /// What the first two bytes of a quotation mark or a dash become: no language writes these characters side by side.
    private static let marks: [[UInt8]] = [[0xC3, 0xA2, 0xC2, 0x80], [0xC3, 0xA2, 0xE2, 0x82, 0xAC]]
    /// A page that tells of such text holds fewer.
    private static let fewest = 3

    /// Returns a text with its twice encoded characters read once more; the text itself where it has none.
    ///
    /// Only a text with some quotation marks that were surely encoded twice is changed; what was encoded once in it
    /// stays as it is.
    static func repaired(_ text: String) -> String {
        var text = text
        let repaired = text.withUTF8 { isDamaged($0) ? Self.repaired($0) : nil }
        return repaired.map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    private static func isDamaged(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var count = 0
        var place = 0
        while let next = bytes.place(of: 0xC3, from: place) {
            place = next + 1
            guard marks.contains(where: { bytes[next...].starts(with: $0) }) else { continue }
            count += 1
            if count == fewest { return true }
        }
        return false
    }

    private static func repaired(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            guard let (first, length) = byte(at: place, in: bytes), first >= 0xC2, first < 0xF5 else {
                result.append(bytes[place])
                place += 1
                continue
            }
            var character = [first]
            var end = place + length
            let count = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            while character.count < count, let (next, length) = byte(at: end, in: bytes), next & 0xC0 == 0x80
            {
                character.append(next)
                end += length
            }
            if character.count == count, String(validating: character, as: UTF8.self) != nil {
                result += character
                place = end
            } else {
                result += bytes[place..<place + length]
                place += length
            }
        }
        return result
    }

    /// The byte that a character beyond ASCII was read from, and the character's own length in UTF-8; `nil` for
    /// characters that windows-1252 lacks.
    private static func byte(at place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> (UInt8, Int)? {
        guard place + 1 < bytes.count, bytes[place] >= 0xC2 else { return nil }
        let first = UInt32(bytes[place])
        let second = UInt32(bytes[place + 1])
        if first < 0xE0 {
            return byte(of: (first & 0x1F) << 6 | second & 0x3F).map { ($0, 2) }
        }
        guard first < 0xF0, place + 2 < bytes.count else { return nil }
        return byte(of: (first & 0x0F) << 12 | (second & 0x3F) << 6 | UInt32(bytes[place + 2]) & 0x3F).map {
            ($0, 3)
        }
    }

    private static func byte(of code: UInt32) -> UInt8? {
        if (0x80...0xFF).contains(code) { return UInt8(code) }
        return SingleByteTables.windows1252.firstIndex { UInt32($0) == code }.map { UInt8(0x80 + $0) }
    }
}
