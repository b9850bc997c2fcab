import TallyModel

/// A number of one place within a wider one: fewer there than in all is no contradiction.
enum PlacePart {
    /// Whether two claims may be of a part and its whole, by their places and bounds.
    static func isPossible(_ a: Claim, _ b: Claim) -> Bool {
        // Those aboard one vessel are together, wherever a text says that it was.
        if let told = a.predicate, told == b.predicate, gathering.contains(told) { return false }
        guard let scope = PlaceScope.likeness(a.place, b.place) else { return true }
        guard scope < 1, (a.place == nil) != (b.place == nil) else { return false }
        let (part, whole) = a.place == nil ? (b, a) : (a, b)
        // What names the place besides is of no wider one.
        let names = Words.content(of: part.place ?? "")
        if !names.isEmpty, names.isSubset(of: Words.content(of: withoutDateline(whole.sentence))) {
            return false
        }
        return PlaceScope.isNarrow(part.place) && Interval(whole.quantity).isAbove(Interval(part.quantity))
    }

    /// A sentence without the place and the day at its head, which say where the reporter sits.
    private static func withoutDateline(_ sentence: String) -> String {
        guard let dash = Words.range(of: " - ", in: sentence),
            sentence[..<dash.lowerBound].utf8.count <= datelineLength,
            sentence.prefix(while: { $0.isUppercase || $0 == " " }).count > 2
        else { return sentence }
        return String(sentence[dash.upperBound...])
    }

    private static let datelineLength = 60

    /// What happens to people in one place together.
    private static let gathering: Set<String> = ["board"]
}
