import FoundationEssentials
import TallyModel

/// The figures of one story while an article is held against them.
struct FigureBook {
    /// The figures, in the order of their beginning.
    private(set) var figures: [Figure]
    private var changed: [Int] = []
    /// The identifiers of the claims that came, changed or lost their standing, by the figure's.
    private(set) var changedClaims: [String: Set<String>] = [:]
    /// How the baselines moved, in the order of the moves.
    private(set) var moves: [BaselineMove] = []

    /// Opens the book of a story's figures.
    init(figures: [Figure]) { self.figures = figures }

    /// The new and changed figures, in the order of their change.
    var changedFigures: [Figure] { changed.map { figures[$0] } }

    /// Whether a claim of a figure states a quantity, in the same words of its bounds.
    func states(_ quantity: Quantity, in index: Int) -> Bool {
        figures[index].claims.indices.contains {
            figures[index].claims[$0].sourced.claim.quantity == quantity
        }
    }

    /// Returns the first claim of some articles that states a quantity and passes a test; `nil` where none does.
    func place(
        of quantity: Quantity,
        inArticles ids: Set<String>,
        where isWanted: (Claim) -> Bool
    ) -> (figure: Int, claim: Int)? {
        for figure in figures.indices {
            for claim in figures[figure].claims.indices
            where ids.contains(figures[figure].claims[claim].sourced.article.id)
                && figures[figure].claims[claim].sourced.claim.quantity == quantity
                && isWanted(figures[figure].claims[claim].sourced.claim)
            {
                return (figure, claim)
            }
        }
        return nil
    }

    /// Adds a figure and returns its index.
    ///
    /// - Parameters:
    ///   - figure: The figure, with its first baseline.
    ///   - cause: What it began with.
    ///   - reason: One sentence that says so.
    /// - Returns: Its index.
    mutating func add(_ figure: Figure, by cause: BaselineMove.Cause, because reason: String) -> Int {
        moves.append(
            BaselineMove(
                of: figure,
                from: nil,
                cause: cause,
                reason: reason,
                claimID: figure.claims.first?.sourced.id
            )
        )
        figures.append(figure)
        changed.append(figures.count - 1)
        changedClaims[figure.id] = Set(figure.claims.map(\.sourced.id))
        return figures.count - 1
    }

    /// Puts a claim into a figure's history and moves the baseline, unless a person holds it or the claim is stale.
    ///
    /// - Parameters:
    ///   - claim: The claim, in the terms in which the figure holds it.
    ///   - relation: How it relates to the baseline.
    ///   - nuance: What is special about that.
    ///   - reason: One sentence that says why.
    ///   - superseded: The identifiers of the claims that stand no longer.
    ///   - index: The figure's.
    mutating func record(
        _ claim: SourcedClaim,
        as relation: Comparison.Relation,
        nuance: Comparison.Nuance?,
        because reason: String,
        superseding superseded: Set<String>,
        in index: Int
    ) {
        for old in figures[index].claims.indices
        where superseded.contains(figures[index].claims[old].sourced.id) {
            figures[index].claims[old].isStanding = false
            changedClaims[figures[index].id, default: []].insert(figures[index].claims[old].sourced.id)
        }
        changedClaims[figures[index].id, default: []].insert(claim.id)
        figures[index].claims.append(StandingClaim(sourced: claim, relation: relation))
        if nuance == .stale { figures[index].claims[figures[index].claims.count - 1].isStanding = false }
        var baseline = Self.baseline(of: figures[index])
        let held = figures[index].baseline
        baseline.version = held.version
        baseline.note = held.note
        if !held.isPinned, baseline != held {
            baseline.version += 1
            figures[index].baseline = baseline
            moves.append(
                BaselineMove(
                    of: figures[index],
                    from: held,
                    cause: BaselineMove.Cause(relation, nuance),
                    reason: reason,
                    claimID: claim.id
                )
            )
        }
        mark(index)
    }

    /// Notes that an outlet carries a claim too.
    mutating func carry(_ outlet: String, in index: Int, claim position: Int) {
        let sourced = figures[index].claims[position].sourced
        guard sourced.article.outlet != outlet, !sourced.alsoCarriedBy.contains(outlet) else { return }
        figures[index].claims[position].sourced.alsoCarriedBy.append(outlet)
        changedClaims[figures[index].id, default: []].insert(sourced.id)
        mark(index)
    }

    /// Returns low, best and high of the claims that stand: the outer bounds, and the newest number that is one number.
    static func baseline(of figure: Figure) -> Baseline {
        var quantities: [Quantity] = []
        for index in figure.claims.indices
        where figure.claims[index].isStanding && figure.claims[index].sourced.claim.modality != .denied {
            quantities.append(converted(figure.claims[index].sourced.claim.quantity, to: figure.unit))
        }
        guard !quantities.isEmpty else { return figure.baseline }
        let lows = quantities.compactMap(\.low)
        let highs = quantities.compactMap(\.high)
        let best = quantities.last { $0.low != nil && $0.low == $0.high }?.low
        return Baseline(
            low: lows.min(),
            best: best,
            high: highs.count == quantities.count ? highs.max() : nil
        )
    }

    /// Returns a quantity in another unit of its dimension, unchanged where there is no way.
    static func converted(_ quantity: Quantity, to name: String) -> Quantity {
        guard quantity.unit != name, let from = UnitOfMeasure.named(quantity.unit),
            let to = UnitOfMeasure.named(name), from.dimension == to.dimension
        else { return quantity }
        func convert(_ value: Decimal) -> Decimal { (from.baseValue(of: value) - to.offset) / to.factor }
        return Quantity(
            low: quantity.low.map(convert),
            high: quantity.high.map(convert),
            qualifier: quantity.qualifier,
            unit: name
        )
    }

    private mutating func mark(_ index: Int) {
        if !changed.contains(index) { changed.append(index) }
    }
}
