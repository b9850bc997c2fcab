import FoundationEssentials
import GRDB
import TallyModel

extension Database {
    func save(_ figure: Figure) throws {
        try cachedStatement(
            sql: """
                INSERT INTO figure (id, story_id, label, unit, is_cumulative, is_muted, low, best, high, version,
                    is_pinned, note, key, watch, watch_figure)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET label = excluded.label, unit = excluded.unit,
                    is_cumulative = excluded.is_cumulative, is_muted = excluded.is_muted, low = excluded.low,
                    best = excluded.best, high = excluded.high, version = excluded.version,
                    is_pinned = excluded.is_pinned, note = excluded.note, key = excluded.key,
                    watch = excluded.watch, watch_figure = excluded.watch_figure
                """
        ).execute(
            arguments: [
                figure.id, figure.storyID, figure.label, figure.unit, figure.isCumulative, figure.isMuted,
                figure.baseline.low?.description, figure.baseline.best?.description,
                figure.baseline.high?.description, figure.baseline.version, figure.baseline.isPinned,
                figure.baseline.note, ClaimDocument.text(of: figure.key), figure.watch?.watch,
                figure.watch?.figure,
            ]
        )
        // Rows that say the same already are left alone.
        let statement = try cachedStatement(
            sql: """
                INSERT INTO figure_claim (figure_id, claim_id, relation, is_standing, also_carried_by)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (figure_id, claim_id) DO UPDATE SET relation = excluded.relation,
                    is_standing = excluded.is_standing, also_carried_by = excluded.also_carried_by
                WHERE relation <> excluded.relation OR is_standing <> excluded.is_standing
                    OR also_carried_by <> excluded.also_carried_by
                """
        )
        for standing in figure.claims {
            let outlets = standing.sourced.alsoCarriedBy
            try statement.execute(arguments: [
                figure.id, standing.sourced.id, standing.relation.rawValue, standing.isStanding,
                outlets.isEmpty ? "[]" : try Document.text(of: outlets),
            ])
        }
    }

    /// The columns that ``figure(from:claimLimit:)`` reads, in its order.
    static let figureColumns = """
        id, story_id, label, unit, is_cumulative, is_muted, low, best, high, version, is_pinned, note, key, watch,
        watch_figure
        """

    /// Reads a row of ``figureColumns`` and the newest claims that belong to it, oldest first.
    func figure(from row: Row, claimLimit: Int) throws -> Figure {
        // Columns by their places: to look names up takes longer than to read what they hold.
        var baseline = Baseline(
            low: Self.decimal(row[6]),
            best: Self.decimal(row[7]),
            high: Self.decimal(row[8])
        )
        baseline.version = row[9]
        baseline.isPinned = row[10]
        baseline.note = row[11]
        var figure = Figure(
            id: row[0],
            storyID: row[1],
            label: row[2],
            isCumulative: row[4],
            key: try ClaimDocument.claim(of: Data((row[12] as String).utf8)),
            baseline: baseline
        )
        figure.unit = row[3]
        figure.isMuted = row[5]
        figure.watch = (row[13] as String?).map { WatchReference(watch: $0, figure: row[14]) }
        figure.claims = try standingClaims(ofFigure: figure.id, limit: claimLimit)
        return figure
    }

    private func standingClaims(ofFigure id: String, limit: Int) throws -> [StandingClaim] {
        let statement = try cachedStatement(
            sql: """
                SELECT claim.id, claim.document, relation, is_standing, also_carried_by, revision.article_id,
                    revision.id, revision.url, revision.title, revision.outlet, revision.published
                FROM figure_claim
                JOIN claim ON claim.id = figure_claim.claim_id
                JOIN revision ON revision.id = claim.revision_id
                WHERE figure_id = ? ORDER BY figure_claim.rowid DESC LIMIT ?
                """
        )
        var claims: [StandingClaim] = []
        let rows = try Row.fetchCursor(statement, arguments: [id, limit])
        while let row = try rows.next() {
            var sourced = SourcedClaim(
                id: row[0],
                claim: try row.withUnsafeData(atIndex: 1) { try ClaimDocument.claim(of: $0 ?? Data()) },
                article: ArticleReference(
                    id: row[5],
                    revisionID: row[6],
                    url: row[7],
                    title: row[8],
                    outlet: row[9],
                    published: Date(timeIntervalSince1970: row[10])
                )
            )
            let outlets: String = row[4]
            // Most texts stand in one outlet alone.
            if outlets != "[]" { sourced.alsoCarriedBy = try Document.value(of: outlets) }
            let text: String = row[2]
            guard let relation = Comparison.Relation(rawValue: text) else {
                preconditionFailure("the store holds the unknown relation \(text)")
            }
            var standing = StandingClaim(sourced: sourced, relation: relation)
            standing.isStanding = row[3]
            claims.append(standing)
        }
        claims.reverse()
        return claims
    }

    private static func decimal(_ text: String?) -> Decimal? {
        text.flatMap { Decimal(string: $0) }
    }
}
