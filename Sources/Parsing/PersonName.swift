/// Names out of bylines.
enum PersonName {
    /// Returns the names of a byline, each once: without "By", mail addresses and roles.
    static func names(in byline: String) -> [String] {
        var text = byline.collapsed
        // RSS: "mail@example.org (A. Name)".
        if text.utf8.contains(UInt8(ascii: "@")), let open = text.firstIndex(of: "("),
            let close = text.lastIndex(of: ")"),
            open < close
        {
            text = String(text[text.index(after: open)..<close])
        }
        for lead in ["by: ", "by ", "von ", "par ", "por ", "written by ", "words by "]
        where text.beginsIgnoringCase(lead) {
            text = String(text.dropFirst(lead.count)).trimmed
        }
        for separator in [" and ", " & ", ";", " | ", " und ", " et ", " y "]
        where text.holds(separator) {
            text = text.replacing(separator, with: ",")
        }
        var seen: Set<String> = []
        return text.split(separator: ",").map { cleaned($0.trimmed) }.filter {
            isName($0) && seen.insert($0).inserted
        }
    }

    private static func cleaned(_ part: String) -> String {
        var text = part
        if text.beginsIgnoringCase("by ") { text = String(text.dropFirst(3)) }
        if text.beginsIgnoringCase("and ") { text = String(text.dropFirst(4)) }
        if let bracket = text.firstIndex(of: "<") { text = String(text[..<bracket]) }
        return text.trimmed.filter { $0 != "\"" }
    }

    private static func isName(_ text: String) -> Bool {
        let isMail = text.utf8.contains(UInt8(ascii: "@"))
        guard (2...80).contains(text.count), !text.holds("://"),
            !isMail || text.split(separator: " ").count > 1
        else {
            return isMail && !text.utf8.contains(UInt8(ascii: " ")) && !text.hasPrefix("@")
        }
        return text.contains(where: \.isLetter)
    }
}
