import TallyModel

/// Whose weapons did the harm: the dead of a Ukrainian strike on Russia are none of a Russian strike on Ukraine.
enum Assailants {
    /// Returns the nations that a sentence names right before a weapon or an attack; empty for what is no victim's number.
    static func nations(of claim: Claim) -> Set<String> {
        guard claim.quantity.unit == "people", let predicate = claim.predicate, victims.contains(predicate)
        else {
            return []
        }
        let words = claim.sentence.split(whereSeparator: \.isWhitespace).map(NamedPlaces.plain)
        var nations: Set<String> = []
        for index in words.indices {
            guard let nation = Gazetteer.nation(words[index]) else { continue }
            let next = words[(index + 1)...].prefix(reach).prefix { Gazetteer.nation($0) == nil }
            if next.contains(where: { attacks.contains(Words.stem(of: $0.lowercased())) }) {
                nations.insert(nation)
            }
        }
        return nations
    }

    /// Whether both name one assailant, and not the same.
    static func isApart(_ a: ClaimProfile, _ b: ClaimProfile) -> Bool {
        a.assailants.count == 1 && b.assailants.count == 1 && a.assailants != b.assailants
    }

    /// How many words after a nation its weapon may stand: "Ukrainian long-range drone attack".
    private static let reach = 3
    private static let victims: Set<String> = ["casualty", "hospitalise", "kill", "wound"]

    // Source: the weapons and attacks that UCDP's and ACLED's event types name.
    private static let attacks: Set<String> = [
        "airstrike", "artillery", "attack", "bomb", "bombardment", "bombing", "drone", "fire", "gunfire",
        "jet", "missile",
        "offensive", "raid", "rocket", "shelling", "strike", "warplane",
    ]
}
