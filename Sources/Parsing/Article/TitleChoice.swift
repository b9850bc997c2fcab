/// Chooses the headline among what a page calls itself: its main headings, its JSON-LD, its `meta` elements and its
/// `title`.
///
/// The heading that readers see is the headline where the others bear it out; else the declared ones are believed in
/// that order.
struct TitleChoice {
    private let tree: PageTree
    private let sites: SiteNames
    private let headings: [(node: Int, text: String)]

    /// Titles of this length, in characters, may have been cut
    /// (<https://developers.google.com/search/docs/appearance/structured-data/article> once asked for 110 at most).
    private static let cutLength = 90
    /// The main headings that are read; an honest page has one or two.
    private static let maximumHeadings = 20

    init(tree: PageTree, outlet: String, url: String) {
        self.tree = tree
        let sites = SiteNames(outlet: outlet, url: url)
        self.sites = sites
        headings = tree.nodes.indices.lazy.filter { tree[$0].element == .h1 && !Self.isLogo($0, in: tree) }
            .prefix(Self.maximumHeadings)
            .map { ($0, Self.withoutPermalink(tree.line(of: $0))) }
            .filter { $0.text.count >= 8 && !sites.contains($0.text) }
    }

    /// Chooses the headline.
    ///
    /// - Parameters:
    ///   - declared: The titles of JSON-LD and of `meta` elements, the most trustworthy first; empty ones are none.
    ///   - document: The text of `title`.
    /// - Returns: One line; empty where the page has none.
    func title(declared: [String], document: String) -> String {
        let texts = headings.map(\.text)
        let plain = PlainText(parser: MarkupParser(configuration: .init()))
        let candidates = (declared + [document]).filter { !$0.isEmpty }.map {
            PageTitle.withoutSite(plain.line($0), sites: sites, headings: texts)
        }
        if candidates.isEmpty { return texts.first ?? "" }
        let heading =
            headings.first { heading in
                candidates.contains { PageTitle.key($0) == PageTitle.key(heading.text) }
            }
            ?? headings.first { heading in
                candidates.contains { PageTitle.sharesMost(of: heading.text, with: $0) }
            }
            ?? undisputed(against: candidates)
        if let heading { return headline(of: heading.node, heading.text, candidates: candidates) }
        guard let best = candidates.first else { return "" }
        if let whole = candidates.first(where: { Self.isCut(best, from: $0) }) { return whole }
        return PageTitle.withoutLastPart(best)
    }
}

extension TitleChoice {
    /// The page's only main heading, where what the page declares does not agree in itself: readers see that one.
    private func undisputed(against candidates: [String]) -> (node: Int, text: String)? {
        guard headings.count == 1, let heading = headings.first, candidates.count > 1,
            PageTitle.words(of: heading.text).count >= 5
        else { return nil }
        let agree = candidates.indices.contains { first in
            candidates[..<first].contains { PageTitle.sharesMost(of: $0, with: candidates[first]) }
        }
        return agree ? nil : heading
    }

    /// A heading without what stands behind the headline in an element of its own, such as the number of comments.
    private func headline(of node: Int, _ text: String, candidates: [String]) -> String {
        var start = ""
        for index in tree.descendants(of: node).prefix(20) where tree[index].element == .text {
            start += String(decoding: tree.text(at: index).prefix(text.utf8.count), as: UTF8.self)
            let part = start.collapsed
            guard part.count < text.count else { break }
            if PageTitle.words(of: part).count >= 4, candidates.contains(part) { return part }
        }
        return text
    }

    /// Whether a heading is called a logo or holds the link to the front page, and so the site's name.
    private static func isLogo(_ index: Int, in tree: PageTree) -> Bool {
        if let names = tree.bytes(of: .class, at: index), HintReader.contains(names, "logo") { return true }
        let isInLink = tree[Int(tree[index].parent)].element == .a
        return (isInLink ? [Int(tree[index].parent)] : Array(tree.descendants(of: index).prefix(8))).contains
        {
            tree[$0].element == .a && tree.bytes(of: .href, at: $0).map(isFrontPage) == true
        }
    }

    /// Whether a link leads to the front page: "/", "index.html".
    private static func isFrontPage(_ link: ArraySlice<UInt8>) -> Bool {
        let path = String(decoding: link, as: UTF8.self)
        return ["/", "./", "index.htm", "index.html", "/index.htm", "/index.html"].contains(path)
    }

    /// A heading without the sign of the link to itself.
    private static func withoutPermalink(_ text: String) -> String {
        guard let last = text.last, "¶§#".contains(last) else { return text }
        return String(text.dropLast()).trimmed
    }

    /// Whether a title is the beginning of a longer one that it was cut from.
    private static func isCut(_ title: String, from whole: String) -> Bool {
        let start = title.hasSuffix("…") ? String(title.dropLast()) : title
        guard start.count < title.count || title.count >= cutLength else { return false }
        return whole.count > title.count && whole.hasPrefix(start)
    }
}
