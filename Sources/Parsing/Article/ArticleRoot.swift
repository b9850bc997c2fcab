/// Chooses the element that holds the article.
struct ArticleRoot {
    let tree: PageTree
    let hints: [Hints]
    let isLeftOut: [Bool]
    let mass: TextMass

    /// The element that the page marks as the article, else the smallest one that holds most of the text.
    func chosen() -> Int { markedBody() ?? markedArticle() ?? densest(below: PageTree.root) }
}

extension ArticleRoot {
    /// The element whose name says that it is an article's text, or the one that holds all such elements.
    private func markedBody() -> Int? {
        var marked: [Int] = []
        var end = 0
        for index in tree.nodes.indices
        where index >= end && !isLeftOut[index] && hints[index].contains(.body) {
            guard mass[index] > 0 else { continue }
            marked.append(index)
            end = Int(tree[index].end)
        }
        guard let best = marked.max(by: { mass[$0] < mass[$1] }) else { return nil }
        let parts = marked.filter { mass[$0] * 20 >= mass[best] }
        let together = parts.map { mass[$0] }.reduce(0, +)
        let common = parts.reduce(best) { commonAncestor($0, $1) }
        let root = parts.count > 1 && together * 10 >= mass[common] * 7 ? common : best
        let share = mass[root] * 100 / max(1, mass.whole)
        guard share >= 40 || share >= 15 && mass[root] >= 1000 else { return nil }
        return root
    }

    /// The `article` or `main` element that holds enough of the text.
    private func markedArticle() -> Int? {
        let marked = tree.nodes.indices.filter {
            !isLeftOut[$0] && (tree[$0].element == .article || tree[$0].element == .main)
        }
        guard let best = marked.max(by: { mass[$0] < mass[$1] }) else { return nil }
        // An article in the main part is closer to the text.
        let inner =
            marked.filter { $0 > best && $0 < tree[best].end && mass[$0] * 10 >= mass[best] * 8 }.last ?? best
        if mass[inner] * 10 >= mass.whole * 4 { return inner }
        let others = marked.filter { $0 != inner && tree[$0].element == .article }.map { mass[$0] }.max() ?? 0
        if tree[inner].element == .article, mass[inner] > 800, mass[inner] > 3 * others { return inner }
        return nil
    }

    /// The smallest element below a node that holds most of its text.
    private func densest(below root: Int) -> Int {
        var place = root
        while true {
            var heaviest = -1
            var child = place + 1
            while child < Int(tree[place].end) {
                if !isLeftOut[child], heaviest < 0 || mass[child] > mass[heaviest] { heaviest = child }
                child = Int(tree[child].end)
            }
            guard heaviest > 0, tree[heaviest].element != .text, mass[heaviest] * 10 > mass[place] * 8 else {
                return place
            }
            let isLeaf = [.p, .li, .td, .span].contains(tree[heaviest].element)
            guard !isLeaf || mass[heaviest] * 20 > mass[place] * 19 else { return place }
            place = heaviest
        }
    }

    private func commonAncestor(_ first: Int, _ second: Int) -> Int {
        var place = min(first, second)
        let other = max(first, second)
        while Int(tree[place].end) <= other { place = Int(tree[place].parent) }
        return place
    }
}
