/// What a page says about its article: JSON-LD first, then OpenGraph and `meta`, then the markup.
struct PageMetadata {
    var title = ""
    var outlet = ""
    var authors: [String] = []
    var published: DateText.Moment?
    var modified: DateText.Moment?
    var language: String?
    var url = ""

    /// What the page's JSON-LD says.
    let linked: LinkedData

    /// The `meta` elements of one name that are read.
    private static let maximumValues = 50
    /// The bytes of such an element's content that are read.
    private static let maximumValueBytes = 4000
    /// The headings among which the headline is looked for.
    private static let maximumHeadings = 200
    /// The elements that name an author that are read.
    private static let maximumAuthors = 50
    /// The names of one `meta` element that are read: RDFa allows several
    /// (<https://www.w3.org/TR/rdfa-core/#A-property>).
    private static let maximumNames = 4

    private let tree: PageTree
    /// The contents of `meta` elements by lower-case name, in the order of the page.
    private var values: [String: [String]] = [:]

    /// Reads a page with what its elements are said to be.
    init(tree: PageTree, hints: [Hints], url: String) {
        self.tree = tree
        for index in tree.nodes.indices where tree[index].element == .meta {
            let bytes = tree.bytes(of: .content, at: index)?.prefix(Self.maximumValueBytes)
            guard let content = bytes.map({ String(decoding: $0, as: UTF8.self).collapsed }), !content.isEmpty
            else { continue }
            for key in [HTMLAttribute.property, .name, .itemprop, .httpEquiv] {
                let names = tree.value(of: key, at: index)?.lowercased().split(whereSeparator: \.isWhitespace)
                for name in (names ?? []).prefix(Self.maximumNames).map(String.init)
                where values[name, default: []].count < Self.maximumValues {
                    values[name, default: []].append(content)
                }
            }
        }
        linked = LinkedData(tree: tree)
        self.url = canonicalURL(base: url)
        outlet = first("og:site_name", "application-name", "twitter:app:name:iphone", "dc.publisher") ?? ""
        if outlet.isEmpty || URLText.isAbsolute(outlet) { outlet = linked.publisher }
        title = makeTitle()
        if outlet.isEmpty { outlet = URLText.host(of: self.url) }
        let headline = headline()
        let dateline = Dateline(tree: tree, hints: hints, headline: headline)
        authors = linked.authors.isEmpty ? makeAuthors() : linked.authors
        if authors.isEmpty { authors = dateline.authors }
        let dates = PageDates(
            tree: tree,
            values: values,
            linked: linked,
            dateline: dateline,
            headline: headline,
            url: self.url
        )
        published = dates.published
        modified = dates.modified
        language = makeLanguage() ?? linked.language
    }
}

extension PageMetadata {
    private func first(_ names: String...) -> String? {
        for name in names { if let value = values[name]?.first { return value } }
        return nil
    }

    /// The element of the headline: the heading that the title is taken from, else the first one.
    private func headline() -> Int? {
        let key = PageTitle.key(title)
        let headings = tree.nodes.indices.lazy.filter { tree[$0].element.isHeading }.prefix(
            Self.maximumHeadings
        )
        return headings.first { PageTitle.key(tree.line(of: $0)) == key }
            ?? headings.first { tree[$0].element == .h1 } ?? headings.first
    }

    private func canonicalURL(base: String) -> String {
        let link = tree.nodes.indices.first { index in
            tree[index].element == .link
                && tree.value(of: .rel, at: index)?.lowercased().split(separator: " ").contains("canonical")
                    == true
                && tree.value(of: .href, at: index)?.trimmed.isEmpty == false
        }
        for reference in [link.flatMap { tree.value(of: .href, at: $0) }, first("og:url")].compactMap(\.self)
        {
            let url = URLText.absolute(reference, base: base)
            // A canonical link to the front page is a mistake of the site's template.
            let isFront = URLParts(url).path.count <= 1 && URLParts(base).path.count > 1
            if URLText.isAbsolute(url), !isFront { return URLText.canonical(url) }
        }
        return base.isEmpty ? "" : URLText.canonical(base)
    }

    private func makeTitle() -> String {
        let element = tree.nodes.indices.first { tree[$0].element == .title }
        let named = MetadataNames.title.compactMap { values[$0]?.first }.first ?? ""
        return TitleChoice(tree: tree, outlet: outlet, url: url).title(
            declared: [linked.headline, named],
            document: element.map { tree.line(of: $0) } ?? ""
        )
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
            let isAuthor =
                tree.value(of: .rel, at: index)?.lowercased() == "author"
                || tree.value(of: .itemprop, at: index)?.lowercased() == "author"
            guard isAuthor, tree[index].element != .link, found.count < Self.maximumAuthors else { continue }
            let text = tree.line(of: index)
            if text.count <= 100 { found += PersonName.names(in: text) }
        }
        var seen: Set<String> = []
        return found.filter { seen.insert($0).inserted }
    }

    private func makeLanguage() -> String? {
        let html = tree.nodes.indices.first { tree[$0].element == .html }
        let tags = [
            html.flatMap { tree.value(of: .lang, at: $0) }, html.flatMap { tree.value(of: .xmlLang, at: $0) },
            first("content-language", "og:locale", "language", "dc.language"),
        ]
        for tag in tags.compactMap(\.self) {
            let parts = tag.prefix(40).trimmed.prefix { $0 != "," }.replacing("_", with: "-").split(
                separator: "-"
            )
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
