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

    /// Finds the nearest number of a claim's sentence that no longer holds; `nil` where there is none.
    ///
    /// - Parameters:
    ///   - new: The claim.
    ///   - claims: All claims of its article.
    init?(of new: SourcedClaim, in claims: [SourcedClaim]) {
        guard new.claim.modality == .asserted else { return nil }
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
        let isMove = before.contains("from")
        guard isMove || before.contains(where: Self.markers.contains) else { return nil }
        self.old = old
        isCorrection = !isMove
    }

    /// Whether a figure states the older number.
    func isTold(by figure: Figure) -> Bool {
        let known = Interval(old.claim.quantity)
        return figure.claims.contains {
            $0.sourced.claim.quantity.unit == old.claim.quantity.unit
                && Interval($0.sourced.claim.quantity).centre == known.centre
                && $0.sourced.article.revisionID != old.article.revisionID
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
