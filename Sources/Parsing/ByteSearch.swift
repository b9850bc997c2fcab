import Glibc

extension UnsafeBufferPointer<UInt8> {
    /// The first place of a byte from a place on; `nil` for none.
    func place(of byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = baseAddress,
            let found = memchr(base + start, Int32(byte), count - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Whether some bytes of ASCII stand at a place.
    func holds(_ text: StaticString, at place: Int) -> Bool {
        guard let base = baseAddress, place >= 0, place + text.utf8CodeUnitCount <= count else {
            return false
        }
        return memcmp(base + place, text.utf8Start, text.utf8CodeUnitCount) == 0
    }

    /// Whether some bytes stand anywhere.
    func holds(_ bytes: [UInt8]) -> Bool {
        guard let first = bytes.first else { return true }
        var start = 0
        while let next = place(of: first, from: start), next + bytes.count <= count {
            if self[next..<next + bytes.count].elementsEqual(bytes) { return true }
            start = next + 1
        }
        return false
    }

    /// The place behind the first of some bytes of ASCII from a place on; `nil` for none.
    func end(of text: StaticString, from start: Int) -> Int? {
        // The last byte of a closing mark is rarer than its first one.
        let length = text.utf8CodeUnitCount
        let last = text.utf8Start[length - 1]
        var next = start + length - 1
        while let found = place(of: last, from: next) {
            if holds(text, at: found + 1 - length) { return found + 1 }
            next = found + 1
        }
        return nil
    }
}
