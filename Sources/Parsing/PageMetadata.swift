import FoundationEssentials

/// What a page says about its article: JSON-LD first, then OpenGraph and `meta`, then the markup.
struct PageMetadata {
    var title = ""
    var outlet = ""
    var authors: [String] = []
    var published: Date?
    var modified: Date?
    var language: String?
    var url = ""

    private let tree: MarkupTree
    /// The contents of `meta` elements by lower-case name, in the order of the page.
    private var values: [String: [String]] = [:]

    init(tree: MarkupTree, url: String) {
        self.tree = tree
        for node in tree.nodes where node.name == "meta" {
            guard let content = node.attributes["content"]?.collapsed, !content.isEmpty else { continue }
            for key in ["property", "name", "itemprop", "http-equiv"] {
                if let name = node.attributes[key]?.lowercased().trimmed {
                    values[name, default: []].append(content)
                }
            }
        }
        let linked = LinkedData(tree: tree)
        self.url = canonicalURL(base: url)
        outlet = first("og:site_name", "application-name", "twitter:app:name:iphone", "dc.publisher") ?? ""
        if outlet.isEmpty || URLText.isAbsolute(outlet) { outlet = linked.publisher }
        title = makeTitle(headline: linked.headline)
        if outlet.isEmpty { outlet = URLText.host(of: self.url) }
        let dateline = Dateline(tree: tree)
        authors = linked.authors.isEmpty ? makeAuthors() : linked.authors
        if authors.isEmpty { authors = dateline.authors }
        published =
            linked.published ?? firstDate(MetadataNames.published) ?? timeElement() ?? dateInURL(self.url)
            ?? dateline.published
        modified = linked.modified ?? firstDate(MetadataNames.modified)
        language = makeLanguage() ?? linked.language
    }
}

extension PageMetadata {
    private func first(_ names: String...) -> String? {
        for name in names { if let value = values[name]?.first { return value } }
        return nil
    }

    private func firstDate(_ names: [String]) -> Date? {
        for name in names {
            for value in values[name] ?? [] { if let date = DateText.date(from: value) { return date } }
        }
        return nil
    }

    private func canonicalURL(base: String) -> String {
        let link = tree.nodes.first { node in
            node.name == "link"
                && node.attributes["rel"]?.lowercased().split(separator: " ").contains("canonical") == true
                && node.attributes["href"]?.trimmed.isEmpty == false
        }
        for reference in [link?.attributes["href"], first("og:url")].compactMap(\.self) {
            let url = URLText.absolute(reference, base: base)
            // A canonical link to the front page is a mistake of the site's template.
            let isFront = URLParts(url).path.count <= 1 && URLParts(base).path.count > 1
            if URLText.isAbsolute(url), !isFront { return URLText.canonical(url) }
        }
        return base.isEmpty ? "" : URLText.canonical(base)
    }

    private func makeTitle(headline: String) -> String {
        let headings = tree.nodes.indices.filter { tree[$0].name == "h1" }.map { tree.text(of: $0).collapsed }
            .filter { !$0.isEmpty }
        let element = tree.nodes.indices.first {
            tree[$0].name == "title" && tree[tree[$0].parent].name != "svg"
        }
        let document = element.map { tree.text(of: $0).collapsed } ?? ""
        let meta = first("og:title", "twitter:title", "dc.title", "title", "headline") ?? ""
        let candidates = [headline, meta, document].filter { !$0.isEmpty }
        if headings.count == 1, headings[0].count >= 8, PageTitle.key(headings[0]) != PageTitle.key(outlet),
            candidates.isEmpty
                || candidates.contains(where: { PageTitle.sharesMost(of: headings[0], with: $0) })
        {
            return headings[0]
        }
        guard let best = candidates.first else { return headings.first ?? "" }
        let plain = PlainText(parser: MarkupParser(configuration: .init())).line(best)
        return PageTitle.withoutSite(plain, outlet: outlet, headings: headings)
    }

    private func makeAuthors() -> [String] {
        for name in MetadataNames.author {
            let names = (values[name] ?? []).filter { !$0.contains("://") && $0 != outlet }.flatMap(
                PersonName.names(in:)
            )
            if !names.isEmpty { return names }
        }
        var found: [String] = []
        for index in tree.nodes.indices {
            let attributes = tree[index].attributes
            let isAuthor =
                attributes["rel"]?.lowercased() == "author"
                || attributes["itemprop"]?.lowercased() == "author"
            guard isAuthor, !tree[index].name.isEmpty, tree[index].name != "link" else { continue }
            let text = tree.text(of: index).collapsed
            if text.count <= 100 { found += PersonName.names(in: text) }
        }
        var seen: Set<String> = []
        return found.filter { seen.insert($0).inserted }
    }

    /// The first `time` element that is said to be the publication, else the first one with a date at all.
    private func timeElement() -> Date? {
        var fallback: Date?
        for node in tree.nodes
        where node.attributes["datetime"] != nil || node.attributes["itemprop"] == "datePublished" {
            guard
                let date = (node.attributes["datetime"] ?? node.attributes["content"]).flatMap(
                    DateText.date(from:)
                )
            else { continue }
            if node.attributes["itemprop"]?.lowercased().contains("datepublished") == true
                || node.attributes["pubdate"] != nil
            {
                return date
            }
            fallback = fallback ?? date
        }
        return fallback
    }

    /// `/2024/05/12/` in an address.
    private func dateInURL(_ url: String) -> Date? {
        let parts = URLParts(url).path.split(separator: "/")
        for place in parts.indices.dropLast(2) where parts[place].count == 4 && parts[place].hasPrefix("20") {
            if let date = DateText.date(from: parts[place...(place + 2)].joined(separator: "-")) {
                return date
            }
        }
        return nil
    }

    private func makeLanguage() -> String? {
        let html = tree.nodes.first { $0.name == "html" }
        let tags = [
            html?.attributes["lang"], html?.attributes["xml:lang"],
            first("content-language", "og:locale", "language", "dc.language"),
        ]
        for tag in tags.compactMap(\.self) {
            let parts = tag.trimmed.prefix { $0 != "," }.replacing("_", with: "-").split(separator: "-")
            guard let base = parts.first, (2...3).contains(base.count),
                base.allSatisfy({ $0.isASCII && $0.isLetter })
            else { continue }
            return
                ([base.lowercased()] + parts.dropFirst().map { $0.count == 2 ? $0.uppercased() : String($0) })
                .joined(separator: "-")
        }
        return nil
    }
}
