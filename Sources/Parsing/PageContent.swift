/// Finds the article among everything else on a page.
///
/// The measures are those of Readability (<https://github.com/mozilla/readability>) and of "Boilerplate
/// Detection using Shallow
/// Text Features" (<https://doi.org/10.1145/1718487.1718542>): length of text, share of links, words of class
/// and id.
struct PageContent {
    private let tree: MarkupTree
    /// The nodes that belong to no article: navigation, boxes, captions, comments.
    private var isLeftOut: [Bool]
    /// Characters of running text below each node, without links and what is left out.
    private var mass: [Int]
    /// The names of the byline; empty where the page marks none.
    private(set) var byline: [String] = []

    init(tree: MarkupTree) {
        self.tree = tree
        isLeftOut = [Bool](repeating: false, count: tree.nodes.count)
        mass = Self.masses(of: tree, leavingOut: isLeftOut)
        let verdicts = tree.nodes.map { $0.name.isEmpty ? .content : BoilerplateHints.verdict(on: $0) }
        // What is hidden goes first: whether a box is large is measured by what is shown.
        leaveOut { index, mass, whole in
            switch verdicts[index] {
            case .never: true
            case .hidden: mass * 10 < whole * 9
            case .content, .unlessLarge, .byline: false
            }
        }
        let holdsHeadline = Self.holders(of: ["h1"], in: tree)
        let holdsArticle = Self.holders(of: ["article", "main"], in: tree)
        let isInArticle = Self.inside(["article", "main"], in: tree)
        leaveOut { index, mass, whole in
            guard verdicts[index] == .unlessLarge || verdicts[index] == .byline else { return false }
            // On a tiny page the footer is longer than the story.
            if holdsArticle[MarkupTree.root], !holdsArticle[index], !isInArticle[index] { return true }
            return mass * 2 < whole && !(holdsHeadline[index] && mass * 10 > whole)
        }
        let marked = verdicts.indices.first { verdicts[$0] == .byline && isByline($0) }
        byline = marked.map { PersonName.names(in: tree.text(of: $0)) } ?? []
    }

    /// Returns the paragraphs of the article, separated by blank lines.
    func text(title: String, outlet: String) -> String {
        let root = articleRoot()
        var collector = BlockCollector(tree: tree, isLeftOut: isLeftOut)
        collector.collect(root)
        let blocks = BlockFilter(title: title, outlet: outlet).kept(collector.finished())
        return blocks.map(\.text).joined(separator: "\n\n")
    }
}

extension PageContent {
    /// Leaves out the nodes that satisfy a condition on their mass and that of the page, and all below them.
    private mutating func leaveOut(where isUnwanted: (_ index: Int, _ mass: Int, _ whole: Int) -> Bool) {
        let whole = mass[MarkupTree.root]
        for index in tree.nodes.indices.dropFirst() where !isLeftOut[index] {
            isLeftOut[index] = isLeftOut[tree[index].parent] || isUnwanted(index, mass[index], whole)
        }
        mass = Self.masses(of: tree, leavingOut: isLeftOut)
    }

    private func isByline(_ index: Int) -> Bool {
        let text = tree.text(of: index).collapsed
        return text.count <= 100 && (text.beginsIgnoringCase("by ") || text.beginsIgnoringCase("by:"))
    }

    /// Whether each node is such an element or stands below one.
    private static func inside(_ names: Set<String>, in tree: MarkupTree) -> [Bool] {
        var isInside = tree.nodes.map { names.contains($0.name) }
        for index in tree.nodes.indices.dropFirst() where isInside[tree[index].parent] {
            isInside[index] = true
        }
        return isInside
    }

    /// Whether an element of a name stands at or below each node.
    private static func holders(of names: Set<String>, in tree: MarkupTree) -> [Bool] {
        var holds = tree.nodes.map { names.contains($0.name) }
        for index in tree.nodes.indices.reversed() where holds[index] && tree[index].parent >= 0 {
            holds[tree[index].parent] = true
        }
        return holds
    }

    /// Children have higher indices than their parents, so one pass from the end sums everything.
    private static func masses(of tree: MarkupTree, leavingOut isLeftOut: [Bool]) -> [Int] {
        var mass = [Int](repeating: 0, count: tree.nodes.count)
        for index in tree.nodes.indices.reversed() where !isLeftOut[index] {
            let node = tree[index]
            if node.name.isEmpty {
                let length = node.text.utf8.count
                // Words that stand alone are labels; a sentence weighs more than its letters.
                mass[index] = length < 25 ? length / 4 : length
            } else if node.name == "a" {
                mass[index] = 0
            } else if ElementNames.unread.contains(node.name), !ElementNames.oftenUnclosed.contains(node.name)
            {
                mass[index] = 0
            }
            if node.parent >= 0 { mass[node.parent] += mass[index] }
        }
        return mass
    }

    /// The smallest element that holds most of the text.
    private func articleRoot() -> Int {
        var place = MarkupTree.root
        if let marked = markedRoot() { return marked }
        while true {
            let heaviest = tree[place].children.max { mass[$0] < mass[$1] }
            guard let heaviest, !tree[heaviest].name.isEmpty, mass[heaviest] * 10 > mass[place] * 8 else {
                return place
            }
            guard
                !["p", "li", "td", "span"].contains(tree[heaviest].name)
                    || mass[heaviest] * 20 > mass[place] * 19
            else { return place }
            place = heaviest
        }
    }

    /// The element that the page itself marks as the article, if it holds enough of the text.
    private func markedRoot() -> Int? {
        let whole = mass[MarkupTree.root]
        guard whole > 0 else { return nil }
        for isMark in [BoilerplateHints.isArticleBody, BoilerplateHints.isArticle] {
            let best = tree.nodes.indices.filter { !isLeftOut[$0] && isMark(tree[$0]) }.max {
                mass[$0] < mass[$1]
            }
            guard let best else { continue }
            if mass[best] * 10 >= whole * 4 { return best }
            let others = tree.nodes.indices.filter {
                !isLeftOut[$0] && $0 != best && tree[$0].name == "article"
            }.map { mass[$0] }
            if tree[best].name == "article", mass[best] > 800, mass[best] > 3 * (others.max() ?? 0) {
                return best
            }
        }
        return nil
    }
}
