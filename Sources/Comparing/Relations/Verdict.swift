import FoundationEssentials
import TallyModel

/// The relation of a claim to all that a figure holds: to its own side's last word, else to the nearest one.
struct Verdict {
    /// The relation to the baseline.
    private(set) var relation: Comparison.Relation
    /// What is special about it.
    private(set) var nuance: Comparison.Nuance?
    /// Whether its own sentence tells the move, which is its news then, whatever moves.
    private(set) var isToldMove = false
    /// The standing claims, the decisive one first.
    private(set) var against: [SourcedClaim]
    /// The identifiers of the claims whose place it takes.
    private(set) var superseded: Set<String>

    /// Holds a claim against a figure, of which the rival may tell another voice's number: see ``Rivalry``.
    init(
        _ sourced: SourcedClaim,
        figure: Figure,
        rival: SourcedClaim? = nil,
        watched: WatchedFigure?,
        configuration: ComparingConfiguration
    ) {
        nuance = nil
        superseded = []
        let claim = sourced.claim
        let nature = Self.nature(of: figure, watched: watched)
        let margin = watched?.tolerance.flatMap { Decimal(string: "\($0)") }
        let party = Party(sourced)
        let standing = figure.claims.filter { $0.isStanding && $0.sourced.claim.modality != .denied }.map(
            \.sourced
        )
        // What no class tells of is a count of its time: parties that tell other ones need not disagree.
        let isTold = PredicateWords.predicateClass(of: claim) != nil
        func rule(_ old: SourcedClaim) -> RelationRule {
            var rule = RelationRule(of: sourced, to: old, nature: nature, margin: margin, configuration)
            rule.isAfresh =
                claim.quantity.isMoney && rule.isSameOutlet
                && sourced.article.published.timeIntervalSince(old.article.published) >= Self.afresh
                // Whoever cuts jobs decides anew how many.
                || claim.predicate == "layoff" && !party.words.isEmpty && rule.isSameSide
                    && !rule.isSameArticle
            // A slick grows and a flood spreads while nobody says who measured it.
            let isExtent = Self.extents.contains(FigureMatcher.dimension(of: claim))
            if isExtent, !rule.isRival, !rule.isSameSide, !rule.isSameArticle { rule.isAfresh = true }
            rule.isToldRival = old.id == rival?.id
            if !isTold {
                rule.rivalRatio = nil
                rule.hearsayRatio = nil
            }
            return rule
        }
        if standing.isEmpty || figure.baseline.isPinned {
            let held = Quantity(
                low: figure.baseline.low,
                high: figure.baseline.high,
                qualifier: .range,
                unit: figure.unit
            )
            let general = RelationRule(
                nature: figure.baseline.isPinned ? .fixed : nature,
                isSameArticle: false,
                // A person's baseline is held to, however far the claim is from it.
                isSameSide: true,
                isRival: false,
                tolerance: margin ?? configuration.approximateTolerance,
                rivalRatio: nil
            )
            relation = general.relation(of: claim.quantity, to: held)
            against = standing.reversed()
            return
        }
        let interval = Interval(claim.quantity)
        let known = figure.claims.map(\.sourced).filter {
            Interval($0.claim.quantity) == interval && $0.claim.modality != .denied
        }
        let own = standing.last { !party.words.isEmpty && party.isSameSide(as: Party($0)) }
        let isOwnKnown = known.contains { party.isSameSide(as: Party($0)) }
        // A new voice that takes one side of an open conflict stands against the other side.
        let isNewVoice = !party.words.isEmpty && own == nil && !isOwnKnown
        let isReturn = nature == .status && Self.isReturn(sourced, to: known, from: standing)
        if !known.isEmpty, !isNewVoice, own == nil || isOwnKnown, !isReturn {
            relation = .agree
            against = standing.reversed()
            return
        }
        // The ones that were replaced come last: they say how the figure came to stand where it does.
        let replaced = figure.claims.filter { !$0.isStanding }.map(\.sourced).suffix(6).reversed()
        let relations = standing.map { old in
            let relation = rule(old).relation(of: claim.quantity, to: old.claim.quantity)
            let isPart = relation == .contradict && PlacePart.isPossible(claim, old.claim)
            return (old, isPart ? .different : relation)
        }
        // One voice that gives two numbers in one article speaks of two things.
        let isOther = relations.contains { old, relation in
            relation == .different && old.article.revisionID == sourced.article.revisionID && interval.isPoint
                && Interval(old.claim.quantity).isPoint
        }
        if isOther {
            relation = .different
            against = []
            return
        }
        var decisive = Self.decisive(
            relations,
            of: interval,
            party: party,
            nature: nature,
            revisionID: sourced.article.revisionID
        )
        if isNewVoice, decisive.1 == .agree || decisive.1 == .refine {
            decisive = relations.last { $0.1 == .contradict } ?? decisive
        }
        relation = decisive.1
        against = [decisive.0] + standing.reversed().filter { $0.id != decisive.0.id } + replaced
        let told = CorrectionWords.telling(claim)
        let isTakenBack =
            claim.quantity.unit != "magnitude"
            && (relation == .contradict && CorrectionWords.isCorrection(told)
                || relation == .update && nature != .cumulative && CorrectionWords.isRetraction(told))
        if isTakenBack,
            party.isSameSide(as: Party(decisive.0)) || !party.isRival(of: Party(decisive.0))
        {
            nuance = .corrected
        }
        if let own, !known.isEmpty, relation == .update || relation == .contradict, own.id == decisive.0.id,
            nature != .status, claim.quantity.unit != "magnitude"
        {
            // It gives up its own number for one that others held against it.
            relation = .contradict
            nuance = .corrected
        }
        if relation == .update, nature == .cumulative, nuance == nil,
            Interval(decisive.0.claim.quantity).isAbove(interval)
        {
            nuance = .stale
            return
        }
        superseded = Set(
            relations.filter { old, relation in
                relation == .update || (relation == .refine && old.claim.quantity.qualifier == .vague)
                    || (party.isSameSide(as: Party(old)) && relation != .different && relation != .agree)
            }
            .map(\.0.id)
        )
        if relation == .different { superseded = [] }
    }

    /// Takes a contradiction for a move that its own sentence tells.
    mutating func takeAsToldMove(of other: SourcedClaim) {
        isToldMove = true
        takeAsUpdate(of: other)
    }

    /// Takes a contradiction for a move of the figure: something explains it.
    mutating func takeAsUpdate(of other: SourcedClaim) {
        relation = .update
        superseded.insert(other.id)
    }

    /// Takes a move of the figure for a contradiction: somebody holds to the number that would be replaced, or the sentence
    /// says that it was wrong.
    mutating func takeAsContradiction(isCorrection: Bool) {
        relation = .contradict
        if isCorrection {
            nuance = .corrected
        } else {
            superseded = []
        }
    }

    /// Names a claim of the figure before the others: the one that the sentence itself speaks of.
    mutating func putFirst(_ old: SourcedClaim) {
        against = [old] + against.filter { $0.id != old.id }
    }

    /// Takes a difference for a change of plan, which nobody got wrong.
    mutating func takeAsPlan() {
        relation = .update
        nuance = nil
    }

    /// Takes what others told before for the number that takes the place of a wrong one.
    mutating func takeAsCorrection(of wrong: SourcedClaim) {
        relation = .contradict
        nuance = .corrected
        against = [wrong] + against.filter { $0.id != wrong.id }
        superseded = [wrong.id]
    }

    /// Takes a difference for none: both numbers are right, of what each of them counts.
    mutating func takeAsAgreement() {
        relation = .agree
        nuance = nil
        superseded = []
    }

    /// Returns the sentence on a verdict.
    func reason(for sourced: SourcedClaim, figure: Figure) -> String {
        guard let decisive = against.first, !figure.baseline.isPinned else {
            return Reason.text(
                of: sourced,
                relation: relation,
                baseline: figure.baseline,
                label: figure.label
            )
        }
        return Reason.text(
            of: sourced,
            relation: relation,
            nuance: nuance,
            against: decisive,
            label: figure.label
        )
    }
}

extension Verdict {
    /// After how long an outlet that tells another sum tells what came of the first one, in seconds.
    private static let afresh: TimeInterval = 3 * 86_400
    /// What may grow between two measurements.
    private static let extents: Set<String> = ["area", "length", "volume"]
    /// After how long an old number is no stale copy, in seconds.
    private static let returnSpan: TimeInterval = 86_400

    /// Whether a number is told again a day after another one took its place: a lead of 1.3 points that had been 2.6.
    private static func isReturn(
        _ sourced: SourcedClaim,
        to known: [SourcedClaim],
        from standing: [SourcedClaim]
    ) -> Bool {
        guard let newest = standing.map(\.article.published).max() else { return false }
        return !known.isEmpty && !known.contains { old in standing.contains { $0.id == old.id } }
            && sourced.article.published.timeIntervalSince(newest) >= returnSpan
    }

    private static func nature(of figure: Figure, watched: WatchedFigure?) -> RelationRule.Nature {
        if watched?.isCumulative == true || figure.isCumulative { return .cumulative }
        let nature = PredicateWords.nature(of: figure.key)
        return nature == .cumulative ? .fixed : nature
    }

    private static func decisive(
        _ relations: [(SourcedClaim, Comparison.Relation)],
        of interval: Interval,
        party: Party,
        nature: RelationRule.Nature,
        revisionID: String
    ) -> (SourcedClaim, Comparison.Relation) {
        func distance(_ old: SourcedClaim) -> Decimal {
            let known = Interval(old.claim.quantity)
            let apart = interval.distance(to: known)
            guard apart == 0, known.high == nil || known.low == nil else { return apart }
            // An open bound is near only where it is: "at least 100" says little of 1,000.
            return Interval(low: interval.centre, high: interval.centre)
                .distance(to: Interval(low: known.centre, high: known.centre))
        }
        let own = relations.last {
            !party.words.isEmpty && party.isSameSide(as: Party($0.0)) && $0.1 != .different
        }
        if let own { return own }
        let earlier = relations.filter { $0.0.article.revisionID != revisionID }
        var candidates = earlier.isEmpty ? relations : earlier
        // A number is held against numbers: "dozens" agrees with all of them, and tells nothing of how they moved.
        let points = candidates.filter { Interval($0.0.claim.quantity).isPoint }
        if interval.isPoint, !points.isEmpty { candidates = points }
        var nearest = candidates[candidates.count - 1]
        for candidate in candidates.reversed() where distance(candidate.0) < distance(nearest.0) {
            nearest = candidate
        }
        let rival = relations.last { $0.0.article.revisionID == revisionID && $0.1 == .contradict }
        if nearest.1 == .agree, let rival, !party.words.isEmpty { return rival }
        // A wide claim hides nothing: an age of 19 to 20 agrees with 20, and yet 20 contradicts 19.
        guard nearest.1 == .agree || nearest.1 == .refine, nature == .fixed else { return nearest }
        let disjoint = relations.filter { $0.1 == .contradict }
        let holdsNumber = relations.contains {
            ($0.1 == .agree || $0.1 == .refine) && Interval($0.0.claim.quantity).isPoint
        }
        return holdsNumber ? nearest : disjoint.last ?? nearest
    }
}
