import TallyModel

/// How two claims stand to one figure of the world.
enum Kinship: Hashable {
    /// They may speak of one, with this likeness, 0 to 1.
    case kin(Double)
    /// They speak of two: the first scope in which they differ.
    case apart(Scope)

    /// What must agree for two claims to be of one figure, as PRODUCT.md lists it.
    enum Scope: String {
        case dimension, kind, person, time, event, place, predicate, counted, subject

        /// Returns what a claim says of the scope, in its own words.
        func words(of claim: Claim) -> String {
            switch self {
            case .dimension: claim.quantity.unit
            case .kind: claim.kind.rawValue
            case .person, .subject: claim.subject ?? claim.counted ?? claim.quantity.unit
            case .time: claim.timeScope ?? "the event's own time"
            case .event: claim.predicate ?? "nothing told"
            case .place: claim.place ?? "no place"
            case .predicate: claim.predicate ?? "nothing told"
            case .counted: claim.counted ?? claim.quantity.unit
            }
        }
    }
}
