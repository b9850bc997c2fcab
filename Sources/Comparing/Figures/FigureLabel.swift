import TallyModel

/// The name of a figure in words.
enum FigureLabel {
    /// Returns what is counted and what happened to it ("soldiers: kill"), or the surface where nothing is known.
    static func text(of claim: Claim) -> String {
        let thing =
            claim.counted ?? claim.subject
            ?? (claim.quantity.unit == "people" ? "people" : claim.quantity.unit)
        let place = claim.place.map { " (\($0))" } ?? ""
        guard let predicate = claim.predicate else { return thing + place }
        let participle = participles[predicate] ?? predicate
        return Words.all(of: thing).contains { $0.text == participle }
            ? thing + place : "\(thing) \(participle)\(place)"
    }

    private static let participles: [String: String] = [
        "affect": "affected", "age": "age", "attend": "let in", "arrest": "arrested", "award": "awarded",
        "blackout": "without power", "board": "aboard",
        "burn": "burned",
        "cancel": "cancelled", "capture": "captured", "casualty": "killed or wounded", "charge": "charged",
        "close": "closed",
        "cross": "crossed", "cut": "cut", "damage": "damaged", "deploy": "deployed", "destroy": "destroyed",
        "displace": "displaced", "earn": "earned", "employ": "employed", "evacuate": "evacuated",
        "expose": "exposed", "fine": "fined", "homeless": "homeless", "hospitalise": "in hospital",
        "infect": "infected", "kill": "killed", "launch": "launched", "layoff": "laid off", "lose": "lost",
        "march": "marched",
        "measure": "measured", "missing": "missing", "need": "needed", "pledge": "pledged", "raise": "raised",
        "release": "released", "rescue": "rescued", "sanction": "sanctioned", "seize": "seized",
        "shootdown": "shot down",
        "spill": "spilled", "strand": "stranded", "strike": "on strike", "survive": "survived",
        "trap": "trapped",
        "treat": "treated", "vaccinate": "vaccinated", "vote": "voted", "win": "won", "wound": "wounded",
    ]
}
