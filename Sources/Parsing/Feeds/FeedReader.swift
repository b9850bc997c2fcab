import FoundationEssentials
import TallyModel

/// Reads RSS, RDF, Atom and sitemaps out of a tree.
///
/// <https://www.rssboard.org/rss-specification>, <https://web.resource.org/rss/1.0/spec>,
/// <https://www.rfc-editor.org/rfc/rfc4287>,
/// <https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap>.
struct FeedReader {
    let tree: FeedTree
    let url: String
    let maximumEntries: Int
    /// Names out of bylines: a feed has few authors and names them often.
    private var bylines: [String: [String]] = [:]
    private(set) var diagnostics: [String] = []

    init(tree: FeedTree, url: String, maximumEntries: Int) {
        self.tree = tree
        self.url = url
        self.maximumEntries = maximumEntries
    }

    /// Returns the feed under a root element; `nil` where the root is that of no feed.
    mutating func feed(root: Int) -> Feed? {
        var feed: Feed
        switch tree[root].name {
        case .rss, .channel: feed = channelFeed(root: root, format: .rss)
        case .rdf: feed = channelFeed(root: root, format: .rdf)
        case .feed, .atomFeed: feed = atomFeed(root: root)
        case .urlset: feed = sitemap(root: root)
        case .sitemapIndex: feed = sitemapIndex()
        default:
            // A prefix whose namespace is wrong or missing.
            switch tree.rawName(of: root).lowercased().split(separator: ":").last {
            case "rss": feed = channelFeed(root: root, format: .rss)
            case "rdf": feed = channelFeed(root: root, format: .rdf)
            case "feed": feed = atomFeed(root: root)
            default: return nil
            }
        }
        feed.diagnostics = diagnostics
        feed.isTruncated = tree.isTruncated
        return feed
    }

    /// The entries of a feed, wherever broken markup has put them, up to the limit.
    mutating func entries(
        named names: [FeedName],
        _ read: (inout FeedReader, Int) -> FeedEntry
    ) -> [FeedEntry] {
        var entries: [FeedEntry] = []
        var count = 0
        for index in tree.nodes.indices {
            guard let name = tree.nodes[index].name, names.contains(name) else { continue }
            count += 1
            guard entries.count < maximumEntries else { continue }
            entries.append(read(&self, index))
        }
        if count > maximumEntries {
            diagnostics.append("only the first \(maximumEntries) of \(count) entries are read")
        }
        return entries
    }
}

// MARK: - Values

extension FeedReader {
    /// The URL that relative references under a node are resolved against.
    func base(of index: Int) -> String {
        var bases: [String] = []
        var place = index
        while place > FeedTree.root {
            if tree[place].end > tree[place].nameEnd, let base = tree.attribute("xml:base", of: place) {
                bases.append(base)
            }
            place = tree[place].parent
        }
        return bases.reversed().reduce(url) { URLText.absolute($1, base: $0) }
    }

    /// A reference as an absolute URL.
    func absolute(_ reference: String, under index: Int) -> String {
        URLText.isPlainAbsolute(reference) ? reference : URLText.absolute(reference, base: base(of: index))
    }

    mutating func date(_ text: String?, entry: Int) -> Date? {
        guard let text else { return nil }
        if let date = DateText.date(from: text) { return date }
        diagnostics.append("entry \(entry): the date \"\(text.prefix(60))\" cannot be understood")
        return nil
    }

    func unique(_ texts: [String]) -> [String] {
        let texts = texts.map(\.collapsed).filter { !$0.isEmpty }
        guard texts.count > 1 else { return texts }
        guard texts.count > 8 else {
            return texts.indices.filter { !texts[..<$0].contains(texts[$0]) }.map { texts[$0] }
        }
        var seen: Set<String> = []
        return texts.filter { seen.insert($0).inserted }
    }

    /// The names of a byline, which may be marked up.
    mutating func names(inByline text: String) -> [String] {
        if Self.isPlainName(text) { return [text] }
        if let known = bylines[text] { return known }
        var line = text
        if text.utf8.contains(UInt8(ascii: "<")) || text.utf8.contains(UInt8(ascii: "&")) {
            line = line.withUTF8 { FragmentText.line($0) }
        }
        let names = PersonName.names(in: line)
        bylines[text] = names
        return names
    }

    /// Whether a byline is one name and nothing else: two to four words of letters that begin with a capital.
    private static func isPlainName(_ text: String) -> Bool {
        var words = 0
        var isAfterSpace = true
        for byte in text.utf8 {
            switch byte {
            case 0x20:
                if isAfterSpace { return false }
                isAfterSpace = true
                continue
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): break
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "'"):
                if isAfterSpace { return false }
            default: return false
            }
            if isAfterSpace { words += 1 }
            isAfterSpace = false
        }
        return !isAfterSpace && (2...4).contains(words) && text.utf8.count <= 80 && !text.hasPrefix("By ")
            && !text.holds(" And ") && !text.hasPrefix("Von ") && !text.hasPrefix("Par ")
            && !text.hasPrefix("Por ")
    }

    /// The content of an element as HTML: escaped, in a CDATA section, or written as elements of the feed itself.
    func withHTML<Result>(of index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let node = tree[index]
        if node.hasElements { return body(tree.slice(node.contentStart, node.contentEnd)) }
        let child = node.firstChild
        if child >= 0, tree[child].next < 0 {
            let part = tree.slice(tree[child].start, tree[child].end)
            guard tree[child].kind == .text else { return body(part) }
            return tree.decoded(part).withUnsafeBufferPointer(body)
        }
        var text = tree.text(of: index)
        return text.withUTF8(body)
    }

    /// The paragraphs of an element's content.
    func blocks(of index: Int?) -> String {
        guard let index else { return "" }
        return withHTML(of: index) { FragmentText.blocks($0) }
    }

    /// An element's content as one line without tags.
    func line(of index: Int?) -> String {
        guard let index else { return "" }
        return withHTML(of: index) { FragmentText.line($0) }
    }
}

// MARK: - RSS, RDF and sitemaps

extension FeedReader {
    private mutating func channelFeed(root: Int, format: Feed.Format) -> Feed {
        var feed = Feed(format: format)
        let channel = tree[root].name == .channel ? root : tree.first(.channel, in: root)
        if let channel {
            feed.title = line(of: firstWithText(.title, .dcTitle, in: channel))
            feed.url = link(of: channel)
            feed.language = tree.value(.language, .dcLanguage, in: channel)
            feed.hints = hints(of: channel)
            feed.hubLinks = hubLinks(of: channel)
        } else {
            diagnostics.append("the feed has no channel")
        }
        var number = 0
        feed.entries = entries(named: [.item, .entry, .atomEntry]) { reader, index in
            number += 1
            return reader.tree[index].name == .item
                ? reader.entry(item: index, number) : reader.atomEntry(index, number)
        }
        return feed
    }

    /// `ttl`, `skipHours`, `skipDays`, and the update period of <https://web.resource.org/rss/1.0/modules/syndication/>.
    func hints(of channel: Int) -> FeedHints {
        var hints = FeedHints()
        let minutes = tree.value(.ttl, in: channel).flatMap { Double($0) }
        if let minutes, minutes.isFinite, minutes >= 0 { hints.freshForSeconds = minutes * 60 }
        let period = tree.value(.syPeriod, in: channel).flatMap { Self.periods[$0.lowercased()] }
        let frequency = tree.value(.syFrequency, in: channel).flatMap { Double($0) }
        if let period {
            let times = frequency.map { $0.isFinite && $0 >= 1 ? $0 : 1 } ?? 1
            hints.freshForSeconds = max(hints.freshForSeconds ?? 0, period / times)
        }
        if let hours = tree.first(.skipHours, in: channel) {
            let numbers = tree.children(of: hours, named: .hour).compactMap { Int(tree.text(of: $0).trimmed) }
            // 24 is midnight in RSS 0.91.
            hints.skipHours = Set(numbers.filter { (0...24).contains($0) }.map { $0 % 24 })
        }
        if let days = tree.first(.skipDays, in: channel) {
            let names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
            let found = tree.children(of: days, named: .day).compactMap { day in
                names.firstIndex(of: String(tree.text(of: day).trimmed.lowercased().prefix(3)))
            }
            hints.skipDays = Set(found)
        }
        return hints
    }

    private static let periods: [String: Double] = [
        "hourly": 3600, "daily": 86400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000,
    ]

    private mutating func entry(item: Int, _ number: Int) -> FeedEntry {
        let name = tree.value(.guid, .atomID, .id, .dcIdentifier, in: item)
        var entry = FeedEntry(id: name ?? "")
        entry.url = link(of: item)
        if entry.url.isEmpty, let guid = tree.first(.guid, in: item), URLText.isAbsolute(entry.id),
            tree.attribute("ispermalink", of: guid)?.lowercased() != "false"
        {
            entry.url = entry.id
        }
        if entry.id.isEmpty, let about = tree.attribute("rdf:about", of: item) { entry.id = about }
        entry.title = line(
            of: firstWithText(.title, .atomTitle, .dcTitle, .mediaTitle, .itunesTitle, in: item)
        )
        entry.text = blocks(of: firstWithText(.contentEncoded, .atomContent, .content, .body, in: item))
        entry.hasFullContent = !entry.text.isEmpty
        if entry.text.isEmpty { entry.text = summary(of: item) }
        entry.authors = authors(of: item)
        entry.published = date(
            tree.value(
                .pubDate,
                .dcDate,
                .atomPublished,
                .published,
                .dctermsCreated,
                .dctermsIssued,
                .issued,
                .created,
                in: item
            ),
            entry: number
        )
        entry.updated = date(
            tree.value(.atomUpdated, .updated, .dctermsModified, .lastBuildDate, .modified, in: item),
            entry: number
        )
        entry.tags = unique(tree.children(of: item, named: .category, .dcSubject).map { line(of: $0) })
        return entry
    }

    private func summary(of item: Int) -> String {
        for name in [
            FeedName.description, .atomSummary, .summary, .dcDescription, .itunesSummary, .mediaDescription,
        ] {
            let text = blocks(of: firstWithText(name, in: item))
            if !text.isEmpty { return text }
        }
        guard let group = tree.first(.mediaGroup, .mediaContent, in: item) else { return "" }
        return blocks(of: tree.first(.mediaDescription, in: group))
    }

    private mutating func authors(of item: Int) -> [String] {
        for name in [FeedName.dcCreator, .atomAuthor, .author, .itunesAuthor] {
            var names: [String] = []
            for person in tree.children(of: item, named: name) {
                names += self.names(
                    inByline: tree.value(.atomName, .name, in: person) ?? tree.text(of: person)
                )
            }
            if !names.isEmpty { return unique(names) }
        }
        return []
    }

    /// The first child of the names that is not blank.
    func firstWithText(_ names: FeedName..., in index: Int) -> Int? {
        for name in names {
            var child = tree.nodes[index].firstChild
            while child >= 0 {
                if tree.nodes[child].name == name, tree.nodes[child].firstChild >= 0 { return child }
                child = tree.nodes[child].next
            }
        }
        return nil
    }

    func link(of index: Int) -> String {
        for link in tree.children(of: index, named: .link) {
            var reference = tree.text(of: link).trimmed
            if reference.isEmpty {
                reference = tree.attribute("href", of: link) ?? tree.attribute("rdf:resource", of: link) ?? ""
            }
            if !reference.isEmpty { return absolute(reference, under: link) }
        }
        if let origin = tree.value(.origLink, in: index) { return absolute(origin, under: index) }
        if let link = atomLink(of: index) { return link }
        return tree.attribute("rdf:about", of: index).map { absolute($0, under: index) } ?? ""
    }

    private mutating func sitemapIndex() -> Feed {
        var feed = Feed(format: .sitemap)
        var number = 0
        for place in tree.nodes.indices where tree.nodes[place].name == .sitemap {
            number += 1
            guard number <= maximumEntries, let location = tree.value(.loc, in: place) else { continue }
            let updated = date(tree.value(.lastmod, in: place), entry: number)
            feed.sitemaps.append(SitemapReference(url: absolute(location, under: place), updated: updated))
        }
        diagnostics.append("a sitemap index: its entries are in the \(number) sitemaps that it names")
        return feed
    }

    private mutating func sitemap(root: Int) -> Feed {
        var feed = Feed(format: .sitemap)
        var title = ""
        var language: String?
        var number = 0
        feed.entries = entries(named: [.url]) { reader, place in
            number += 1
            let tree = reader.tree
            let location = tree.value(.loc, in: place) ?? ""
            var entry = FeedEntry(
                id: location,
                url: location.isEmpty ? "" : reader.absolute(location, under: place)
            )
            if let news = tree.first(.newsNews, in: place) {
                entry.title = reader.line(of: tree.first(.newsTitle, in: news))
                entry.published = reader.date(tree.value(.newsPublicationDate, in: news), entry: number)
                let keywords = (tree.value(.newsKeywords, in: news) ?? "").split(separator: ",")
                entry.tags = reader.unique(keywords.map { String($0) })
                if let publication = tree.first(.newsPublication, in: news) {
                    if title.isEmpty { title = tree.value(.newsName, in: publication) ?? "" }
                    language = language ?? tree.value(.newsLanguage, in: publication)
                }
            }
            entry.updated = reader.date(tree.value(.lastmod, in: place), entry: number)
            return entry
        }
        feed.title = title
        feed.language = language
        return feed
    }
}
