/// The usual word for what is counted, so that one thing bears one name.
enum CountedNames {
    /// Returns a phrase with its head in its usual word: "government troops" becomes "government soldiers".
    ///
    /// What happened is the predicate's to tell: "confirmed deaths" and "bodies of children" count people and children.
    static func usual(_ phrase: NounPhrase) -> NounPhrase {
        if phrase.head == "vehicle" || phrase.head == "uav",
            phrase.head == "uav" || phrase.text.lowercased().hasPrefix("unmanned")
        {
            var result = phrase
            result.head = "drone"
            result.text = "drones"
            return result
        }
        guard let head = heads[phrase.head] else { return phrase }
        var result = phrase
        result.head = head.singular
        var words = phrase.text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard let last = words.lastIndex(where: { Words.singular($0.lowercased()) == phrase.head }) else {
            return result
        }
        if head.plural == "people", let of = words.firstIndex(of: "of"), of == last + 1, of + 1 < words.count
        {
            let inner = words[(of + 1)...].filter { !Words.determiners.contains($0.lowercased()) }
            result.text = inner.joined(separator: " ")
            result.head = inner.last.map { Words.singular($0.lowercased()) } ?? head.singular
            return result
        }
        // "civilian deaths" are of civilians.
        if head.plural == "people", last > 0, PersonNouns.contains(words[last - 1].lowercased()) {
            result.head = words[last - 1].lowercased()
            words.remove(at: last)
            words[last - 1] = Words.plural(words[last - 1])
            result.text = words.joined(separator: " ")
            return result
        }
        let isPlural = head.plural == "people" || Words.isPlural(words[last].lowercased())
        words[last] = isPlural ? head.plural : head.singular
        result.text = words.joined(separator: " ")
        return result
    }

    /// Returns a phrase that ends with its head in the plural, any other as it is.
    static func plural(_ phrase: NounPhrase) -> NounPhrase {
        var words = phrase.text.split(separator: " ").map(String.init)
        guard let last = words.last, last.lowercased() == phrase.head, !Words.isPlural(phrase.head) else {
            return phrase
        }
        words[words.count - 1] = Words.plural(last)
        var result = phrase
        result.text = words.joined(separator: " ")
        return result
    }

    /// The unit of a thing that is counted by its kind.
    static let units = TableReader.pairs(unitRows)

    /// The noun for people of whom a predicate is told.
    static let roles = TableReader.pairs(roleRows)

    private static let heads: [String: (singular: String, plural: String)] = {
        var table: [String: (singular: String, plural: String)] = [:]
        for cells in TableReader.rows(headRows) { table[cells[0]] = (cells[1], cells[2]) }
        return table
    }()

    // singular | usual singular | usual plural. Source: Princeton WordNet 3.1, synonym sets.
    private static let headRows = """
        arrest|people|people
        body|people|people
        casualty|people|people
        corpse|people|people
        dead|people|people
        death|people|people
        demonstrator|protester|protesters
        displaced|people|people
        dwelling|house|houses
        fatality|people|people
        homeless|people|people
        home|house|houses
        ill|people|people
        individual|people|people
        inhabitant|resident|residents
        injured|people|people
        injury|people|people
        killed|people|people
        life|people|people
        marcher|protester|protesters
        missing|people|people
        person|people|people
        position|job|jobs
        post|job|jobs
        protestor|protester|protesters
        serviceman|soldier|soldiers
        sick|people|people
        soul|people|people
        stock|share|shares
        troop|soldier|soldiers
        wounded|people|people
        """

    // predicate | those of whom it is told. Source: the words of UNHCR, OCHA and election observers in their counts.
    private static let roleRows = """
        employ|employees
        evacuate|residents
        infect|cases
        layoff|jobs
        live|residents
        march|protesters
        strike|workers
        vote|voters
        """

    // singular | unit. Source: PRODUCT.md, "Units are lower-case singular English".
    private static let unitRows = """
        aftershock|event
        body|people
        car|vehicle
        drone|drone
        dwelling|building
        equipment|item
        firm|company
        flat|flat
        gig|event
        good|item
        helicopter|aircraft
        home|building
        house|building
        lorry|vehicle
        package|item
        parcel|item
        plane|aircraft
        show|event
        soul|people
        tent|item
        truck|vehicle
        vaccine|dose
        """
}
