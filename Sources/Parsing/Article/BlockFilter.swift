/// Leaves out the blocks that are no part of the story although they stand in it.
struct BlockFilter {
    let title: String
    let outlet: String
    private let phrases = BoilerplatePhrases.shared

    init(title: String, outlet: String) {
        self.title = title
        self.outlet = outlet
    }

    func kept(_ blocks: [Block]) -> [Block] {
        var blocks = blocks
        for index in blocks.indices { blocks[index].place = index }
        blocks = withoutChrome(blocks)
        blocks = withoutContents(blocks)
        blocks = withoutHead(blocks)
        blocks = withoutOtherStories(blocks)
        blocks = withoutTail(blocks)
        return withoutEmptySections(blocks)
    }
}

extension BlockFilter {
    /// Without the headline, buttons, labels and what holds no word.
    private func withoutChrome(_ blocks: [Block]) -> [Block] {
        let titleKey = PageTitle.key(title)
        var kept: [Block] = []
        var seenHeadline = false
        for block in blocks {
            if block.element == .h1, !seenHeadline {
                seenHeadline = true
                continue
            }
            if block.element.isHeading || kept.count < 2, !titleKey.isEmpty,
                PageTitle.key(block.text) == titleKey
            {
                continue
            }
            guard block.text.contains(where: { $0.isLetter || $0.isNumber }), !phrases.matches(block.text)
            else {
                continue
            }
            if block.isButton, block.linkShare > 0.9, block.text.utf8.count < 60 { continue }
            kept.append(block)
        }
        return kept
    }

    /// Without the lists that lead to places of the same page.
    private func withoutContents(_ blocks: [Block]) -> [Block] {
        blocks.filter { !($0.isInList && $0.fragmentShare > 0.8) }
    }

    /// Without the date, the byline and the section's name above the first paragraph.
    private func withoutHead(_ blocks: [Block]) -> [Block] {
        let first = blocks.firstIndex { isParagraph($0) } ?? 0
        guard first <= 15 else { return blocks }
        return blocks.enumerated().filter { index, block in
            guard index < first, !block.element.isHeading else { return true }
            return !MetaLine.matches(block.text) && !(block.linkShare > 0.8 && block.text.utf8.count < 60)
        }.map(\.element)
    }

    private func isParagraph(_ block: Block) -> Bool {
        !block.element.isHeading && block.text.utf8.count >= 80 && block.linkShare < 0.5
    }

    /// Without the sections that lead to other stories or away from the story.
    private func withoutOtherStories(_ blocks: [Block]) -> [Block] {
        let sizes = blocks.map(\.text.utf8.count)
        let whole = sizes.reduce(0, +)
        var kept: [Block] = []
        var index = 0
        var before = 0
        while index < blocks.count {
            let block = blocks[index]
            guard block.linkShare < 0.5 || block.element.isHeading, phrases.headsOthers(block.text) else {
                kept.append(block)
                before += sizes[index]
                index += 1
                continue
            }
            let end = sectionEnd(after: index, in: blocks)
            let section = blocks[index + 1..<end]
            let size = sizes[index + 1..<end].reduce(0, +)
            let linked = section.map(\.linkedLength).reduce(0, +)
            let isLate = before * 10 > whole * 6 && size * 10 < whole * 3
            if linked * 2 > size || isLate {
                before += size
                index = end
            } else {
                kept.append(block)
                index += 1
            }
        }
        return kept
    }

    /// Where the section ends that a block heads: at the next heading of its rank, or where a list of links ends.
    private func sectionEnd(after index: Int, in blocks: [Block]) -> Int {
        let rank =
            blocks[index].element.isHeading ? blocks[index].element.rawValue : HTMLElement.h6.rawValue + 1
        var end = index + 1
        while end < blocks.count {
            let block = blocks[end]
            if block.element.isHeading, block.element.rawValue <= rank, block.linkShare < 0.5 { break }
            if !blocks[index].element.isHeading, isParagraph(block), end > index + 1 || !block.isInList {
                break
            }
            end += 1
        }
        return end
    }

    /// Without headings, links and lines about the article at the end: they lead away from the story.
    private func withoutTail(_ blocks: [Block]) -> [Block] {
        var kept = blocks
        while let last = kept.last {
            let isLink = last.linkShare > 0.8 && last.text.utf8.count < 200 && !last.isInTable
            guard last.element.isHeading || isLink || MetaLine.matches(last.text) && !last.isInTable else {
                break
            }
            kept.removeLast()
        }
        return kept
    }

    /// A heading with nothing under it headed something that was left out.
    private func withoutEmptySections(_ blocks: [Block]) -> [Block] {
        blocks.indices.filter { index in
            guard blocks[index].element.isHeading, index + 1 < blocks.count,
                blocks[index + 1].element.isHeading,
                blocks[index + 1].element.rawValue <= blocks[index].element.rawValue
            else { return true }
            let next = blocks[index + 1]
            return !next.isAfterOmission && next.place == blocks[index].place + 1
        }.map { blocks[$0] }
    }
}
