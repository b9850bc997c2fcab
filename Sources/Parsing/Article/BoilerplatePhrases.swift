import TallyModel

/// Phrases that ask the reader to do something instead of telling the story.
struct BoilerplatePhrases: Sendable {
    private let whole: Set<String>
    private let beginnings: [String]
    private let sections: [String]
    private let paywalls: [[UInt8]]

    static let shared = BoilerplatePhrases(
        Table("boilerplate-phrases.tsv", PackageResources.boilerplate_phrases_tsv, columns: 2)
    )

    private init(_ table: Table) {
        func phrases(_ kind: String) -> [String] { table.rows.filter { $0[1] == kind }.map { $0[0] } }
        whole = Set(phrases("whole"))
        beginnings = phrases("beginning")
        sections = phrases("section")
        paywalls = phrases("paywall").map { Array($0.utf8) }
    }

    /// Whether a text, in UTF-8, asks the reader to subscribe, to log in or to go on elsewhere.
    func asksForSubscription(_ text: ArraySlice<UInt8>) -> Bool {
        let lower = text.map(\.asciiLowercased)
        return lower.withUnsafeBufferPointer { bytes in paywalls.contains { bytes.holds($0) } }
    }

    /// Whether a block is such a phrase.
    func matches(_ text: String) -> Bool {
        guard text.utf8.count <= 200 else { return false }
        let lower = text.lowercased()
        return whole.contains(Self.bare(lower)) || beginnings.contains { lower.hasPrefix($0) }
    }

    /// Whether a short block heads other stories, or something that is no story.
    func headsOthers(_ text: String) -> Bool {
        guard text.utf8.count <= 80 else { return false }
        let lower = Self.bare(text.lowercased().replacing("’", with: "'"))
        return sections.contains { phrase in
            guard lower.hasPrefix(phrase) else { return false }
            return lower.utf8.count == phrase.utf8.count || lower.dropFirst(phrase.count).first == " "
        }
    }

    /// The text without what is no letter at its ends.
    private static func bare(_ text: String) -> String {
        guard let first = text.firstIndex(where: \.isLetter), let last = text.lastIndex(where: \.isLetter)
        else {
            return ""
        }
        return String(text[first...last])
    }
}
