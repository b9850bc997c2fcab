/// Tells the beginning of an article, shown before a paywall or on a page that leads on, from a whole one.
struct Paywall {
    let tree: PageTree
    let hints: [Hints]
    /// What the page's structured data says; `nil` where it says nothing
    /// (<https://developers.google.com/search/docs/appearance/structured-data/paywalled-content>).
    let isFree: Bool?

    /// Sites that declare a paywall often send the whole article all the same: a text of this size is one.
    private static let wholeBytes = 2500

    /// Whether a text is only the beginning of the page's article.
    func cutsOff(_ text: String) -> Bool {
        guard text.utf8.count < Self.wholeBytes else { return false }
        if isFree == false { return true }
        let end = text.utf8.suffix(3)
        let isTruncated = end.elementsEqual("…".utf8) || end.elementsEqual("...".utf8)
        return isTruncated || asksForSubscription()
    }

    /// Whether a short text of the page asks the reader to subscribe, to log in or to go on elsewhere.
    private func asksForSubscription() -> Bool {
        let phrases = BoilerplatePhrases.shared
        return tree.nodes.indices.contains { index in
            guard tree[index].element == .text, (12...200).contains(tree[index].count),
                !tree[Int(tree[index].parent)].element.isUnread
            else { return false }
            return phrases.asksForSubscription(tree.text(at: index))
        }
    }
}
