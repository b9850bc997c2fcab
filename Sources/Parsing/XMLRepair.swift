import CLibXML2

/// Makes text that was meant to be XML readable: without what stands before it, its DOCTYPE and bad
/// characters.
///
/// Declared entities go with the DOCTYPE, so no reference can grow
/// (<https://en.wikipedia.org/wiki/Billion_laughs_attack>); HTML's named entities become their characters.
struct XMLRepair {
    private(set) var text = ""
    private(set) var diagnostics: [String] = []
    private var declaresEntities = false

    init(_ source: String) {
        let bytes = Array(source.utf8)
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + 64)
        var place = start(of: bytes)
        if place > 0, bytes[..<place].contains(where: { $0 > 0x20 }) {
            diagnostics.append("line 1: \(place) bytes before the document are left out")
        }
        var isPrologue = true
        var badCharacters = 0
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "<") {
                let rest = bytes[place...]
                if rest.starts(with: "<![CDATA[".utf8) || rest.starts(with: "<!--".utf8)
                    || rest.starts(with: "<?".utf8)
                {
                    let isDeclaration = rest.starts(with: "<?xml ".utf8)
                    let end = Self.end(of: rest)
                    // The text is UTF-8 by now, whatever the declaration says.
                    if !isDeclaration {
                        output += rest[place..<end].filter { $0 >= 0x20 || $0 == 9 || $0 == 10 || $0 == 13 }
                    }
                    place = end
                    continue
                }
                if isPrologue, rest.starts(with: "<!".utf8) {
                    place = skipDoctype(bytes, from: place)
                    continue
                }
                isPrologue = false
            }
            if byte == UInt8(ascii: "&") {
                place = appendReference(bytes, at: place, to: &output)
                continue
            }
            if byte < 0x20, byte != 9, byte != 10, byte != 13 {
                badCharacters += 1
            } else {
                output.append(byte)
            }
            place += 1
        }
        if badCharacters > 0 { diagnostics.append("\(badCharacters) control characters are left out") }
        text = String(decoding: output, as: UTF8.self)
    }
}

extension XMLRepair {
    /// Where the first tag or declaration begins.
    private func start(of bytes: [UInt8]) -> Int {
        var place = 0
        while let next = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
            guard next + 1 < bytes.count else { break }
            let following = bytes[next + 1]
            if following == UInt8(ascii: "?") || following == UInt8(ascii: "!")
                || following | 0x20 >= 0x61 && following | 0x20 <= 0x7A
            {
                return next
            }
            place = next + 1
        }
        return 0
    }

    /// The end of a section that nothing is read in.
    private static func end(of rest: ArraySlice<UInt8>) -> Int {
        let closing: [UInt8]
        if rest.starts(with: "<?".utf8) {
            closing = Array("?>".utf8)
        } else if rest.starts(with: "<!--".utf8) {
            closing = Array("-->".utf8)
        } else {
            closing = Array("]]>".utf8)
        }
        var place = rest.startIndex + 2
        while place + closing.count <= rest.endIndex {
            if rest[place] == closing[0], rest[place...].starts(with: closing) {
                return place + closing.count
            }
            place += 1
        }
        return rest.endIndex
    }

    private mutating func skipDoctype(_ bytes: [UInt8], from start: Int) -> Int {
        var place = start
        var isSubset = false
        var quote: UInt8?
        while place < bytes.count {
            let byte = bytes[place]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "[") {
                isSubset = true
            } else if byte == UInt8(ascii: "]") {
                isSubset = false
            } else if byte == UInt8(ascii: "<"), bytes[place...].starts(with: "<!ENTITY".utf8),
                !declaresEntities
            {
                declaresEntities = true
                diagnostics.append("the document declares entities: they are not read")
            } else if byte == UInt8(ascii: ">"), !isSubset {
                return place + 1
            }
            place += 1
        }
        return place
    }

    /// Appends a reference that XML knows as it is, HTML's as a character, and any other as text.
    private func appendReference(_ bytes: [UInt8], at place: Int, to output: inout [UInt8]) -> Int {
        let rest = bytes[(place + 1)...]
        let name = rest.prefix(40).prefix {
            $0 != UInt8(ascii: ";") && $0 > 0x20 && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "&")
        }
        guard name.endIndex < bytes.count, bytes[name.endIndex] == UInt8(ascii: ";"), let first = name.first
        else {
            output += "&amp;".utf8
            return place + 1
        }
        let word = String(decoding: name, as: UTF8.self)
        if ["amp", "lt", "gt", "quot", "apos"].contains(word) {
            output += bytes[place...name.endIndex]
            return name.endIndex + 1
        }
        if first == UInt8(ascii: "#") {
            let digits = word.dropFirst()
            let value =
                digits.first.map { $0 == "x" || $0 == "X" } == true
                ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            if let value, let scalar = Unicode.Scalar(value),
                value >= 0x20 || value == 9 || value == 10 || value == 13
            {
                output += "&#\(scalar.value);".utf8
            }
            return name.endIndex + 1
        }
        if let entity = htmlEntityLookup(word) {
            output += "&#\(entity.pointee.value);".utf8
            return name.endIndex + 1
        }
        if declaresEntities { return name.endIndex + 1 }
        output += "&amp;".utf8
        return place + 1
    }
}
