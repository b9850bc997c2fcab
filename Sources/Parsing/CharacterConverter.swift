import Glibc

/// One `iconv` handle: turns bytes of a named encoding into UTF-8
/// (<https://man7.org/linux/man-pages/man3/iconv.3.html>).
struct CharacterConverter {
    private let handle: iconv_t

    /// Opens a converter; `nil` where the system does not know the encoding.
    init?(from encoding: String) {
        guard let handle = iconv_open("UTF-8", encoding), handle != iconv_t(bitPattern: -1) else {
            return nil
        }
        self.handle = handle
    }

    /// Returns the bytes as UTF-8 with U+FFFD for what does not belong to the encoding.
    func utf8(from bytes: ArraySlice<UInt8>) -> [UInt8] {
        var source = bytes.map { CChar(bitPattern: $0) }
        var result: [UInt8] = []
        result.reserveCapacity(source.count * 2)
        var chunk = [CChar](repeating: 0, count: 64 * 1024)
        source.withUnsafeMutableBufferPointer { input in
            var remaining = input.count
            var next = input.baseAddress
            while remaining > 0 {
                var failure: Int32 = 0
                chunk.withUnsafeMutableBufferPointer { output in
                    var room = output.count
                    var place = output.baseAddress
                    if iconv(handle, &next, &remaining, &place, &room) == -1 { failure = errno }
                    for byte in output.prefix(output.count - room) { result.append(UInt8(bitPattern: byte)) }
                }
                guard failure != E2BIG, remaining > 0 else { continue }
                result += [0xEF, 0xBF, 0xBD]
                next = next.map { $0 + 1 }
                remaining -= 1
            }
        }
        return result
    }

    func close() {
        // Nothing can be done about a handle that does not close.
        _ = iconv_close(handle)
    }
}
