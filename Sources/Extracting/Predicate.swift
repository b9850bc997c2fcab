/// What happened to those counted.
struct Predicate: Hashable, Sendable {
    /// The name of a class, or a verb's base form; `nil` where none was found.
    var name: String?
    /// The index of its word.
    var index: Int?

    /// Whether it happens only to people.
    var isOfPeople: Bool { name.map(Self.ofPeople.contains) ?? false }

    private static let ofPeople: Set<String> = [
        "arrest", "board", "capture", "casualty", "charge", "displace", "escape", "evacuate", "homeless",
        "hospitalise",
        "infect", "kill", "missing", "rescue",
        "survive", "treat", "vaccinate", "wound",
    ]
}
