import FoundationEssentials
import TallyModel

/// Reads RSS, RDF, Atom and sitemaps out of a tree.
///
/// <https://www.rssboard.org/rss-specification>, <https://web.resource.org/rss/1.0/spec>,
/// <https://www.rfc-editor.org/rfc/rfc4287>,
/// <https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap>.
struct MarkupFeedReader {
    let tree: MarkupTree
    let plain: PlainText
    let url: String

    /// Returns the feed under a root element; `nil` where the root is that of no feed.
    func feed(root: Int) -> Feed? {
        let name = tree[root].name
        let local = name.split(separator: ":").last.map { $0.lowercased() } ?? name
        switch local {
        case "rss", "channel": return channelFeed(root: root, format: .rss)
        case "rdf": return channelFeed(root: root, format: .rdf)
        case "feed": return atomFeed(root: root)
        case "urlset": return sitemap(root: root)
        case "sitemapindex":
            var feed = Feed(format: .sitemap)
            feed.diagnostics.append("a sitemap index: the sitemaps that it names are sources of their own")
            return feed
        default: return nil
        }
    }

    /// The indices of all elements of a name, in the order of the document: broken markup nests what should
    /// not be.
    func elements(named names: Set<String>) -> [Int] {
        tree.nodes.indices.filter { names.contains(tree[$0].name) }
    }

    /// The URL that relative references under a node are resolved against.
    func base(of index: Int) -> String {
        var bases: [String] = []
        var place = index
        while place > MarkupTree.root {
            if let base = tree[place].attributes["xml:base"] { bases.append(base) }
            place = tree[place].parent
        }
        return bases.reversed().reduce(url) { URLText.absolute($1, base: $0) }
    }

    func date(_ text: String?, what: String, into diagnostics: inout [String]) -> Date? {
        guard let text else { return nil }
        let date = DateText.date(from: text)
        if date == nil { diagnostics.append("\(what): the date \"\(text.prefix(60))\" cannot be understood") }
        return date
    }

    func unique(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.map(\.collapsed).filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}

extension MarkupFeedReader {
    private func channelFeed(root: Int, format: Feed.Format) -> Feed {
        var feed = Feed(format: format)
        let channel = tree[root].name == "channel" ? root : tree.first("channel", in: root)
        if let channel {
            feed.title = tree.value("title", "dc:title", in: channel).map(plain.line) ?? ""
            feed.url = link(of: channel)
            feed.language = tree.value("language", "dc:language", in: channel)
            if let minutes = tree.value("ttl", in: channel).flatMap({ Double($0) }), minutes.isFinite,
                minutes >= 0
            {
                feed.hints.freshForSeconds = minutes * 60
            }
        } else {
            feed.diagnostics.append("the feed has no channel")
        }
        for item in elements(named: ["item", "entry", "atom:entry"]) where tree[item].parent > MarkupTree.root
        {
            let what = "entry \(feed.entries.count + 1)"
            if tree[item].name == "item" {
                feed.entries.append(entry(item: item, what: what, into: &feed.diagnostics))
            } else {
                feed.entries.append(atomEntry(item, what: what, into: &feed.diagnostics))
            }
        }
        return feed
    }

    private func entry(item: Int, what: String, into diagnostics: inout [String]) -> FeedEntry {
        var entry = FeedEntry(
            id: tree.value("guid", in: item) ?? tree.value("atom:id", "id", "dc:identifier", in: item) ?? ""
        )
        entry.url = link(of: item)
        if entry.url.isEmpty, let guid = tree.first("guid", in: item),
            tree[guid].attributes["isPermaLink"] != "false",
            URLText.isAbsolute(entry.id)
        {
            entry.url = entry.id
        }
        if entry.id.isEmpty, let about = tree[item].attributes["rdf:about"] { entry.id = about }
        entry.title = title(of: item)
        let content = tree.value("content:encoded", "atom:content", "content", "body", in: item)
        if let content {
            entry.text = plain.blocks(content)
            entry.hasFullContent = !entry.text.isEmpty
        }
        if entry.text.isEmpty {
            entry.text = markup(
                "description",
                "atom:summary",
                "summary",
                "itunes:summary",
                "media:description",
                in: item
            )
        }
        let people = tree[item].children.filter {
            ["author", "dc:creator", "itunes:author", "atom:author"].contains(tree[$0].name)
        }
        var names: [String] = []
        for name in ["dc:creator", "atom:author", "author", "itunes:author"] where names.isEmpty {
            names = people.filter { tree[$0].name == name }.flatMap {
                PersonName.names(in: tree.value("atom:name", "name", in: $0) ?? plain.line(tree.text(of: $0)))
            }
        }
        entry.authors = unique(names)
        entry.published = date(
            tree.value(
                "pubDate",
                "pubdate",
                "dc:date",
                "atom:published",
                "published",
                "dcterms:created",
                "dcterms:issued",
                in: item
            ),
            what: what,
            into: &diagnostics
        )
        entry.updated = date(
            tree.value("atom:updated", "updated", "dcterms:modified", "lastBuildDate", in: item),
            what: what,
            into: &diagnostics
        )
        entry.tags = unique(
            tree.children(of: item, named: "category", "dc:subject").map { plain.line(tree.text(of: $0)) }
        )
        return entry
    }

    /// The text of the first child that has some; a child with elements in it was meant to be escaped.
    private func markup(_ names: String..., in item: Int) -> String {
        for name in names {
            for child in tree.children(of: item, named: name) {
                let isNested = tree[child].children.contains { !tree[$0].name.isEmpty }
                let text =
                    isNested
                    ? PlainText.paragraphs(of: child, in: tree).joined(separator: "\n\n")
                    : plain.blocks(tree.text(of: child))
                if !text.isEmpty { return text }
            }
        }
        return ""
    }

    private func title(of item: Int) -> String {
        let text = tree.value("title", "atom:title", "dc:title", "media:title", in: item) ?? ""
        return plain.line(text)
    }

    private func link(of index: Int) -> String {
        for link in tree.children(of: index, named: "link") {
            let text = tree.text(of: link).trimmed
            let reference =
                text.isEmpty
                ? tree[link].attributes["href"] ?? tree[link].attributes["rdf:resource"] ?? "" : text
            if !reference.isEmpty { return URLText.absolute(reference, base: base(of: link)) }
        }
        if let origin = tree.value("feedburner:origLink", in: index) {
            return URLText.absolute(origin, base: base(of: index))
        }
        return atomLink(of: index) ?? tree[index].attributes["rdf:about"].map {
            URLText.absolute($0, base: base(of: index))
        } ?? ""
    }

    private func sitemap(root: Int) -> Feed {
        var feed = Feed(format: .sitemap)
        for place in elements(named: ["url"]) {
            let what = "entry \(feed.entries.count + 1)"
            let location = tree.value("loc", in: place) ?? ""
            var entry = FeedEntry(
                id: location,
                url: location.isEmpty ? "" : URLText.absolute(location, base: url)
            )
            if let news = tree.first("news:news", in: place) {
                entry.title = tree.value("news:title", in: news).map(plain.line) ?? ""
                entry.published = date(
                    tree.value("news:publication_date", in: news),
                    what: what,
                    into: &feed.diagnostics
                )
                let keywords = (tree.value("news:keywords", in: news) ?? "").split(separator: ",")
                entry.tags = unique(keywords.map { String($0) })
                if let publication = tree.first("news:publication", in: news) {
                    if feed.title.isEmpty { feed.title = tree.value("news:name", in: publication) ?? "" }
                    feed.language = feed.language ?? tree.value("news:language", in: publication)
                }
            }
            entry.updated = date(tree.value("lastmod", in: place), what: what, into: &feed.diagnostics)
            feed.entries.append(entry)
        }
        return feed
    }
}
