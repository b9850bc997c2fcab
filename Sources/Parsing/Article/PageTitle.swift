/// Headlines out of page titles.
enum PageTitle {
    private static let separators = [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", ": "]

    /// Returns a title without the site's name: the outlet's, or whatever a heading of the page shows to be
    /// none of the headline.
    static func withoutSite(_ title: String, outlet: String, headings: [String]) -> String {
        let known = key(outlet)
        var title = title
        var isChanged = true
        while isChanged {
            isChanged = false
            for separator in separators {
                let parts = title.split(separator: separator, omittingEmptySubsequences: true)
                guard parts.count > 1, let last = parts.last, let first = parts.first else { continue }
                if isSite(String(last), known), separator != ": " {
                    title = parts.dropLast().joined(separator: separator)
                    isChanged = true
                    break
                }
                if isSite(String(first), known) {
                    title = parts.dropFirst().joined(separator: separator)
                    isChanged = true
                    break
                }
            }
        }
        for heading in headings
        where heading.count >= 12 && heading.count < title.count && title.hasPrefix(heading) {
            let rest = title.dropFirst(heading.count)
            if separators.contains(where: { rest.hasPrefix($0.trimmed) || rest.hasPrefix($0) }) {
                return heading
            }
        }
        return title.collapsed
    }

    private static func isSite(_ part: String, _ known: String) -> Bool {
        let part = key(part)
        guard !part.isEmpty, !known.isEmpty else { return false }
        return part == known || part == "the" + known || "the" + part == known || part + "com" == known
            || part == known + "com"
    }

    /// Whether at least three fifths of a heading's words stand in a title too.
    static func sharesMost(of heading: String, with title: String) -> Bool {
        let words = heading.lowercased().split { !$0.isLetter && !$0.isNumber }
        let others = Set(title.lowercased().split { !$0.isLetter && !$0.isNumber })
        return words.count { others.contains($0) } * 5 >= max(1, words.count * 3)
    }

    /// The letters and digits alone, in lower case.
    static func key(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
