import TallyModel

/// A number of one of several places that the other's sentence lists: 28 dead in Jamaica are some of 50 in Jamaica and Haiti.
enum ListedPlaces {
    /// Whether the smaller number is of one place of the larger one's list.
    static func isPart(_ a: Claim, _ b: Claim) -> Bool {
        let (part, whole) = Interval(a.quantity).centre < Interval(b.quantity).centre ? (a, b) : (b, a)
        guard part.quantity.unit == whole.quantity.unit else { return false }
        let listed = NamedPlaces(whole.sentence).listed
        guard !listed.isEmpty else { return false }
        let named = NamedPlaces(part.sentence)
        guard named.listed.isEmpty, let place = named.only(within: part.place) ?? named.only else {
            return false
        }
        return listed.contains(place)
    }
}
