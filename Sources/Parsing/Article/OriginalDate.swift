/// Finds the line that tells when an article was first published, such as "This article was originally published on 26
/// September 2019".
enum OriginalDate {
    private static let phrases = ["originally published", "first published", "originally posted"]
    /// How a line of an article about itself begins: books are first published, too.
    private static let beginnings = ["this ", "a version of this ", "an earlier version of this "]
    /// The bytes of such a line, and of the date in it.
    private static let longestLine: Int32 = 300
    private static let longestDate = 40
    /// The nodes that such a line is made of.
    private static let mostNodes = 20
    /// The lines that are looked at.
    private static let mostLines = 100

    /// Returns the date of the first such line; `nil` where a page has none.
    static func moment(in tree: PageTree) -> DateText.Moment? {
        var seen = 0
        for index in tree.nodes.indices where tree[index].element == .text && seen < mostLines {
            guard (16...longestLine).contains(tree[index].count), mayHoldPhrase(tree.text(at: index)) else {
                continue
            }
            seen += 1
            let parent = Int(tree[index].parent)
            guard tree.descendants(of: parent).count <= mostNodes else { continue }
            let line = tree.line(of: parent).lowercased()
            guard let phrase = phrases.compactMap(line.firstRange(of:)).first else { continue }
            let start = line[..<phrase.lowerBound]
            guard start.isEmpty || beginnings.contains(where: start.hasPrefix) else { continue }
            let date = String(
                line[phrase.upperBound...].drop { !$0.isLetter && !$0.isNumber }.prefix(longestDate)
            )
            if let moment = Dateline.moment(in: date) { return moment }
        }
        return nil
    }

    /// Whether "published" or "posted" begins in a text, in any case.
    private static func mayHoldPhrase(_ text: ArraySlice<UInt8>) -> Bool {
        text.withUnsafeBufferPointer { bytes in
            for place in 0..<bytes.count - 6
            where bytes[place] | 0x20 == UInt8(ascii: "p") && place > 0 && bytes[place - 1] == 0x20 {
                let next = bytes[place + 1] | 0x20
                if next == UInt8(ascii: "u") && bytes[place + 2] | 0x20 == UInt8(ascii: "b") { return true }
                if next == UInt8(ascii: "o") && bytes[place + 2] | 0x20 == UInt8(ascii: "s") { return true }
            }
            return false
        }
    }
}
