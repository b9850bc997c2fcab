import FoundationEssentials

/// The dates and the names that a reader sees beside the headline.
struct Dateline {
    /// A date that stands there as the publication's, or as nothing in particular.
    private(set) var published: DateText.Moment?
    /// A date that stands there as that of a change.
    private(set) var updated: DateText.Moment?
    /// Whether ``published`` stands alone in its line below the headline, so that it can be no date of a story, nor
    /// that of the day, which stands above.
    private(set) var isCertain = false
    private(set) var authors: [String] = []

    /// How many blocks after the headline belong to it.
    private static let reach = 25
    /// How many nodes before the headline belong to it.
    private static let reachBefore = 60

    private static let updateWords = [
        "updated", "modified", "reviewed", "edited", "revised", "aktualisiert", "mis à jour", "actualizado",
        "geändert",
    ]

    init(tree: PageTree, hints: [Hints], headline: Int?) {
        guard let headline else { return }
        readBlocks(of: tree, hints: hints, after: headline)
        let nodes = Array(Int(tree[headline].end)..<min(tree.nodes.count, headline + 200))
        for index in nodes + Array(max(0, headline - Self.reachBefore)..<headline) {
            guard tree[index].element != .text, tree.descendants(of: index).count <= 30 else { continue }
            if index < headline, tree[index].element == .time || hints[index].contains(.date) {
                readDate(of: index, in: tree)
            }
            if authors.isEmpty, hints[index].contains(.byline) {
                authors = Self.names(in: tree.line(of: index))
            }
        }
    }
}

extension Dateline {
    /// Reads an element above the headline that is said to be a date.
    private mutating func readDate(of index: Int, in tree: PageTree) {
        let text = tree.line(of: index)
        guard let moment = Self.moment(in: text) else { return }
        let label = text.lowercased() + " " + (tree.value(of: .class, at: index)?.lowercased() ?? "")
        if isUpdate(label) {
            updated = updated ?? moment
        } else if updated == nil || updated != moment {
            published = published ?? moment
        }
    }

    private func isUpdate(_ label: String) -> Bool {
        Self.updateWords.contains(where: label.contains) && !label.contains("published")
    }

    /// Reads the short lines between the headline and the second paragraph.
    private mutating func readBlocks(of tree: PageTree, hints: [Hints], after headline: Int) {
        let isLeftOut = hints.map { $0.contains(.unread) || $0.contains(.comments) || $0.contains(.related) }
        var collector = BlockCollector(tree: tree, isLeftOut: isLeftOut, hints: hints)
        collector.collect(Int(tree[headline].end)..<min(tree.nodes.count, headline + 400))
        var before = ""
        var paragraphs = 0
        for block in collector.collected.prefix(Self.reach) {
            if block.text.utf8.count > 160 { paragraphs += 1 }
            if paragraphs > 1 { break }
            defer { before = block.text.utf8.count <= 30 ? block.text.lowercased() : "" }
            if authors.isEmpty, block.text.utf8.count <= 110, block.text.beginsIgnoringCase("by ") {
                authors = Self.names(in: block.text)
            }
            guard block.text.utf8.count <= 110, let moment = Self.moment(in: block.text) else { continue }
            let label = before + " " + block.text.lowercased()
            if isUpdate(label) {
                updated = updated ?? moment
            } else {
                if published == nil {
                    isCertain = block.text.utf8.count <= 32 || MetaLine.matches(block.text)
                }
                published = published ?? publication(in: block.text) ?? moment
            }
        }
    }

    /// The date behind the word, where a line tells of a change too: "Updated 3 May, first published 1 May".
    private func publication(in line: String) -> DateText.Moment? {
        let line = line.lowercased()
        guard Self.updateWords.contains(where: line.contains), let word = line.firstRange(of: "published")
        else {
            return nil
        }
        return Self.moment(in: String(line[word.upperBound...]))
    }

    /// The first date of a text such as "Updated on November 20, 2025".
    static func moment(in text: String) -> DateText.Moment? {
        guard text.utf8.count <= 120 else { return nil }
        let words = text.split { $0 == " " || $0 == "|" || $0 == "•" || $0 == "·" }
        for start in words.indices.prefix(12) where isBeginning(words[start...]) {
            for length in [6, 3] {
                let rest = words[start...].prefix(length)
                guard rest.count >= 3 || words[start].contains(where: { "-/.年".contains($0) }) else {
                    continue
                }
                if let moment = DateText.moment(from: rest.joined(separator: " ")), isPlausible(moment.date) {
                    return moment
                }
            }
        }
        return nil
    }

    /// The years of the web.
    private static func isPlausible(_ date: Date) -> Bool {
        (631_152_000..<4_102_444_800).contains(date.timeIntervalSince1970)
    }

    /// Whether words begin with a number or with a month that a number follows: June may be a name.
    private static func isBeginning(_ words: ArraySlice<Substring>) -> Bool {
        guard let word = words.first, let first = word.first else { return false }
        if first.isNumber { return true }
        return DateText.months.contains(word.prefix(3).lowercased())
            && words.dropFirst().first?.first?.isNumber == true
    }

    /// Names are two to four capitalised words.
    private static func names(in text: String) -> [String] {
        guard text.utf8.count <= 120 else { return [] }
        return PersonName.names(in: text).filter { name in
            let words = name.split(separator: " ")
            return (2...4).contains(words.count) && !name.contains(where: \.isNumber)
                && words.allSatisfy { $0.first?.isUppercase == true || ["de", "van", "von"].contains($0) }
        }
    }
}
