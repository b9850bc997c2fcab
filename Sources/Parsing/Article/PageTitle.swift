/// Headlines out of page titles.
enum PageTitle {
    private static let separators = [
        " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " @ ", ": ",
    ]
    /// The separators that stand in headlines hardly ever.
    private static let bars = [" | ", " :: ", " » "]
    private static let dashes = [" - ", " – ", " — ", " · ", " • "]

    /// Returns a title without the site's name, or whatever a heading of the page shows to be none of the headline.
    ///
    /// - Parameters:
    ///   - title: The title as the page gives it.
    ///   - sites: The names of the site.
    ///   - headings: The texts of the page's main headings.
    /// - Returns: What is left; the title itself where it names no site.
    static func withoutSite(_ title: String, sites: SiteNames, headings: [String]) -> String {
        var title = title
        var isChanged = true
        while isChanged {
            isChanged = false
            for separator in separators {
                let parts = title.split(separator: separator, omittingEmptySubsequences: true)
                guard parts.count > 1, let last = parts.last, let first = parts.first else { continue }
                if separator != ": ", sites.contains(last) {
                    title = parts.dropLast().joined(separator: separator)
                    isChanged = true
                    break
                }
                if sites.contains(first) {
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

    /// Returns a title without its last part, where that is short and stands as the names of sites stand.
    static func withoutLastPart(_ title: String) -> String {
        for (separators, fewest, most) in [(bars, 3, 8), (dashes, 4, 4)] {
            for separator in separators {
                let parts = title.split(separator: separator, omittingEmptySubsequences: true)
                guard parts.count > 1, let last = parts.last, words(of: last).count <= most else { continue }
                let rest = parts.dropLast().joined(separator: separator)
                if words(of: rest).count >= fewest, !last.contains(where: \.isNumber) { return rest }
            }
        }
        return title
    }

    /// Whether half of a heading's words stand in a title too, and make a quarter of it.
    static func sharesMost(of heading: String, with title: String) -> Bool {
        let words = words(of: heading)
        let others = Set(self.words(of: title))
        let shared = words.count { others.contains($0) }
        return shared * 2 >= max(1, words.count) && shared * 4 >= others.count
    }

    /// The letters and digits alone, in lower case.
    static func key(_ text: some StringProtocol) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    static func words(of text: some StringProtocol) -> [Substring] {
        Substring(text.lowercased()).split { !$0.isLetter && !$0.isNumber }
    }
}
