/// Leaves out the blocks that are no part of the story although they stand in it.
struct BlockFilter {
    let title: String
    let outlet: String

    func kept(_ blocks: [Block]) -> [Block] {
        let titleKey = PageTitle.key(title)
        var kept: [Block] = []
        var seenHeadline = false
        for block in blocks {
            if block.element == "h1", !seenHeadline {
                seenHeadline = true
                continue
            }
            if block.element.first == "h" || kept.count < 2, !titleKey.isEmpty,
                PageTitle.key(block.text) == titleKey
            {
                continue
            }
            guard !isNavigation(block), !BoilerplatePhrases.matches(block.text) else { continue }
            kept.append(block)
        }
        // What stands at the end and is all headings and links leads away from the story.
        while let last = kept.last, Self.isHeading(last) || last.linkShare > 0.8 && last.text.count < 200 {
            kept.removeLast()
        }
        return withoutEmptySections(kept)
    }
}

extension BlockFilter {
    private static func isHeading(_ block: Block) -> Bool {
        block.element.count == 2 && block.element.first == "h" && block.element != "hr"
    }

    private func isNavigation(_ block: Block) -> Bool {
        if Self.isHeading(block) { return false }
        guard block.text.contains(where: { $0.isLetter || $0.isNumber }) else { return true }
        return false
    }

    /// A heading with nothing under it headed something that was left out.
    private func withoutEmptySections(_ blocks: [Block]) -> [Block] {
        blocks.indices.filter { index in
            guard Self.isHeading(blocks[index]), index + 1 < blocks.count, Self.isHeading(blocks[index + 1])
            else { return true }
            return blocks[index + 1].element > blocks[index].element
        }.map { blocks[$0] }
    }
}
