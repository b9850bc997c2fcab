import TallyModel

/// The months, quarters or years that a result is of: the profit of a quarter is none of the year's.
enum Period {
    /// Returns the periods that a sentence names for a claim of a level or a result; empty for counts of people.
    static func labels(of claim: Claim, in words: [Words.Word], dimension: String) -> Set<String> {
        guard dimension == "share" || claim.quantity.isMoney else { return [] }
        var labels: Set<String> = []
        for index in words.indices {
            let word = words[index]
            let last = index > 0 ? words[index - 1].text : ""
            let next = index + 1 < words.count ? words[index + 1].text : ""
            if word.isCapitalised, let month = months[word.text], !isDay(last), !isDay(next) {
                // "since early 2024", "the highest since May": what it is measured from is not what it is of.
                if last != "since" { labels.insert(month) }
            }
            if let order = orders[word.text], parts.contains(next) { labels.insert("\(next) \(order)") }
            if word.text.utf8.count == 2, word.text.first == "q", let order = Int(word.text.dropFirst()) {
                labels.insert("quarter \(order)")
            }
            if claim.quantity.isMoney, yearly.contains(word.text) || word.text == "full" && next == "year" {
                labels.insert("year")
            }
            if word.text.utf8.count == 4, word.text.hasPrefix("19") || word.text.hasPrefix("20"),
                of.contains(last),
                Int(word.text) != nil
            {
                labels.insert(word.text)
            }
            if word.text == "months",
                ["eight", "eleven", "five", "nine", "seven", "six", "ten", "three"].contains(last)
            {
                labels.insert("\(last) months")
            }
            if claim.quantity.isMoney, word.text == "quarterly" { labels.insert("quarter") }
        }
        return labels
    }

    /// Whether two results are of two periods: both name some, and none that may be one.
    static func isApart(_ a: Set<String>, _ b: Set<String>) -> Bool {
        guard !a.isEmpty, !b.isEmpty, a.isDisjoint(with: b) else { return false }
        // Some quarter may be the fourth; a month may lie in any of them, and is the month of the year's end sooner.
        return !a.contains { first in b.contains { isWithin(first, $0) || isWithin($0, first) } }
    }

    private static func isWithin(_ a: String, _ b: String) -> Bool {
        b == "quarter" && a.hasPrefix("quarter ")
    }

    private static func isDay(_ word: String) -> Bool {
        Words.isNumber(word) && word.utf8.count <= 4 && word.utf8.count != 4
    }

    private static let of: Set<String> = ["during", "for", "in"]
    private static let orders = ["first": 1, "second": 2, "third": 3, "fourth": 4]
    private static let parts: Set<String> = ["quarter", "half"]
    private static let yearly: Set<String> = ["annual", "annually", "yearly"]
    private static let months = Dictionary(
        uniqueKeysWithValues: [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ].map { ($0, $0) }
    )
}
