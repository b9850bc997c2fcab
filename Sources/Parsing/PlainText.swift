/// Turns fragments of HTML, as feeds carry them, into plain text.
struct PlainText {
    let parser: MarkupParser

    /// Returns a title: one line, without tags, with entities read.
    func line(_ text: String) -> String {
        guard text.contains("<") || text.contains("&") else { return text.collapsed }
        return paragraphs(text).map(\.collapsed).joined(separator: " ")
    }

    /// Returns the paragraphs of a fragment, separated by blank lines.
    func blocks(_ text: String) -> String {
        guard text.contains("<") || text.contains("&") else {
            return Self.paragraphs(ofPlain: text).joined(separator: "\n\n")
        }
        return paragraphs(text).joined(separator: "\n\n")
    }

    /// Splits at blank lines.
    static func paragraphs(ofPlain text: String) -> [String] {
        text.replacing("\r\n", with: "\n").split(separator: "\n\n").map(\.collapsed).filter { !$0.isEmpty }
    }

    private func paragraphs(_ text: String) -> [String] {
        // A lone `<` of a comparison is no tag: "a < b".
        let tree = parser.tree(ofHTML: "<html><body><div>" + escapingLoneBrackets(text))
        return Self.paragraphs(of: MarkupTree.root, in: tree)
    }

    /// Returns the paragraphs below a node.
    static func paragraphs(of index: Int, in tree: MarkupTree) -> [String] {
        var collector = ParagraphCollector()
        collector.collect(index, of: tree)
        return collector.finished()
    }

    private func escapingLoneBrackets(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let bracket = rest.firstIndex(of: "<") {
            result += rest[..<bracket]
            let next = rest.index(after: bracket)
            let following = next < rest.endIndex ? rest[next] : " "
            result += following.isLetter || following == "/" || following == "!" ? "<" : "&lt;"
            rest = rest[next...]
        }
        return result + rest
    }
}
