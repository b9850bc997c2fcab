import FoundationEssentials
import TallyModel

/// How claims of two documents stand to each other where no story gathers them: the rules of a figure, with what the two
/// documents tell besides.
struct PairRule {
    let configuration: ComparingConfiguration
    /// The claims of the earlier document.
    let earlier: [SourcedClaim]
    /// The claims of the later document.
    let later: [SourcedClaim]
    /// Whether one document is known to be the later.
    let isOrdered: Bool

    /// Returns how a claim of the later document stands to one of the earlier that is of one figure.
    func relation(of new: SourcedClaim, to old: SourcedClaim) -> Comparison.Relation {
        if new.claim.modality == .denied || old.claim.modality == .denied {
            guard new.claim.modality != old.claim.modality else { return .agree }
            return Interval(new.claim.quantity).overlaps(Interval(old.claim.quantity)) ? .contradict : .agree
        }
        if isOfAnotherEvent(new, old) { return .different }
        let relation = rule(of: new, to: old).relation(of: new.claim.quantity, to: old.claim.quantity)
        guard new.claim.modality == old.claim.modality else { return expected(relation, of: new, to: old) }
        guard relation == .contradict || relation == .update else { return relation }
        if ListedPlaces.isPart(new.claim, old.claim) || isOfAnotherTime(new, old)
            || isOfAnotherCountry(new, old)
        {
            return .different
        }
        if Attackers.explains(new.claim, old.claim) { return .agree }
        if relation == .contradict {
            if PlacePart.isPossible(new.claim, old.claim) { return .different }
            if isOrdered,
                ToldMove.explains(new, after: old, claims: later)
                    || Transfer.explains(new, after: old, claims: later, older: earlier)
            {
                return .update
            }
        }
        return isOtherThing(new, old) ? .different : relation
    }

    /// Returns the least likeness of two claims of one figure: the longer two reports lie apart, the more must tie them.
    func threshold(between a: SourcedClaim, and b: SourcedClaim) -> Double {
        guard isDated(a), isDated(b), apart(a, b) > Self.lastingSpan else {
            return configuration.figureThreshold
        }
        return max(configuration.figureThreshold, PairTie.likeness)
    }

    /// Whether one claim is a part of a sum that the other states: "19 clansmen and eight fighters" are 27.
    func isSum(of a: SourcedClaim, _ b: SourcedClaim) -> Bool {
        adds(a, among: earlier, to: b) || adds(b, among: later, to: a)
    }
}

private extension PairRule {
    /// How long two reports of one event lie apart without more that ties them, in seconds.
    static let lastingSpan: TimeInterval = 30 * 86_400
    /// How long one event is told of before the next one of its row, in seconds.
    static let rowSpan: TimeInterval = 2 * 86_400
    static let daySpan: TimeInterval = 86_400
    /// How long the toll of a sudden event still moves, in seconds.
    static let tollSpan: TimeInterval = 45 * 86_400

    func isDated(_ sourced: SourcedClaim) -> Bool { sourced.article.published.timeIntervalSince1970 != 0 }

    func apart(_ a: SourcedClaim, _ b: SourcedClaim) -> TimeInterval {
        abs(a.article.published.timeIntervalSince(b.article.published))
    }

    /// Whether the later one is known to be so: both are dated.
    func isLater(_ new: SourcedClaim, than old: SourcedClaim) -> Bool {
        isOrdered && isDated(new) && isDated(old)
    }

    func rule(of new: SourcedClaim, to old: SourcedClaim) -> RelationRule {
        var rule = RelationRule(
            of: new,
            to: old,
            nature: isLater(new, than: old) ? nature(of: new, old) : .fixed,
            margin: nil,
            configuration
        )
        rule.isSameArticle = false
        rule.isSameDay = isDated(new) && isDated(old) && apart(new, old) <= Self.daySpan
        rule.isSameTime = apart(new, old) == 0
        return rule
    }

    /// Returns the nature that the two tell of: what one of them tells to be left moves, the price of a deal does not.
    func nature(of new: SourcedClaim, _ old: SourcedClaim) -> RelationRule.Nature {
        let first = PredicateWords.nature(of: old.claim)
        let second = PredicateWords.nature(of: new.claim)
        if first == .status, second == .status, isOneCount(new, old) { return .fixed }
        if first == second { return first }
        if first == .cumulative || second == .cumulative { return .cumulative }
        // Where a class tells of one, the other is what it says.
        let isTold = PredicateWords.predicateClass(of: old.claim) != nil
        return isTold == (PredicateWords.predicateClass(of: new.claim) != nil)
            ? (PredicateWords.isLeft(old.claim) || PredicateWords.isLeft(new.claim) ? .status : .fixed)
            : isTold ? first : second
    }

    /// Whether what no class tells of does not move all the same: what is over, a sum within its day, and what an outlet
    /// lowers within its day.
    func isOneCount(_ new: SourcedClaim, _ old: SourcedClaim) -> Bool {
        let claims = [new.claim, old.claim]
        guard claims.allSatisfy({ PredicateWords.predicateClass(of: $0) == nil && $0.kind != .rate }) else {
            return false
        }
        if claims.contains(where: PredicateWords.isOver) { return true }
        guard apart(new, old) <= Self.daySpan, !claims.contains(where: PredicateWords.isLeft) else {
            return false
        }
        if new.claim.quantity.isMoney { return !claims.contains(where: PredicateWords.isMoving) }
        return new.article.outlet == old.article.outlet
            && Interval(old.claim.quantity).isAbove(Interval(new.claim.quantity))
    }

    /// Returns the relation of two claims of which one was only expected: what came true agrees, and a count takes the place
    /// of a projected vote.
    func expected(
        _ relation: Comparison.Relation,
        of new: SourcedClaim,
        to old: SourcedClaim
    ) -> Comparison.Relation {
        let isCounted =
            isLater(new, than: old) && new.claim.modality == .asserted && old.claim.modality == .forecast
            && ["vote", "win"].contains(old.claim.predicate ?? "")
        if isCounted, Interval(new.claim.quantity).centre != Interval(old.claim.quantity).centre {
            return .update
        }
        if relation == .agree || relation == .refine { return relation }
        return Interval(new.claim.quantity).overlaps(Interval(old.claim.quantity)) ? .agree : .different
    }

    /// Whether only the later one says which of a row its event is, days after the other: a tenth strike is none of the
    /// week before.
    func isOfAnotherEvent(_ new: SourcedClaim, _ old: SourcedClaim) -> Bool {
        guard isLater(new, than: old), apart(new, old) > Self.rowSpan else { return false }
        let first = EventOrder.places(in: Words.all(of: old.claim.sentence))
        let second = EventOrder.places(in: Words.all(of: new.claim.sentence))
        return first.isEmpty && second.count == 1
    }

    /// Whether two tolls that differ lie so far apart that they are of two events, unless one is told of as a toll.
    func isOfAnotherTime(_ new: SourcedClaim, _ old: SourcedClaim) -> Bool {
        if EventTie.isDaily(new.claim) || EventTie.isDaily(old.claim),
            apart(new, old) >= EventTie.dailySpan, isDated(new),
            isDated(old)
        {
            return true
        }
        if isWindow(new.claim.timeScope) != isWindow(old.claim.timeScope) { return true }
        guard isDated(new), isDated(old), apart(new, old) > Self.tollSpan,
            PredicateWords.nature(of: new.claim) == .cumulative, new.claim.quantity.unit == "people"
        else { return false }
        return ![new, old].contains { sourced in
            Words.all(of: sourced.claim.sentence).contains { EventTie.tolls.contains($0.text) }
        }
    }

    /// Whether a span of time is none of the event's own: "this year", "in the past three months".
    func isWindow(_ scope: String?) -> Bool {
        guard let words = scope?.split(separator: " "), let first = words.first, let last = words.last else {
            return false
        }
        if last.hasPrefix("hour") { return false }
        return ["past", "last"].contains(first)
            || first == "this" && ["month", "season", "year"].contains(last)
    }

    /// Whether two numbers that differ are of two countries: something is told to be in each, or a measure is of each.
    func isOfAnotherCountry(_ new: SourcedClaim, _ old: SourcedClaim) -> Bool {
        let first = NamedPlaces(new.claim.sentence)
        let second = NamedPlaces(old.claim.sentence)
        if isApart(first.located, second.located) || NamedPlaces.areLedApart(first, second) { return true }
        let isMeasure = FigureMatcher.dimension(of: new.claim) == "share" || new.claim.quantity.isMoney
        return isMeasure && isApart(first.nations, second.nations)
    }

    func isApart(_ a: Set<String>, _ b: Set<String>) -> Bool {
        !a.isEmpty && !b.isEmpty && a.isDisjoint(with: b)
    }

    func isOtherThing(_ new: SourcedClaim, _ old: SourcedClaim) -> Bool {
        if OtherThing.explains(new, beside: old, claims: later, older: earlier) { return true }
        return !isLater(new, than: old)
            && OtherThing.explains(old, beside: new, claims: earlier, older: later)
    }

    /// Whether a claim and those beside it, which together tell one thing of several kinds, make the other's number.
    func adds(_ part: SourcedClaim, among claims: [SourcedClaim], to whole: SourcedClaim) -> Bool {
        let total = Interval(whole.claim.quantity)
        guard part.claim.predicate != nil, part.claim.predicate == whole.claim.predicate,
            part.claim.quantity.unit == whole.claim.quantity.unit, part.claim.quantity.unit != "percent",
            total.isPoint, part.claim.kind == .total, whole.claim.kind == .total
        else { return false }
        let parts = claims.map(\.claim).filter {
            $0.sentence == part.claim.sentence && $0.predicate == part.claim.predicate && $0.kind == .total
                && $0.quantity.unit == part.claim.quantity.unit && $0.modality == part.claim.modality
        }
        guard parts.count > 1, Set(parts.map(\.head)).count == parts.count else { return false }
        return parts.compactMap { Interval($0.quantity).low }.reduce(0, +) == total.centre
    }
}
