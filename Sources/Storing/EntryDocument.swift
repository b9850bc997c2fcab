import TallyModel

/// Writes entries as the JSON that ``Document`` reads.
///
/// A first poll of many sources writes hundreds of thousands of them, and a general encoder takes most of its time.
enum EntryDocument {
    static func text(of entry: FeedEntry) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entry.text.utf8.count + entry.title.utf8.count + 300)
        bytes += "{\"id\":".utf8
        append(entry.id, to: &bytes)
        append("url", entry.url, to: &bytes)
        append("title", entry.title, to: &bytes)
        append("text", entry.text, to: &bytes)
        bytes += ",\"full_content\":".utf8
        bytes += (entry.hasFullContent ? "true" : "false").utf8
        append("authors", entry.authors, to: &bytes)
        append("published", entry.published.map(Timestamp.text), to: &bytes)
        append("updated", entry.updated.map(Timestamp.text), to: &bytes)
        append("tags", entry.tags, to: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ name: String, _ value: String?, to bytes: inout [UInt8]) {
        bytes += ",\"".utf8
        bytes += name.utf8
        bytes += "\":".utf8
        if let value { append(value, to: &bytes) } else { bytes += "null".utf8 }
    }

    private static func append(_ name: String, _ values: [String], to bytes: inout [UInt8]) {
        bytes += ",\"".utf8
        bytes += name.utf8
        bytes += "\":[".utf8
        for (place, value) in values.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            append(value, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// A JSON string (RFC 8259 §7).
    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { source in
            var start = 0
            for place in source.indices {
                let byte = source[place]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
                    continue
                }
                bytes.append(contentsOf: source[start..<place])
                bytes += escape(byte)
                start = place + 1
            }
            bytes.append(contentsOf: source[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func escape(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [UInt8(ascii: "\\"), byte]
        case 10: return Array("\\n".utf8)
        default:
            let digits = Array("0123456789abcdef".utf8)
            return Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
