/// Tells the beginning of an article, shown before a paywall or on a page that leads on, from a whole one.
struct Paywall {
    let tree: PageTree
    let hints: [Hints]
    /// What the page's structured data says; `nil` where it says nothing
    /// (<https://developers.google.com/search/docs/appearance/structured-data/paywalled-content>).
    let isFree: Bool?

    /// Sites that declare a paywall often send the whole article all the same: a text of this size is one.
    private static let wholeBytes = 2500

    private static let phrases = [
        "already a subscriber", "become a subscriber to", "continue reading with",
        "continue reading your article",
        "create a free account to", "for subscribers only", "is available to subscribers",
        "log in to continue",
        "log in to read", "read the full story", "read the full article", "register to continue",
        "register to read",
        "sign in to continue", "sign in to read", "subscribe to continue", "subscribe to read",
        "subscribe to unlock",
        "subscribers only", "this article is for subscribers", "this content is for subscribers",
        "to continue reading",
        "abonnez-vous pour lire", "article réservé", "jetzt weiterlesen", "nur für abonnenten",
        "suscríbete para",
        "réservé aux abonnés", "para seguir leyendo",
    ]

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
        tree.nodes.indices.contains { index in
            guard tree[index].element == .text, tree[index].count >= 12, tree[index].count <= 200 else {
                return false
            }
            let text = String(decoding: tree.text(at: index), as: UTF8.self).lowercased()
            return Self.phrases.contains { text.contains($0) }
        }
    }
}
