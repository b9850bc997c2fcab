import TallyModel

extension MarkupFeedReader {
    /// Returns a feed of Atom 1.0 or 0.3.
    func atomFeed(root: Int) -> Feed {
        var feed = Feed(format: .atom)
        feed.title = text(of: tree.first("atom:title", "title", in: root)).collapsed
        feed.url = atomLink(of: root) ?? ""
        feed.language = tree[root].attributes["xml:lang"]
        let people = authors(of: root)
        for index in elements(named: ["atom:entry", "entry", "item"]) {
            var entry = atomEntry(index, what: "entry \(feed.entries.count + 1)", into: &feed.diagnostics)
            if entry.authors.isEmpty { entry.authors = people }
            feed.entries.append(entry)
        }
        return feed
    }

    /// Returns one entry of Atom.
    func atomEntry(_ index: Int, what: String, into diagnostics: inout [String]) -> FeedEntry {
        var entry = FeedEntry(id: tree.value("atom:id", "id", "guid", in: index) ?? "")
        entry.url = atomLink(of: index) ?? ""
        if entry.url.isEmpty, let content = tree.first("atom:content", "content", in: index),
            let source = tree[content].attributes["src"]
        {
            entry.url = URLText.absolute(source, base: base(of: content))
        }
        entry.title = text(of: tree.first("atom:title", "title", in: index)).collapsed
        entry.text = text(of: tree.first("atom:content", "content", "content:encoded", in: index))
        entry.hasFullContent = !entry.text.isEmpty
        if entry.text.isEmpty {
            entry.text = text(of: tree.first("atom:summary", "summary", "description", in: index))
        }
        if entry.text.isEmpty, let group = tree.first("media:group", in: index) {
            entry.text = text(of: tree.first("media:description", in: group))
        }
        entry.authors = authors(of: index)
        entry.published = date(
            tree.value(
                "atom:published",
                "published",
                "atom:issued",
                "issued",
                "atom:created",
                "pubDate",
                "dc:date",
                in: index
            ),
            what: what,
            into: &diagnostics
        )
        entry.updated = date(
            tree.value("atom:updated", "updated", "atom:modified", "modified", in: index),
            what: what,
            into: &diagnostics
        )
        entry.tags = unique(
            tree.children(of: index, named: "atom:category", "category", "dc:subject").map {
                tree[$0].attributes["label"] ?? tree[$0].attributes["term"] ?? tree.text(of: $0)
            }
        )
        return entry
    }

    /// Returns the link to the page: `alternate`, best as HTML, else one without `rel`.
    func atomLink(of index: Int) -> String? {
        var best: (rank: Int, link: Int)?
        for link in tree.children(of: index, named: "atom:link", "link") {
            let attributes = tree[link].attributes
            guard attributes["href"]?.trimmed.isEmpty == false else { continue }
            let relation = attributes["rel"]?.lowercased() ?? "alternate"
            guard relation == "alternate" || relation.hasSuffix("/alternate") else { continue }
            let type = attributes["type"]?.lowercased() ?? ""
            let rank = type.isEmpty || type.contains("html") ? 0 : 1
            if rank < best?.rank ?? .max { best = (rank, link) }
        }
        guard let link = best?.link, let reference = tree[link].attributes["href"] else { return nil }
        return URLText.absolute(reference, base: base(of: link))
    }

    /// Plain text of a text construct (<https://www.rfc-editor.org/rfc/rfc4287#section-3.1>).
    private func text(of index: Int?) -> String {
        guard let index else { return "" }
        let attributes = tree[index].attributes
        let type = attributes["type"]?.lowercased() ?? "text"
        let isNested = tree[index].children.contains { !tree[$0].name.isEmpty }
        if isNested || type == "xhtml" || type == "application/xhtml+xml" {
            return PlainText.paragraphs(of: index, in: tree).joined(separator: "\n\n")
        }
        let text = tree.text(of: index)
        if type.contains("html") || attributes["mode"] == "escaped" { return plain.blocks(text) }
        // Many feeds write HTML and declare nothing; a text with tags of HTML in it is read as such.
        if text.contains("</") || text.contains("/>") || text.contains("&") && text.contains(";") {
            return plain.blocks(text)
        }
        return PlainText.paragraphs(ofPlain: text).joined(separator: "\n\n")
    }

    private func authors(of index: Int) -> [String] {
        let people = tree.children(of: index, named: "atom:author", "author", "dc:creator")
        return unique(
            people.flatMap {
                PersonName.names(in: tree.value("atom:name", "name", in: $0) ?? tree.text(of: $0))
            }
        )
    }
}
