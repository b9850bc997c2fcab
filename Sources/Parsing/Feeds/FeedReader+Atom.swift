import TallyModel

extension FeedReader {
    /// Returns a feed of Atom 1.0 or 0.3.
    mutating func atomFeed(root: Int) -> Feed {
        var feed = Feed(format: .atom)
        feed.title = title(of: root)
        feed.url = atomLink(of: root) ?? ""
        feed.language = tree.attribute("xml:lang", of: root)
        feed.hints = hints(of: root)
        feed.hubLinks = hubLinks(of: root)
        let people = authors(ofAtom: root)
        var number = 0
        feed.entries = entries(named: [.atomEntry, .entry, .item]) { reader, index in
            number += 1
            var entry = reader.atomEntry(index, number)
            if entry.authors.isEmpty { entry.authors = people }
            return entry
        }
        return feed
    }

    /// Returns one entry of Atom.
    mutating func atomEntry(_ index: Int, _ number: Int) -> FeedEntry {
        var entry = FeedEntry(id: tree.value(.atomID, .id, .guid, in: index) ?? "")
        entry.url = atomLink(of: index) ?? ""
        let content = tree.first(.atomContent, .content, .contentEncoded, in: index)
        if entry.url.isEmpty, let content, let source = tree.attribute("src", of: content) {
            entry.url = absolute(source, under: content)
        }
        if entry.url.isEmpty, let link = tree.value(.atomLink, .link, in: index) {
            // Atom by the name only: the link is written as RSS has it.
            entry.url = absolute(link, under: index)
        }
        if entry.url.isEmpty, URLText.isAbsolute(entry.id) { entry.url = entry.id }
        entry.title = title(of: index)
        entry.text = text(of: content)
        entry.hasFullContent = !entry.text.isEmpty
        if entry.text.isEmpty {
            entry.text = text(of: tree.first(.atomSummary, .summary, .description, in: index))
        }
        if entry.text.isEmpty, let group = tree.first(.mediaGroup, in: index) {
            entry.text = text(of: tree.first(.mediaDescription, in: group))
        }
        entry.authors = authors(ofAtom: index)
        entry.published = date(
            tree.value(
                .atomPublished,
                .published,
                .atomIssued,
                .issued,
                .atomCreated,
                .created,
                .pubDate,
                .dcDate,
                in: index
            ),
            entry: number
        )
        entry.updated = date(
            tree.value(.atomUpdated, .updated, .atomModified, .modified, in: index),
            entry: number
        )
        entry.tags = unique(
            tree.children(of: index, named: .atomCategory, .category, .dcSubject).map { category in
                tree.attribute("label", of: category) ?? tree.attribute("term", of: category)
                    ?? tree.text(of: category)
            }
        )
        return entry
    }

    /// Returns the link to the page: `alternate`, best as HTML, else one without `rel`.
    func atomLink(of index: Int) -> String? {
        var best: (rank: Int, link: Int, reference: String)?
        for link in tree.children(of: index, named: .atomLink, .link) {
            let target = tree.attribute("href", of: link)?.trimmed
            guard let reference = target, !reference.isEmpty else { continue }
            let relation = tree.attribute("rel", of: link)?.lowercased() ?? "alternate"
            guard relation == "alternate" || relation.hasSuffix("/alternate") else { continue }
            let type = tree.attribute("type", of: link)?.lowercased() ?? ""
            let rank = type.isEmpty || type.contains("html") ? 0 : 1
            if rank < best?.rank ?? .max { best = (rank, link, reference) }
        }
        return best.map { absolute($0.reference, under: $0.link) }
    }

    /// Returns the hubs and the feed's own URL (<https://www.w3.org/TR/websub/#discovery>).
    func hubLinks(of index: Int) -> HubLinks {
        var links = HubLinks()
        for link in tree.children(of: index, named: .atomLink, .link) {
            guard let relation = tree.attribute("rel", of: link)?.lowercased() else { continue }
            let relations = relation.split(separator: " ")
            guard relations.contains("hub") || relations.contains("self"),
                let reference = tree.attribute("href", of: link)?.trimmed, !reference.isEmpty
            else { continue }
            let target = absolute(reference, under: link)
            if relations.contains("hub") { links.hubs.append(target) }
            if relations.contains("self"), links.topic == nil { links.topic = target }
        }
        return links
    }

    private func title(of index: Int) -> String {
        text(of: tree.first(.atomTitle, .title, .mediaTitle, in: index)).collapsed
    }

    /// Plain text of a text construct (<https://www.rfc-editor.org/rfc/rfc4287#section-3.1>).
    private func text(of index: Int?) -> String {
        guard let index else { return "" }
        let type = tree.attribute("type", of: index)?.lowercased() ?? "text"
        let isMarkedUp =
            tree[index].hasElements || type.contains("html") || tree.attribute("mode", of: index) == "escaped"
        if isMarkedUp { return blocks(of: index) }
        if tree.attribute("mode", of: index) == "base64" { return "" }
        return withHTML(of: index) { bytes in
            // Many feeds write HTML and declare nothing; a text with tags of HTML in it is read as such.
            Self.looksLikeHTML(bytes) ? FragmentText.blocks(bytes) : FragmentText.plainParagraphs(bytes)
        }
    }

    private static func looksLikeHTML(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var hasAmpersand = false
        for place in bytes.indices {
            switch bytes[place] {
            case UInt8(ascii: "<") where place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "/"):
                return true
            case UInt8(ascii: ">") where place > 0 && bytes[place - 1] == UInt8(ascii: "/"): return true
            case UInt8(ascii: "&"): hasAmpersand = true
            case UInt8(ascii: ";") where hasAmpersand: return true
            default: break
            }
        }
        return false
    }

    private mutating func authors(ofAtom index: Int) -> [String] {
        var names: [String] = []
        for person in tree.children(of: index, named: .atomAuthor, .author, .dcCreator) {
            names += self.names(inByline: tree.value(.atomName, .name, in: person) ?? tree.text(of: person))
        }
        return unique(names)
    }
}
