/// Leaves out the blocks that are no part of the story although they stand in it.
struct BlockFilter {
    let title: String
    let outlet: String
    private let phrases = BoilerplatePhrases.shared

    /// The blocks of a section that leads to other stories, at most.
    private static let longestSection = 500
    /// The bytes of a headline.
    private static let longestTitle = 4000

    init(title: String, outlet: String) {
        self.title = title
        self.outlet = outlet
    }

    func kept(_ blocks: [Block]) -> [Block] {
        var blocks = blocks
        for index in blocks.indices { blocks[index].place = Int32(index) }
        removeChrome(from: &blocks)
        removeContents(from: &blocks)
        removeHead(from: &blocks)
        removeOtherStories(from: &blocks)
        removeTail(from: &blocks)
        removeEmptySections(from: &blocks)
        return blocks
    }
}

extension BlockFilter {
    /// Removes the headline, buttons, labels and what holds no word.
    private func removeChrome(from blocks: inout [Block]) {
        let titleKey = PageTitle.key(title)
        var seenHeadline = false
        var kept = 0
        blocks.removeAll { block in
            if block.element == .h1, !seenHeadline {
                seenHeadline = true
                return true
            }
            if block.element.isHeading || kept < 2, !titleKey.isEmpty,
                block.text.utf8.count <= Self.longestTitle,
                PageTitle.key(block.text) == titleKey
            {
                return true
            }
            guard block.text.contains(where: { $0.isLetter || $0.isNumber }), !phrases.matches(block.text)
            else {
                return true
            }
            if block.isButton, block.linkShare > 0.9, block.text.utf8.count < 60 { return true }
            kept += 1
            return false
        }
    }

    /// Removes the lists that lead to places of the same page.
    private func removeContents(from blocks: inout [Block]) {
        blocks.removeAll { $0.isInList && $0.fragmentShare > 0.8 }
    }

    /// Removes the date, the byline and the section's name above the first paragraph.
    private func removeHead(from blocks: inout [Block]) {
        let first = blocks.firstIndex { isParagraph($0) } ?? 0
        guard first <= 15 else { return }
        let head = blocks[..<first].filter { block in
            guard !block.element.isHeading else { return true }
            return !MetaLine.matches(block.text) && !(block.linkShare > 0.8 && block.text.utf8.count < 60)
        }
        blocks.replaceSubrange(..<first, with: head)
    }

    private func isParagraph(_ block: Block) -> Bool {
        !block.element.isHeading && block.text.utf8.count >= 80 && block.linkShare < 0.5
    }

    /// Removes the sections that lead to other stories or away from the story.
    private func removeOtherStories(from blocks: inout [Block]) {
        let whole = blocks.reduce(0) { $0 + $1.text.utf8.count }
        var kept = 0
        var index = 0
        var before = 0
        while index < blocks.count {
            let end = endOfOthers(at: index, in: blocks, before: before, whole: whole)
            if end == index {
                before += blocks[index].text.utf8.count
                blocks.swapAt(kept, index)
                kept += 1
                index += 1
            } else {
                before += blocks[index + 1..<end].reduce(0) { $0 + $1.text.utf8.count }
                index = end
            }
        }
        blocks.removeSubrange(kept...)
    }

    /// Where the section ends that a block heads and that leads to other stories; the block's own place for none.
    private func endOfOthers(at index: Int, in blocks: [Block], before: Int, whole: Int) -> Int {
        let block = blocks[index]
        guard block.linkShare < 0.5 || block.element.isHeading, phrases.headsOthers(block.text) else {
            return index
        }
        let end = sectionEnd(after: index, in: blocks)
        let section = blocks[index + 1..<end]
        let size = section.reduce(0) { $0 + $1.text.utf8.count }
        let linked = section.reduce(0) { $0 + Int($1.linkedLength) }
        let isLate = before * 10 > whole * 6 && size * 10 < whole * 3
        return linked * 2 > size || isLate ? end : index
    }

    /// Where the section ends that a block heads: at the next heading of its rank, or where a list of links ends.
    private func sectionEnd(after index: Int, in blocks: [Block]) -> Int {
        let rank =
            blocks[index].element.isHeading ? blocks[index].element.rawValue : HTMLElement.h6.rawValue + 1
        let last = min(blocks.count, index + Self.longestSection)
        var end = index + 1
        while end < last {
            let block = blocks[end]
            if block.element.isHeading, block.element.rawValue <= rank, block.linkShare < 0.5 { break }
            if !blocks[index].element.isHeading, isParagraph(block), end > index + 1 || !block.isInList {
                break
            }
            end += 1
        }
        return end
    }

    /// Removes headings, links and lines about the article at the end: they lead away from the story.
    private func removeTail(from blocks: inout [Block]) {
        while let last = blocks.last {
            let isLink = last.linkShare > 0.8 && last.text.utf8.count < 200 && !last.isInTable
            guard last.element.isHeading || isLink || MetaLine.matches(last.text) && !last.isInTable else {
                break
            }
            blocks.removeLast()
        }
    }

    /// Removes a heading with nothing under it: it headed something that was left out.
    private func removeEmptySections(from blocks: inout [Block]) {
        let isEmpty = blocks.indices.map { index in
            guard blocks[index].element.isHeading, index + 1 < blocks.count,
                blocks[index + 1].element.isHeading,
                blocks[index + 1].element.rawValue <= blocks[index].element.rawValue
            else { return false }
            let next = blocks[index + 1]
            return next.isAfterOmission || next.place != blocks[index].place + 1
        }
        guard isEmpty.contains(true) else { return }
        var index = -1
        blocks.removeAll { _ in
            index += 1
            return isEmpty[index]
        }
    }
}
