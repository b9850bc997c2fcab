import TallyModel

/// Reads JSON Feed (<https://www.jsonfeed.org/version/1.1/>).
struct JSONFeedReader {
    let maximumEntries: Int

    /// Returns the feed of a JSON text.
    func feed(from text: String, url: String) throws(ParsingError) -> Feed {
        guard let (document, isFlawed) = JSONReader.value(of: text) else { throw .notAFeed("plain text") }
        let isDeclared = document["version"]?.text?.contains("jsonfeed") == true
        guard isDeclared || document["items"] != nil, case .object = document else {
            throw .notAFeed("JSON that is no feed")
        }
        var feed = Feed(format: .json)
        feed.isTruncated = isFlawed
        if isFlawed { feed.diagnostics.append("the JSON is broken: what stands before the break is read") }
        if !isDeclared { feed.diagnostics.append("the feed names no version of JSON Feed") }
        feed.title = document["title"]?.text.map(Self.line) ?? ""
        feed.url = document["home_page_url"]?.text.map { URLText.absolute($0, base: url) } ?? ""
        feed.language = document["language"]?.text
        feed.hubLinks = hubLinks(of: document, base: url)
        let people = authors(of: document)
        let items = document["items"]?.elements ?? []
        if items.count > maximumEntries {
            feed.diagnostics.append("only the first \(maximumEntries) of \(items.count) entries are read")
        }
        for item in items.prefix(maximumEntries) {
            guard case .object = item else {
                feed.diagnostics.append("an item is no object: it is left out")
                continue
            }
            var entry = entry(
                item,
                base: url,
                what: "entry \(feed.entries.count + 1)",
                into: &feed.diagnostics
            )
            if entry.authors.isEmpty { entry.authors = people }
            feed.entries.append(entry)
        }
        return feed
    }
}

extension JSONFeedReader {
    private func entry(
        _ item: JSONValue,
        base: String,
        what: String,
        into diagnostics: inout [String]
    ) -> FeedEntry {
        var entry = FeedEntry(id: item["id"]?.text ?? "")
        let reference = item["url"]?.text ?? item["external_url"]?.text
        entry.url = reference.map { URLText.absolute($0, base: base) } ?? ""
        if entry.url.isEmpty, URLText.isAbsolute(entry.id) { entry.url = entry.id }
        entry.title = item["title"]?.text.map(Self.line) ?? ""
        entry.text = item["content_html"]?.text.map(Self.blocks) ?? ""
        if entry.text.isEmpty, let text = item["content_text"]?.text {
            var text = text
            entry.text = text.withUTF8 { FragmentText.plainParagraphs($0) }
        }
        entry.hasFullContent = !entry.text.isEmpty
        if entry.text.isEmpty, let summary = item["summary"]?.text { entry.text = Self.blocks(summary) }
        entry.authors = authors(of: item)
        for (key, path) in [("date_published", \FeedEntry.published), ("date_modified", \FeedEntry.updated)] {
            guard let text = item[key]?.text else { continue }
            entry[keyPath: path] = DateText.date(from: text)
            if entry[keyPath: path] == nil {
                diagnostics.append("\(what): the date \"\(text.prefix(60))\" cannot be understood")
            }
        }
        var seen: Set<String> = []
        entry.tags = (item["tags"]?.elements ?? []).compactMap(\.text).map(\.collapsed).filter {
            seen.insert($0).inserted
        }
        return entry
    }

    /// `hubs` of which those of the type WebSub are asked, and `feed_url`.
    private func hubLinks(of document: JSONValue, base: String) -> HubLinks {
        let hubs = (document["hubs"]?.elements ?? []).filter { $0["type"]?.text?.lowercased() == "websub" }
        return HubLinks(
            hubs: hubs.compactMap { $0["url"]?.text }.map { URLText.absolute($0, base: base) },
            topic: document["feed_url"]?.text.map { URLText.absolute($0, base: base) }
        )
    }

    private func authors(of value: JSONValue) -> [String] {
        let people = (value["authors"]?.elements ?? []) + (value["author"]?.elements ?? [])
        var seen: Set<String> = []
        return people.compactMap { $0["name"]?.text ?? $0.text }.map(\.collapsed).filter {
            seen.insert($0).inserted
        }
    }

    private static func line(_ text: String) -> String {
        var text = text
        return text.withUTF8 { FragmentText.line($0) }
    }

    private static func blocks(_ text: String) -> String {
        var text = text
        return text.withUTF8 { FragmentText.blocks($0) }
    }
}
