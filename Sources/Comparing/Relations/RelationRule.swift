import FoundationEssentials
import TallyModel

/// The relation of a later claim to an earlier one of the same figure, by their intervals and what is known around them.
struct RelationRule {
    /// The nature of the figure.
    enum Nature: Hashable {
        /// It can only rise, as tolls do.
        case cumulative
        /// It moves either way with time: the missing, a rate, a pledge.
        case status
        /// It is one number, whenever it is told: an age, the size of a march.
        case fixed
    }

    /// What the figure is by nature.
    var nature: Nature
    /// Whether both claims stand in one revision.
    var isSameArticle: Bool
    /// Whether one outlet publishes both.
    var isSameOutlet = false
    /// Whether the newer is a sum of money that its outlet tells days later, knowing the older one: damages that a judge
    /// lowers.
    var isAfresh = false
    /// Whether one party makes both.
    var isSameSide: Bool
    /// Whether two named parties make them.
    var isRival: Bool
    /// Whether the newer is told as another voice's number of the same: see ``Rivalry``.
    var isToldRival = false
    /// Whether both are told within a day.
    var isSameDay = false
    /// Whether neither is known to be the later, as both bear one date.
    var isSameTime = false
    /// The part by which bounds are widened.
    var tolerance: Decimal
    /// How many times larger a toll must be to contradict the older one; `nil` where it is a later count.
    var rivalRatio: Decimal?
    /// The same for a round number beside a count of its day: see ``Hearsay``.
    var hearsayRatio: Decimal?
    /// Whether a lower number may be an older one that is only told later: see ``Staleness``.
    var mayBeStale = false

    /// Returns the relation of `new` to `old`; `different` says that they cannot be one figure.
    func relation(of new: Quantity, to old: Quantity) -> Comparison.Relation {
        let newer = softened(new, rises: true)
        let older = softened(old, rises: nature == .fixed)
        if newer == older { return .agree }
        let isRounded =
            newer.isPoint && older.isPoint
            && Tolerance.isRounding(newer.centre, of: older.centre, digits: new.roundingDigits)
        // An agency revises a magnitude by some tenths; further apart are two quakes.
        if new.unit == "magnitude", abs(newer.centre - older.centre) >= Self.revisedMagnitude {
            return .different
        }
        if isRounded || Tolerance.isCut(new, old) { return .agree }
        // A hundred times the number is the toll of a war, not of its latest raid.
        if !isSameSide, !isToldRival, isFar(newer, from: older, times: 100) { return .different }
        guard newer.widened(by: tolerance).overlaps(older) || older.widened(by: tolerance).overlaps(newer)
        else {
            // An agency revises what it has measured.
            if new.unit == "magnitude", isSameSide, !isSameArticle { return .update }
            return disjointRelation(of: newer, to: older)
        }
        if hasRisen(newer, above: older, qualifier: old.qualifier) {
            if isFar(newer, from: older) { return .contradict }
            return nature == .fixed || isSameArticle || isSameTime ? .refine : .update
        }
        if isLowered(new, newer, below: older) { return .contradict }
        if hasFallen(newer, below: older) { return isRival ? .contradict : .update }
        return newer.isNarrower(than: older) && !older.isPoint ? .refine : .agree
    }
}

extension RelationRule {
    /// Creates the rule of two claims: what their articles and their voices tell.
    ///
    /// - Parameters:
    ///   - new: The later claim.
    ///   - old: The earlier claim.
    ///   - nature: What the figure is by nature.
    ///   - margin: The watch's own part by which bounds are widened; `nil` for the general one.
    ///   - configuration: The limits of comparing.
    init(
        of new: SourcedClaim,
        to old: SourcedClaim,
        nature: Nature,
        margin: Decimal?,
        _ configuration: ComparingConfiguration
    ) {
        let party = Party(new)
        let other = Party(old)
        self.init(
            nature: nature,
            isSameArticle: new.article.revisionID == old.article.revisionID,
            isSameOutlet: new.article.outlet == old.article.outlet,
            isSameSide: party.isSameSide(as: other),
            isRival: party.isRival(of: other),
            tolerance: Tolerance.part(
                between: new.claim.quantity,
                and: old.claim.quantity,
                approximate: configuration.approximateTolerance,
                own: margin
            ),
            rivalRatio: party.rivalRatio(beside: other, configuration),
            hearsayRatio: Hearsay.ratio(new, after: old),
            mayBeStale: Staleness.isPossible(new, after: old)
        )
    }
}

extension RelationRule {
    /// How far apart two magnitudes are of two quakes.
    ///
    /// The first magnitudes of the quakes in the annotated pairs and clusters were revised by 0.3.
    private static let revisedMagnitude = Decimal(8) / 10

    /// How many times a count is its lower bound at most, where it is told as "more than" that within its day.
    private static let roundedDown = Decimal(11) / 10

    /// The interval of a quantity; that of a vague word widened, as its bounds are our own: "dozens" is told of 115 too.
    ///
    /// Where a number may have risen above the vague one, the upper bound stays, so that the rise is told.
    private func softened(_ quantity: Quantity, rises: Bool) -> Interval {
        let interval = Interval(quantity)
        guard quantity.qualifier == .vague else { return interval }
        return Interval(low: interval.low.map { $0 * 4 / 5 }, high: interval.high.map { rises ? $0 * 2 : $0 })
    }

    private func disjointRelation(of newer: Interval, to older: Interval) -> Comparison.Relation {
        if isSameArticle {
            // Far below a toll of the same article stands a part of it, not another count, unless the sides are known to
            // count apart.
            let isPart = nature == .cumulative && rivalRatio == nil && isFar(older, from: newer, times: 4)
            return isToldRival || isRival && !isPart ? .contradict : .different
        }
        // Ten times apart with nobody named on both sides: more likely another scope than another count.
        if !isRival, !isSameSide,
            isFar(newer, from: older, times: 10) || isFar(older, from: newer, times: 10),
            nature != .cumulative || older.isAbove(newer)
        {
            return .different
        }
        // A toll never returns to none: "no deaths" speaks of another place or part.
        if nature != .status, !isRival, newer.high == 0 { return .different }
        switch nature {
        case .cumulative:
            guard newer.isAbove(older) else { return mayBeStale ? .update : .contradict }
            return isFar(newer, from: older) ? .contradict : .update
        case .status:
            // What moves with time moves little within the day of two voices that each name another number.
            return isRival && (rivalRatio != nil || isSameDay) || isHearsay(newer, beside: older)
                ? .contradict : .update
        case .fixed: return isAfresh ? .update : .contradict
        }
    }

    /// A newer number above a lower bound: "14" after "at least 12".
    private func hasRisen(_ newer: Interval, above older: Interval, qualifier: Quantity.Qualifier) -> Bool {
        guard older.high == nil, let bound = older.low, let low = newer.low else { return false }
        guard qualifier == .atLeast || qualifier == .moreThan else { return false }
        // "More than 250" within the day of a count of 265 was that count, rounded down.
        if isSameDay, newer.isPoint, low <= bound * Self.roundedDown { return false }
        return low > bound && low > bound * (1 + tolerance)
    }

    /// A newer number far below an upper bound of what moves with time: "64 missing" after "as many as 300".
    private func hasFallen(_ newer: Interval, below older: Interval) -> Bool {
        guard nature == .status, !isSameArticle, older.low == nil, let bound = older.high,
            let high = newer.high
        else { return false }
        return newer.isPoint && high * 5 < bound * 4
    }

    /// Whether an outlet lowers the toll that it had told: "kills at least 82" two hours after "kills 90".
    ///
    /// A round bound ("at least 80") is only told loosely.
    private func isLowered(_ new: Quantity, _ newer: Interval, below older: Interval) -> Bool {
        guard nature == .cumulative, isSameOutlet, !isSameArticle, new.qualifier == .atLeast, older.isPoint,
            let bound = new.low, let low = newer.low
        else { return false }
        return low * (1 + tolerance) < older.centre && "\(bound)".last != "0"
    }

    private func isFar(_ newer: Interval, from older: Interval) -> Bool {
        rivalRatio.map { isFar(newer, from: older, times: $0) } ?? false || isHearsay(newer, beside: older)
    }

    private func isHearsay(_ newer: Interval, beside older: Interval) -> Bool {
        hearsayRatio.map { isFar(newer, from: older, times: $0) } ?? false
    }

    private func isFar(_ newer: Interval, from older: Interval, times ratio: Decimal) -> Bool {
        guard let low = newer.low, let high = older.high ?? older.low, high > 0 else { return false }
        return low >= high * ratio
    }
}
