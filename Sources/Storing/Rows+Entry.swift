import GRDB
import TallyModel

extension Database {
    /// Writes an entry, new or not.
    ///
    /// In two steps: whatever may change a row that is there already makes SQLite keep a journal of the statement, and
    /// write to it every page that it changes (sqlite.org/tempfiles.html, section 2.5). Nearly all entries are new.
    func save(_ entry: EntryRecord) throws {
        try cachedStatement(sql: Self.insertEntry).execute { row in
            row.add(entry.source)
            row.add(entry.entryID)
            row.add(entry.firstSeenAt)
            row.addContent(of: entry)
        }
        guard changesCount == 0 else { return }
        try cachedStatement(sql: Self.updateEntry).execute { row in
            row.addContent(of: entry)
            row.add(entry.source)
            row.add(entry.entryID)
        }
    }

    private static let entryColumns = [
        "url", "digest", "article_id", "entity_tag", "last_modified", "next_check_at", "failure_count",
        "document",
        "feed_title", "is_silent",
    ]

    private static let insertEntry = """
        INSERT INTO entry (source, entry_id, first_seen_at, \(entryColumns.joined(separator: ", ")))
        VALUES (?, ?, ?, \(entryColumns.map { _ in "?" }.joined(separator: ", ")))
        ON CONFLICT (source, entry_id) DO NOTHING
        """

    private static let updateEntry = """
        UPDATE entry SET \(entryColumns.map { "\($0) = ?" }.joined(separator: ", "))
        WHERE source = ? AND entry_id = ?
        """
}

extension Binder {
    /// The columns of ``Database/entryColumns``.
    fileprivate mutating func addContent(of entry: EntryRecord) {
        add(entry.url)
        add(entry.digest)
        add(entry.articleID)
        add(entry.validators.entityTag)
        add(entry.validators.lastModified)
        add(entry.nextCheckAt)
        add(entry.failureCount)
        add(utf8: entry.entry.map(EntryDocument.bytes))
        add(entry.feedTitle)
        add(entry.isSilent ? 1 : 0)
    }
}
