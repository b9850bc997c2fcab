import FoundationEssentials
import GRDB
import TallyModel

/// Values that are kept whole, as JSON, in a `document` column.
enum Document {
    static func text(of value: some Encodable) throws -> String {
        try TallyJSON.text(of: value)
    }

    static func value<Value: Decodable>(of text: String) throws -> Value {
        try value(of: Data(text.utf8))
    }

    static func value<Value: Decodable>(of bytes: Data) throws -> Value {
        try decoder.decode(Value.self, from: bytes)
    }

    private static let decoder = TallyJSON.decoder()
}

/// Sketches as they are stored: 32-bit words, little-endian.
enum Sketch {
    static func bytes(of words: [UInt32]) -> Data {
        Data(words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } })
    }

    static func words(of bytes: Data) -> [UInt32] {
        let bytes = Array(bytes)
        return stride(from: 0, to: bytes.count - 3, by: 4).map { start in
            (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) }
        }
    }
}

extension EntryRecord {
    init(row: Row) throws {
        self.init(
            source: row["source"],
            entryID: row["entry_id"],
            url: row["url"],
            digest: row["digest"],
            firstSeenAt: Date(timeIntervalSince1970: row["first_seen_at"])
        )
        articleID = row["article_id"]
        validators = Validators(entityTag: row["entity_tag"], lastModified: row["last_modified"])
        nextCheckAt = (row["next_check_at"] as Double?).map { Date(timeIntervalSince1970: $0) }
        failureCount = row["failure_count"]
        isSilent = row["is_silent"]
        feedTitle = row["feed_title"]
        entry = try (row["document"] as String?).map { try Document.value(of: $0) }
    }
}

extension ArticleReference {
    /// Reads a row of `revision`.
    init(row: Row) {
        self.init(
            id: row["article_id"],
            revisionID: row["id"],
            url: row["url"],
            title: row["title"],
            outlet: row["outlet"],
            published: Date(timeIntervalSince1970: row["published"])
        )
    }
}

extension Story {
    init(row: Row) throws {
        self.init(
            id: row["id"],
            title: row["title"],
            terms: try Document.value(of: row["terms"] as String),
            at: Date(timeIntervalSince1970: row["first_article_at"])
        )
        lastArticleAt = Date(timeIntervalSince1970: row["last_article_at"])
        articleCount = row["article_count"]
    }
}

extension Database {
    func save(_ story: Story) throws {
        try cachedStatement(
            sql: """
                INSERT INTO story (id, title, terms, first_article_at, last_article_at, article_count)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET title = excluded.title, terms = excluded.terms,
                    first_article_at = excluded.first_article_at, last_article_at = excluded.last_article_at,
                    article_count = excluded.article_count
                """
        ).execute(
            arguments: [
                story.id, story.title, TermsDocument.text(of: story.terms),
                story.firstArticleAt.timeIntervalSince1970, story.lastArticleAt.timeIntervalSince1970,
                story.articleCount,
            ]
        )
    }

    /// Gives stories the sketches of their newest articles, at most `limit` each.
    func addSketches(to stories: inout [Story], limit: Int) throws {
        let statement = try cachedStatement(
            sql: """
                SELECT id, sketch FROM article WHERE story_id = ? AND sketch IS NOT NULL
                ORDER BY rowid DESC LIMIT ?
                """
        )
        for place in stories.indices {
            for row in try Row.fetchAll(statement, arguments: [stories[place].id, limit]) {
                stories[place].sketches[row["id"]] = Sketch.words(of: row["sketch"])
            }
        }
    }

    func insertArticle(of reading: ReadingCommit) throws {
        try cachedStatement(
            sql: """
                INSERT INTO article (id, story_id, url, near_copy_of, sketch, first_read_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET story_id = excluded.story_id, sketch = excluded.sketch
                """
        ).execute(
            arguments: [
                reading.reference.id, reading.story.id, reading.reference.url, reading.nearCopyOf,
                reading.story.sketches[reading.reference.id].map(Sketch.bytes),
                reading.readAt.timeIntervalSince1970,
            ]
        )
        try cachedStatement(
            sql: """
                INSERT INTO revision (id, article_id, number, url, title, outlet, published, document, read_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
                """
        ).execute(
            arguments: [
                reading.reference.revisionID, reading.reference.id, reading.revisionNumber,
                reading.reference.url, reading.reference.title, reading.reference.outlet,
                reading.reference.published.timeIntervalSince1970, ArticleDocument.text(of: reading.article),
                reading.readAt.timeIntervalSince1970,
            ]
        )
    }

    func insert(_ sourced: SourcedClaim) throws {
        let claim = sourced.claim
        try cachedStatement(
            sql: """
                INSERT INTO claim (id, revision_id, start_scalar, end_scalar, document) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (revision_id, start_scalar, end_scalar) DO NOTHING
                """
        ).execute(
            arguments: [
                sourced.id, sourced.article.revisionID, claim.start, claim.end, ClaimDocument.text(of: claim),
            ]
        )
    }

    /// Writes alerts with the deliveries that they ask for; what is there already stays as it is.
    func insert(_ alerts: [Alert], _ deliveries: [PlannedDelivery]) throws {
        for alert in alerts {
            try cachedStatement(
                sql: """
                    INSERT INTO alert (id, type, raised_at, figure_id, body) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO NOTHING
                    """
            ).execute(
                arguments: [
                    alert.id, alert.type.rawValue, alert.timestamp.timeIntervalSince1970,
                    alert.data.figure?.id, try Document.text(of: alert),
                ]
            )
        }
        for delivery in deliveries {
            try insert(delivery)
        }
    }

    /// A group's next message keeps its distance from the last one.
    private func insert(_ delivery: PlannedDelivery) throws {
        let notBefore = delivery.notBefore.timeIntervalSince1970
        try cachedStatement(
            sql: """
                INSERT INTO delivery (alert_id, sink, purpose, round, lane, group_key, repeat_seconds, state, attempts,
                    failures, next_attempt_at, created_at)
                SELECT id, ?, 'alert', 1, ?, ?, ?, 'pending', 0, 0,
                    max(?, coalesce((SELECT max(ended_at) + ? FROM delivery
                        WHERE state = 'delivered' AND sink = ? AND group_key = ?), 0)),
                    raised_at
                FROM alert WHERE id = ?
                ON CONFLICT (alert_id, sink, purpose, round) DO NOTHING
                """
        ).execute(
            arguments: [
                delivery.sink, delivery.lane, delivery.group, delivery.repeatSeconds, notBefore,
                delivery.groupIntervalSeconds, delivery.sink, delivery.group, delivery.alertID,
            ]
        )
    }
}
