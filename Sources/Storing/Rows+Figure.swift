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
        let place = try update(figure) ?? insert(figure)
        // Rows that say the same already are left alone.
        let statement = try cachedStatement(
            sql: """
                INSERT INTO figure_claim (figure_place, claim_place, relation, is_standing, also_carried_by, document)
                VALUES (?, (SELECT place FROM claim WHERE revision_id = ? AND start_scalar = ? AND end_scalar = ?), ?, ?,
                    ?, ?)
                ON CONFLICT (figure_place, claim_place) DO UPDATE SET relation = excluded.relation,
                    is_standing = excluded.is_standing, also_carried_by = excluded.also_carried_by
                WHERE relation <> excluded.relation OR is_standing <> excluded.is_standing
                    OR also_carried_by <> excluded.also_carried_by
                """
        )
        for standing in figure.claims {
            let outlets = standing.sourced.alsoCarriedBy
            let held = standing.sourced.claim
            let own = read.first { $0.id == standing.sourced.id }?.claim
            try statement.execute(arguments: [
                place, standing.sourced.article.revisionID, held.start, held.end, standing.relation.rawValue,
                standing.isStanding,
                outlets.isEmpty ? "[]" : try Document.text(of: outlets),
                own == nil || own == held ? nil : ClaimDocument.text(of: held),
            ])
        }
    }

    /// Writes what changes of a figure and returns its place; `nil` for a figure that is not there.
    private func update(_ figure: Figure) throws -> Int64? {
        let statement = try cachedStatement(
            sql: """
                UPDATE figure SET label = ?, unit = ?, is_cumulative = ?, is_muted = ?, low = ?, best = ?, high = ?,
                    version = ?, is_pinned = ?, note = ?, watch = ?, watch_figure = ?
                WHERE id = ? RETURNING place
                """
        )
        return try Int64.fetchOne(
            statement,
            arguments: [
                figure.label, figure.unit, figure.isCumulative, figure.isMuted,
                figure.baseline.low?.description, figure.baseline.best?.description,
                figure.baseline.high?.description, figure.baseline.version, figure.baseline.isPinned,
                figure.baseline.note, figure.watch?.watch, figure.watch?.figure, figure.id,
            ]
        )
    }

    private func insert(_ figure: Figure) throws -> Int64 {
        try cachedStatement(
            sql: """
                INSERT INTO figure (id, story_id, label, unit, is_cumulative, is_muted, low, best, high, version,
                    is_pinned, note, key, watch, watch_figure)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
        return lastInsertedRowID
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
        var figures: [Figure] = []
        var parts: [[FigurePart]] = []
        let rows = try Row.fetchCursor(statement, arguments: arguments)
        while let row = try rows.next() {
            figures.append(try figure(from: row))
            parts.append(try self.parts(ofFigure: row[15], limit: claimLimit))
        }
        let claims = try sourcedClaims(at: parts.flatMap { $0.map(\.place) })
        for place in figures.indices {
            figures[place].claims = try parts[place].reversed().map { part in
                guard let sourced = claims[part.place] else {
                    preconditionFailure("the store holds a figure of no claim")
                }
                return try part.standing(sourced)
            }
        }
        return figures
    }

    private func figure(from row: Row) throws -> Figure {
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
        return figure
    }

    /// Reads what a figure knows of its newest claims, the newest first.
    private func parts(ofFigure place: Int64, limit: Int) throws -> [FigurePart] {
        let statement = try cachedStatement(
            sql: """
                SELECT claim_place, relation, is_standing, also_carried_by, document FROM figure_claim
                WHERE figure_place = ? ORDER BY claim_place DESC LIMIT ?
                """
        )
        var parts: [FigurePart] = []
        let rows = try Row.fetchCursor(statement, arguments: [place, limit])
        while let row = try rows.next() { parts.append(FigurePart(row)) }
        return parts
    }

    /// Reads the claims of some places, in one walk through the table: what lies side by side is read side by side.
    private func sourcedClaims(at places: [Int64]) throws -> [Int64: SourcedClaim] {
        let statement = try cachedStatement(
            sql: """
                SELECT place, id, revision_id, document FROM claim
                WHERE place IN (SELECT value FROM json_each(?)) ORDER BY place
                """
        )
        var articles = ArticleReferences()
        var claims = [Int64: SourcedClaim](minimumCapacity: places.count)
        let list = "[\(places.map(String.init).joined(separator: ","))]"
        let rows = try Row.fetchCursor(statement, arguments: [list])
        while let row = try rows.next() {
            claims[row[0]] = SourcedClaim(
                id: row[1],
                claim: try row.withUnsafeData(atIndex: 3) { try ClaimDocument.claim(of: $0 ?? Data()) },
                article: try articles.reference(toRevision: row[2], in: self)
            )
        }
        return claims
    }

    private static func decimal(_ text: String?) -> Decimal? {
        text.flatMap { Decimal(string: $0) }
    }
}

/// What a figure knows of one of its claims.
private struct FigurePart {
    /// The claim's place.
    let place: Int64
    private let relation: String
    private let isStanding: Bool
    private let alsoCarriedBy: String
    private let document: String?

    init(_ row: Row) {
        place = row[0]
        relation = row[1]
        isStanding = row[2]
        alsoCarriedBy = row[3]
        document = row[4]
    }

    /// Returns the claim as the figure holds it.
    func standing(_ sourced: SourcedClaim) throws -> StandingClaim {
        guard let relation = Comparison.Relation(rawValue: relation) else {
            preconditionFailure("the store holds the unknown relation \(relation)")
        }
        var standing = StandingClaim(sourced: sourced, relation: relation)
        standing.isStanding = isStanding
        if let document {
            standing.sourced.claim = try ClaimDocument.claim(of: Data(document.utf8))
        }
        // Most texts stand in one outlet alone.
        if alsoCarriedBy != "[]" { standing.sourced.alsoCarriedBy = try Document.value(of: alsoCarriedBy) }
        return standing
    }
}
