import TallyModel

/// Entries as the JSON that ``Document`` reads.
enum EntryDocument {
    static func bytes(of entry: FeedEntry) -> [UInt8] {
        var json = JSONText(reserving: entry.text.utf8.count + entry.title.utf8.count + 300)
        json.add("id", entry.id)
        json.add("url", entry.url)
        json.add("title", entry.title)
        json.add("text", entry.text)
        json.add("full_content", entry.hasFullContent)
        json.add("authors", entry.authors)
        json.add("published", entry.published.map(Timestamp.text))
        json.add("updated", entry.updated.map(Timestamp.text))
        json.add("tags", entry.tags)
        return json.closedBytes()
    }
}
