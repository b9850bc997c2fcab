/// Nouns that a number is said of without a noun of its own.
enum BareNouns {
    /// Returns whether a head stands for people: `true` for a count of unnamed people ("the toll"), `false` for a noun
    /// that names them ("the number of children"), `nil` for anything else.
    static func people(head: String, words: String) -> Bool? {
        if tolls.contains(head) { return true }
        if PersonNouns.contains(head) { return false }
        if words.contains("toll") || words.contains("dead") || words.contains("injured")
            || words.contains("missing")
        {
            return true
        }
        return nil
    }

    /// Singular heads whose number has no unit of its own.
    static let measures: Set<String> = [
        "cholesterol", "crowd", "count", "tally", "total", "turnout", "figure", "index", "magnitude",
        "population", "rate", "score", "capacity",
    ]

    /// Singular heads of what people alone have: "the names of more than 60".
    static let ofPeople: Set<String> = [
        "arrest", "body", "death", "identity", "life", "name", "release", "remains",
    ]

    private static let tolls: Set<String> = [
        "arrest", "arrival", "attendance", "casualty", "crowd", "dead", "death", "fatality", "headcount",
        "homeless", "injured", "injury", "killed", "missing", "population",
        "toll", "turnout", "wounded", "workforce", "staff", "missing", "exodus",
    ]
}

/// Nouns that name money.
enum MoneyNouns {
    static func contains(_ head: String) -> Bool { table.contains(head) }

    private static let table = TableReader.words(
        """
        aid award bill budget cost damage debt deficit earning expense fee fine fund income investment loan loss outlay
        payment price profit receipt revenue salary sale saving spending surplus turnover value
        """
    )
}
