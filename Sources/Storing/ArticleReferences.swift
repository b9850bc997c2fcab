import FoundationEssentials
import GRDB
import TallyModel

/// The articles that the claims of some figures stand in: many claims stand in each of them.
struct ArticleReferences {
    private var known: [String: ArticleReference] = [:]

    /// Returns the article of a revision, from the store where it was not asked for before.
    mutating func reference(toRevision id: String, in database: Database) throws -> ArticleReference {
        if let reference = known[id] { return reference }
        let statement = try database.cachedStatement(
            sql: "SELECT article_id, id, url, title, outlet, published FROM revision WHERE id = ?"
        )
        guard let row = try Row.fetchOne(statement, arguments: [id]) else {
            preconditionFailure("the store holds a claim of no revision")
        }
        let reference = ArticleReference(
            id: row[0],
            revisionID: row[1],
            url: row[2],
            title: row[3],
            outlet: row[4],
            published: Date(timeIntervalSince1970: row[5])
        )
        known[id] = reference
        return reference
    }
}
