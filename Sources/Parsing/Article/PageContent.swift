/// Finds the article among everything else on a page.
///
/// The measures are those of Readability (<https://github.com/mozilla/readability>) and of "Boilerplate Detection using
/// Shallow Text Features" (<https://doi.org/10.1145/1718487.1718542>): length of text, share of links, words of class
/// and id.
struct PageContent {
    let tree: PageTree
    let hints: [Hints]
    /// The nodes that belong to no article: navigation, boxes, captions, comments.
    var isLeftOut: [Bool]
    /// The nodes whose text no reader sees.
    private var isUnseen: [Bool] = []
    /// Bytes of running text below each node, without links and what is left out.
    private(set) var mass: TextMass
    /// The names of the byline; empty where the page marks none.
    private(set) var byline: [String] = []

    init(tree: PageTree) {
        self.tree = tree
        hints = Self.hints(of: tree)
        isLeftOut = [Bool](repeating: false, count: tree.nodes.count)
        mass = TextMass(tree: tree, leavingOut: isLeftOut)
        let hints = hints
        let isInline = Self.inlineNodes(in: tree, hints: hints)
        // What is hidden goes first: whether a box is large is measured by what is shown.
        leaveOut { index, mass, whole in
            hints[index].contains(.unread) || hints[index].contains(.hidden) && mass * 10 < whole * 9
        }
        isUnseen = isLeftOut
        let holdsMark = holders {
            hints[$0].contains(.body) || [.h1, .article, .main].contains(tree[$0].element)
        }
        let holdsMain = holders { tree[$0].element == .main }
        let holdsArticle = holders { [.article, .main].contains(tree[$0].element) }
        let isInArticle = inside { [.article, .main].contains(tree[$0].element) }
        let isInBody = inside { hints[$0].contains(.body) }
        leaveOut { index, mass, whole in
            guard Self.isUnwanted(hints[index], tree[index].element), !isInline[index], !holdsMain[index]
            else {
                return false
            }
            // On a tiny page the footer is longer than the story.
            if holdsArticle[PageTree.root], !holdsArticle[index], !isInArticle[index] { return true }
            if holdsMark[index], mass * 10 > whole * 3 { return false }
            // A gallery may outweigh the story that it stands in.
            if isInBody[index], whole - mass > 800, hints[index].contains(.promo) {
                return (whole - mass) * 7 > mass
            }
            // A label is never the story.
            return mass * 2 < whole || mass < 60
        }
        let marked = hints.indices.first { hints[$0].contains(.byline) && isByline($0) }
        byline = marked.map { PersonName.names(in: tree.line(of: $0)) } ?? []
    }

    /// Returns the paragraphs of the article, separated by blank lines.
    ///
    /// - Parameter metadata: What the page says about the article.
    /// - Returns: The text; empty where the page has none.
    func text(metadata: PageMetadata) -> String {
        let live = LivePosts(
            tree: tree,
            hints: hints,
            isLeftOut: isLeftOut,
            isDeclared: metadata.linked.isLive
        )
        let root =
            live.root ?? ArticleRoot(tree: tree, hints: hints, isLeftOut: isLeftOut, mass: mass).chosen()
        let filter = BlockFilter(title: metadata.title, outlet: metadata.outlet)
        var blocks = filter.kept(blocks(below: root, leavingOut: isLeftOut))
        // A page of labels and links alone: all that it shows is better than nothing.
        if blocks.isEmpty {
            let main = tree.nodes.indices.first { tree[$0].element == .main && !isUnseen[$0] }
            blocks = filter.kept(self.blocks(below: main ?? PageTree.root, leavingOut: isUnseen))
        }
        return Self.text(of: blocks, live: live)
    }

    /// The texts of the blocks; before the first one of each post stands its time.
    private static func text(of blocks: [Block], live: LivePosts) -> String {
        var text = ""
        text.reserveCapacity(blocks.reduce(0) { $0 + $1.text.utf8.count + 2 })
        func add(_ paragraph: String) {
            if !text.isEmpty { text += "\n\n" }
            text += paragraph
        }
        var posts = live.posts[...]
        for block in blocks {
            var line: String?
            while let post = posts.first, post.node <= block.node {
                line = post.line
                posts = posts.dropFirst()
            }
            if let line {
                add(line)
                // The page shows the time itself.
                if MetaLine.matches(block.text) { continue }
            }
            add(block.text)
        }
        return text
    }

    private func blocks(below root: Int, leavingOut isLeftOut: [Bool]) -> [Block] {
        var collector = BlockCollector(tree: tree, isLeftOut: isLeftOut, hints: hints)
        collector.collect(root)
        return collector.collected
    }
}

extension PageContent {
    /// What is said of each node; what stands in comments and among other stories is not the article's body, whatever
    /// it is called.
    private static func hints(of tree: PageTree) -> [Hints] {
        let reader = HintReader()
        var result: [Hints] = []
        result.reserveCapacity(tree.nodes.count)
        var othersEnd = 0
        for index in tree.nodes.indices {
            var hints = reader.hints(of: tree, at: index)
            if !hints.isDisjoint(with: [.comments, .related]), tree[index].element != .body {
                othersEnd = max(othersEnd, Int(tree[index].end))
            }
            if index < othersEnd { hints.remove(.body) }
            result.append(hints)
        }
        return result
    }

    /// Whether each node is an inline element in the running text of a block, so that a sentence would be torn
    /// without it.
    private static func inlineNodes(in tree: PageTree, hints: [Hints]) -> [Bool] {
        let count = tree.nodes.count
        var owner = [Int](repeating: 0, count: count)
        var own = [Int](repeating: 0, count: count)
        var before = [Int](repeating: 0, count: count + 1)
        for index in 0..<count {
            let node = tree[index]
            let parent = max(0, Int(node.parent))
            owner[index] = node.element.isBlock || node.element.isUnread ? index : owner[parent]
            let length = node.element == .text ? Int(node.count) : 0
            own[owner[parent]] += length
            before[index + 1] = before[index] + length
        }
        return tree.nodes.indices.map { index in
            guard owner[index] != index, tree[index].element != .text,
                hints[index].isDisjoint(with: [.aside, Hints(.print), Hints(.navigation)])
            else { return false }
            let inside = before[Int(tree[index].end)] - before[index]
            let outside = own[owner[index]] - inside
            return outside >= 40 && inside <= outside * 2
        }
    }

    private static func isUnwanted(_ hints: Hints, _ element: HTMLElement) -> Bool {
        if hints.isDisjoint(with: [.boilerplate, .byline, .date]) { return false }
        // A post that is quoted is shown in a box of its network.
        if element == .blockquote, hints.isDisjoint(with: [.aside, .comments]) { return false }
        if hints.contains(.body) || element == .main || element == .article { return false }
        return true
    }

    /// Leaves out the nodes that satisfy a condition on their mass and that of the page, and all below them.
    private mutating func leaveOut(where isUnwanted: (_ index: Int, _ mass: Int, _ whole: Int) -> Bool) {
        let whole = mass.whole
        for index in tree.nodes.indices.dropFirst() where !isLeftOut[index] {
            isLeftOut[index] = isLeftOut[Int(tree[index].parent)] || isUnwanted(index, mass[index], whole)
        }
        mass = TextMass(tree: tree, leavingOut: isLeftOut)
    }

    private func isByline(_ index: Int) -> Bool {
        let text = tree.line(of: index)
        return text.count <= 100 && (text.beginsIgnoringCase("by ") || text.beginsIgnoringCase("by:"))
    }

    /// Whether each node satisfies a condition or stands below one that does.
    private func inside(_ condition: (Int) -> Bool) -> [Bool] {
        var isInside = tree.nodes.indices.map(condition)
        for index in tree.nodes.indices.dropFirst() where isInside[Int(tree[index].parent)] {
            isInside[index] = true
        }
        return isInside
    }

    /// Whether a node that satisfies a condition stands at or below each node.
    private func holders(_ condition: (Int) -> Bool) -> [Bool] {
        var holds = tree.nodes.indices.map(condition)
        for index in tree.nodes.indices.reversed() where holds[index] && tree[index].parent >= 0 {
            holds[Int(tree[index].parent)] = true
        }
        return holds
    }
}
