/// Tells lines about an article, such as its date, its byline and its reading time, from lines of it.
enum MetaLine {
    private static let beginnings = [
        "by ", "by:", "written by", "updated", "published", "posted", "last updated", "last modified",
        "reviewed by",
        "edited by", "author:", "medically reviewed", "date:", "fact checked", "reporting by", "words by",
        "first published", "von ", "par ", "por ", "di ",
    ]

    private static let words: Set<String> = [
        "a", "ago", "am", "at", "bst", "cest", "cet", "comment", "comments", "day", "days", "edt", "est",
        "et", "gmt",
        "hour", "hours", "hrs", "ist", "last", "likes", "min", "mins", "minute", "minutes", "modified", "on",
        "pdt",
        "pm", "posted", "pst", "published", "read", "reading", "share", "shares", "th", "time", "updated",
        "utc",
        "views", "votes", "free", "paid", "likes", "restacks", "reposts", "pt", "uhr", "um", "st", "nd", "rd",
        "date",
    ]

    private static let dateWords: Set<String> = [
        "apr", "april", "aug", "august", "dec", "december", "feb", "february", "fri", "friday", "jan",
        "january",
        "jul", "july", "jun", "june", "mar", "march", "may", "mon", "monday", "nov", "november", "oct",
        "october",
        "sat", "saturday", "sep", "sept", "september", "sun", "sunday", "thu", "thursday", "tue", "tues",
        "tuesday",
        "wed", "wednesday",
    ]

    /// Whether a block says who wrote the article, when, or how long it takes to read.
    static func matches(_ text: String) -> Bool {
        guard text.utf8.count <= 100 else { return false }
        let lower = text.lowercased()
        let words = lower.split { !$0.isLetter && !$0.isNumber }
        guard !words.isEmpty, words.count <= 14 else { return false }
        if isDateOrTime(words) { return true }
        let isSentence = lower.last.map { ".!?”\"".contains($0) } ?? false
        return !isSentence && words.count <= 12 && beginnings.contains { lower.hasPrefix($0) }
    }

    private static func isDateOrTime(_ words: [Substring]) -> Bool {
        var hasNumber = false
        for word in words {
            if word.contains(where: \.isNumber) {
                hasNumber = true
                if word.count(where: \.isLetter) > 2 { return false }
            } else if !Self.words.contains(String(word)), !dateWords.contains(String(word)) {
                return false
            }
        }
        return hasNumber
    }
}
