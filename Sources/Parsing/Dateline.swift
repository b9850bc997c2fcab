import FoundationEssentials

/// The date and the names that a reader sees beside the headline, where the page declares none.
struct Dateline {
    private(set) var published: Date?
    private(set) var authors: [String] = []

    /// How many nodes before and after the headline belong to it.
    private static let reach = (before: 60, after: 200)

    init(tree: MarkupTree) {
        guard let headline = tree.nodes.firstIndex(where: { $0.name == "h1" }) else { return }
        let end = min(tree.nodes.count, headline + Self.reach.after)
        for index in Array(headline..<end) + Array(max(0, headline - Self.reach.before)..<headline) {
            let node = tree[index]
            guard !node.name.isEmpty else { continue }
            let text = tree.text(of: index).collapsed
            guard text.utf8.count <= 120 else { continue }
            if published == nil, node.name == "time" || BoilerplateHints.isDateline(node) {
                published = Self.date(in: text)
            }
            if authors.isEmpty, BoilerplateHints.isByline(node) { authors = Self.names(in: text) }
        }
    }
}

extension Dateline {
    /// The first date of a text such as "Updated on November 20, 2025".
    private static func date(in text: String) -> Date? {
        let words = text.split { $0 == " " || $0 == "|" || $0 == "•" || $0 == "·" }
        for start in words.indices.prefix(12) where isBeginning(words[start]) {
            for length in [6, 3] {
                let rest = words[start...].prefix(length)
                guard rest.count >= 3 || words[start].contains("-") || words[start].contains("/") else {
                    continue
                }
                if let date = DateText.date(from: rest.joined(separator: " ")) { return date }
            }
        }
        return nil
    }

    private static func isBeginning(_ word: Substring) -> Bool {
        guard let first = word.first else { return false }
        return first.isNumber || DateText.months.contains(word.prefix(3).lowercased())
    }

    /// Names are two to four capitalised words.
    private static func names(in text: String) -> [String] {
        PersonName.names(in: text).filter { name in
            let words = name.split(separator: " ")
            return (2...4).contains(words.count) && !name.contains(where: \.isNumber)
                && words.allSatisfy { $0.first?.isUppercase == true || ["de", "van", "von"].contains($0) }
        }
    }
}
