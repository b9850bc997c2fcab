import FoundationEssentials
import GRDB
import TallyModel

extension Database {
    /// Writes a figure and those of its claims that it bears.
    ///
    /// - Parameters:
    ///   - figure: The figure.
    ///   - read: The claims as the article makes them that the figure took them from.
    /// - Throws: What the database says.
    func save(_ figure: Figure, claimed read: [SourcedClaim] = []) throws {
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
                INSERT INTO figure_claim (figure_place, claim_place, relation, is_standing, also_carried_by, document)
                VALUES (?, (SELECT place FROM claim WHERE id = ?), ?, ?, ?, ?)
                ON CONFLICT (figure_place, claim_place) DO UPDATE SET relation = excluded.relation,
                    is_standing = excluded.is_standing, also_carried_by = excluded.also_carried_by
                WHERE relation <> excluded.relation OR is_standing <> excluded.is_standing
                    OR also_carried_by <> excluded.also_carried_by
                """
        )
        guard
            let place = try Int64.fetchOne(
                cachedStatement(sql: "SELECT place FROM figure WHERE id = ?"),
                arguments: [figure.id]
            )
        else { preconditionFailure("the figure was written above") }
        for standing in figure.claims {
            let outlets = standing.sourced.alsoCarriedBy
            let held = standing.sourced.claim
            let own = read.first { $0.id == standing.sourced.id }?.claim
            try statement.execute(arguments: [
                place, standing.sourced.id, standing.relation.rawValue, standing.isStanding,
                outlets.isEmpty ? "[]" : try Document.text(of: outlets),
                own == nil || own == held ? nil : ClaimDocument.text(of: held),
            ])
        }
    }

    /// The columns that ``figures(_:arguments:claimLimit:)`` reads, in its order.
    static let figureColumns = """
        id, story_id, label, unit, is_cumulative, is_muted, low, best, high, version, is_pinned, note, key, watch,
        watch_figure, place
        """

    /// Reads the rows of ``figureColumns`` that a statement gives, each figure with its newest claims, oldest first.
    func figures(
        _ statement: Statement,
        arguments: StatementArguments,
        claimLimit: Int = Figure.claimsInMemory
    ) throws -> [Figure] {
        var articles = ArticleReferences()
        var figures: [Figure] = []
        let rows = try Row.fetchCursor(statement, arguments: arguments)
        while let row = try rows.next() {
            figures.append(try figure(from: row, claimLimit: claimLimit, articles: &articles))
        }
        return figures
    }

    private func figure(
        from row: Row,
        claimLimit: Int,
        articles: inout ArticleReferences
    ) throws -> Figure {
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
            key: try row.withUnsafeData(atIndex: 12) { try ClaimDocument.claim(of: $0 ?? Data()) },
            baseline: baseline
        )
        figure.unit = row[3]
        figure.isMuted = row[5]
        figure.watch = (row[13] as String?).map { WatchReference(watch: $0, figure: row[14]) }
        figure.claims = try standingClaims(ofFigure: row[15], limit: claimLimit, articles: &articles)
        return figure
    }

    private func standingClaims(
        ofFigure place: Int64,
        limit: Int,
        articles: inout ArticleReferences
    ) throws -> [StandingClaim] {
        let statement = try cachedStatement(
            sql: """
                SELECT claim.id, coalesce(figure_claim.document, claim.document), relation, is_standing,
                    also_carried_by, revision_id
                FROM figure_claim JOIN claim ON claim.place = claim_place
                WHERE figure_place = ? ORDER BY claim_place DESC LIMIT ?
                """
        )
        var claims: [StandingClaim] = []
        let rows = try Row.fetchCursor(statement, arguments: [place, limit])
        while let row = try rows.next() {
            var sourced = SourcedClaim(
                id: row[0],
                claim: try row.withUnsafeData(atIndex: 1) { try ClaimDocument.claim(of: $0 ?? Data()) },
                article: try articles.reference(toRevision: row[5], in: self)
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
