import FoundationEssentials
import TallyModel

/// A number that its sentence sets in the place of an older one: "51,340 are affected rather than 48,000", "sales: £597m
/// (previously: £612m)", "up from 51,340".
///
/// The older number says which figure is meant, in whatever words it was first told.
struct Replacement {
    /// The claim of the older number.
    let old: SourcedClaim
    /// Whether the older number is said to have been wrong, and not only to have moved.
    let isCorrection: Bool
    /// Whether it changes what somebody means to do.
    let isPlan: Bool

    /// Finds the nearest number of a claim's sentence that no longer holds; `nil` where there is none.
    ///
    /// - Parameters:
    ///   - new: The claim.
    ///   - claims: All claims of its article.
    init?(of new: SourcedClaim, in claims: [SourcedClaim]) {
        guard new.claim.modality == .asserted else { return nil }
        if let old = Self.wrong(beside: new, in: claims) {
            self.old = old
            isCorrection = true
            isPlan = false
            return
        }
        let beside = claims.filter {
            $0.claim.sentence == new.claim.sentence && $0.claim.quantity.unit == new.claim.quantity.unit
        }
        guard
            let old = Self.nearest(to: new, in: beside.filter { $0.claim.modality == .background }),
            Interval(old.claim.quantity).isPoint,
            Self.nearest(to: old, in: beside.filter { $0.claim.modality == .asserted })?.id == new.id,
            let words = Words.before(old.claim)
        else { return nil }
        let before = words.suffix(Self.reach).map(\.text)
        isPlan = !before.contains("not") && Self.isPlan(new.claim)
        let isMove = before.contains("from") || isPlan
        guard before.contains("from") || before.contains(where: Self.markers.contains) else { return nil }
        self.old = old
        isCorrection = !isMove
    }

    /// Whether a figure states the older number.
    func isTold(by figure: Figure) -> Bool { told(in: figure) != nil }

    /// Returns the newest claim of a figure that states the older number; `nil` for none.
    func told(in figure: Figure) -> SourcedClaim? {
        let known = Interval(old.claim.quantity)
        return figure.claims.map(\.sourced).last {
            $0.claim.quantity.unit == old.claim.quantity.unit
                && Interval($0.claim.quantity).centre == known.centre
                && $0.article.revisionID != old.article.revisionID
        }
    }

    /// Whether a number is what somebody will do, and so changes with his mind: "will cut 2,300 jobs rather than 2,700".
    private static func isPlan(_ claim: Claim) -> Bool {
        Words.before(claim)?.suffix(reach).contains { $0.text == "will" || $0.text == "now" } ?? false
    }

    /// Returns the number before a claim that is said to be the right one.
    ///
    /// "We reported a loss of 181 million euros. The correct figure is 118 million", "its figure of 2,350 left out one outlet,
    /// and 2,950 was right".
    private static func wrong(beside new: SourcedClaim, in claims: [SourcedClaim]) -> SourcedClaim? {
        guard isRight(new.claim) else { return nil }
        let size = Interval(new.claim.quantity).centre
        return claims.last { other in
            let centre = Interval(other.claim.quantity).centre
            return other.claim.start < new.claim.start && other.claim.modality != .forecast
                && new.claim.start - other.claim.start < new.claim.sentence.unicodeScalars.count * 2
                && FigureMatcher.dimension(of: other.claim) == FigureMatcher.dimension(of: new.claim)
                && centre > 0 && size > 0 && centre < size * sizes && size < centre * sizes && centre != size
        }
    }

    /// Whether the words beside a number call it the right one.
    private static func isRight(_ claim: Claim) -> Bool {
        if let before = Words.before(claim)?.suffix(reach).map(\.text),
            let last = before.lastIndex(where: {
                ["be", "been", "is", "was", "read", "said"].contains($0)
            })
        {
            let words = before[..<last]
            if words.contains(where: rights.contains), words.contains(where: Self.numbers.contains) {
                return true
            }
            if words.last == "have" || before[last] == "read", words.contains("should") { return true }
        }
        guard let behind = Words.behind(claim)?.prefix(4).map(\.text),
            let be = behind.firstIndex(where: {
                $0 == "is" || $0 == "was"
            }), be + 1 < behind.count
        else { return false }
        return rights.contains(behind[be + 1])
            || be + 2 < behind.count && behind[be + 1] == "the" && rights.contains(behind[be + 2])
    }

    private static let rights: Set<String> = ["actual", "correct", "right", "true"]
    private static let numbers: Set<String> = ["count", "figure", "number", "toll", "total", "value"]
    /// How many times larger a wrong number is than the right one at most.
    private static let sizes: Decimal = 20

    /// Returns the claim of the older number that stands in a figure, told by the outlet or the voice that now corrects it.
    func standing(in figure: Figure, of new: SourcedClaim) -> SourcedClaim? {
        let known = Interval(old.claim.quantity)
        return figure.claims.filter(\.isStanding).map(\.sourced).last {
            Interval($0.claim.quantity).centre == known.centre
                && $0.claim.quantity.unit == old.claim.quantity.unit
                && $0.article.revisionID != new.article.revisionID
                && ($0.article.outlet == new.article.outlet || Party($0).isSameSide(as: Party(new)))
        }
    }

    private static func nearest(to claim: SourcedClaim, in others: [SourcedClaim]) -> SourcedClaim? {
        others.filter { $0.id != claim.id }.min {
            abs($0.claim.start - claim.claim.start) < abs($1.claim.start - claim.claim.start)
        }
    }

    /// How many words before the older number may say so.
    private static let reach = 4
    private static let markers: Set<String> = [
        "instead", "not", "originally", "previous", "previously", "than",
    ]
}
