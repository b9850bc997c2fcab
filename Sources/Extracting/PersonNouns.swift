/// The nouns for people.
enum PersonNouns {
    /// Returns whether a singular lower-case noun names a person.
    static func contains(_ noun: String) -> Bool {
        guard !exceptions.contains(noun) else { return false }
        if table.contains(noun) { return true }
        return suffixes.contains { noun.utf8.count > $0.utf8.count + 1 && noun.hasSuffix($0) }
    }

    /// Returns whether a phrase is the plural of a people's name ("Spaniards", "640 Palestinians").
    static func isDemonym(_ phrase: NounPhrase) -> Bool {
        guard let last = phrase.text.split(separator: " ").last, let first = last.unicodeScalars.first,
            Tokenizer.isUppercase(first), last.hasSuffix("s")
        else { return false }
        return ["an", "ard", "er", "ese", "i", "ish", "ian"].contains { phrase.head.hasSuffix($0) }
    }

    /// Returns whether a phrase names the members of armed bodies ("14 security forces"), not those bodies ("task forces").
    private static func isForces(_ phrase: NounPhrase) -> Bool {
        let text = phrase.text.lowercased()
        return text.hasSuffix(" forces") && !text.hasSuffix("task forces")
    }

    /// Returns whether what a phrase names is counted in people.
    static func counts(_ phrase: NounPhrase) -> Bool {
        contains(phrase.head) || perPerson.contains(phrase.head) || adjectives.contains(phrase.head)
            || phrase.head == "ill"
            || isDemonym(phrase) || isForces(phrase)
    }

    /// Nouns that are counted in people though they name an event of one person.
    static let perPerson: Set<String> = [
        "admission", "arrest", "abduction", "birth", "case", "casualty", "death", "detention", "drowning",
        "fatality", "hospitalisation",
        "hospitalization", "infection", "injury", "job", "life", "layoff", "loss", "position", "post",
        "redundancy",
    ]

    /// Groups whose members are counted by a number of the group.
    static let groups: Set<String> = [
        "cell", "class", "congregation", "convoy", "crew", "family", "gang", "group", "household", "party",
        "patrol", "platoon", "squad", "team", "unit",
    ]

    /// Nouns for who people are to somebody.
    ///
    /// Source: WordNet's hyponyms of "relative" and "friend" in news English.
    static let relations: Set<String> = [
        "brother", "colleague", "cousin", "dad", "daughter", "father", "friend", "grandchild", "husband",
        "mate", "mother",
        "mum", "neighbour", "parent", "relative", "sister", "son", "spouse", "uncle", "wife", "workmate",
    ]

    /// Adjectives that stand for people ("14 dead").
    static let adjectives: Set<String> = [
        "aboard", "arrested", "captured", "dead", "deceased", "detained", "displaced", "evacuated",
        "homeless",
        "hospitalised", "hospitalized", "hurt", "infected", "injured", "killed", "missing", "rescued", "sick",
        "stranded", "trapped", "unaccounted", "wounded",
    ]

    private static let table = TableReader.words(rows).union(
        NounKinds.table.filter { $0.value == "people" }.keys
    )

    // Nouns of news that WordNet has not, or in another sense first.
    private static let rows = """
        abductee agent arrestee asylum-seeker bomber builder carer carjacker climber commuter councilor
        clergy crew crowd deminer driver entrant faithful fan fatality female herder lorry-driver male mason medic motorist
        mep mp mule other people personnel police protestor rafter refuser returnee servicewoman shooter staff
        townspeople troop truck-driver trucker twentysomething walker
        """

    // Source: as above; endings that name people almost always.
    private static let suffixes = [
        "anian", "fighter", "goer", "grapher", "holder", "ician", "keeper", "logist", "maker", "man",
        "monger",
        "officer", "owner", "person", "seeker", "smith", "woman", "worker",
    ]

    private static let exceptions: Set<String> = [
        "abomination", "calculator", "carrier", "cutter", "pacemaker", "placeholder", "regular", "roman",
        "server",
        "talisman",
    ]
}
