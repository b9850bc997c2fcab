/// Cuts tags that have more attributes than any page needs.
///
/// libxml2 2.9 compares each attribute with all before it: 100,000 of them take seconds, a million take minutes.
enum AttributeLimit {
    private static let maximumAttributes = 500

    /// Returns a document in which a tag ends after its first attributes.
    static func applied(to text: String) -> String {
        var text = text
        let kept = text.withUTF8 { shortened($0) }
        return kept.map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// The bytes that are kept; `nil` where all of them are.
    private static func shortened(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var result: [UInt8]?
        var isTag = false
        var quote: UInt8 = 0
        var attributes = 0
        for place in bytes.indices {
            let byte = bytes[place]
            if !isTag {
                if byte == UInt8(ascii: "<"), place + 1 < bytes.count, bytes[place + 1] | 0x20 >= 0x61 {
                    (isTag, quote, attributes) = (true, 0, 0)
                }
            } else if quote != 0 {
                if byte == quote { (quote, attributes) = (0, attributes + 1) }
            } else if byte == UInt8(ascii: ">") || byte == UInt8(ascii: "<") {
                isTag = byte == UInt8(ascii: "<")
                attributes = 0
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte <= 0x20 || byte == UInt8(ascii: "/") {
                attributes += 1
            }
            if attributes > maximumAttributes * 4 {
                if result == nil { result = Array(bytes[..<place]) }
            } else {
                result?.append(byte)
            }
        }
        return result
    }
}
