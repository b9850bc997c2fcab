/// The closed classes of English words, and what the shape of a word tells.
enum Words {
    /// Words that end a noun phrase.
    static let stops = TableReader.words(stopRows)
    /// Forms of "be", "have" and the modals.
    static let auxiliaries = TableReader.words(
        """
        am are be been being can cannot could did do does had has have is may might must shall should was were will would
        """
    )
    static let determiners = TableReader.words(
        "a all an any both each either every her his its my no our some that the their these this those your"
    )
    /// Plurals that bear no "s", and their singulars.
    static let irregulars = TableReader.pairs(irregularRows)
    /// Units of time in words: "the past two years".
    static let months: [String: Int] = TableReader.pairs(monthRows).mapValues { Int($0) ?? 0 }
    static let weekdays: [String: Int] = TableReader.pairs(weekdayRows).mapValues { Int($0) ?? 0 }

    /// Returns whether a lower-case word names a month, a weekday or a span or point of time.
    static func isCalendar(_ word: String) -> Bool {
        months[word] != nil || weekdays[word] != nil || times.contains(singular(word))
    }

    private static let times = TableReader.words(
        """
        date day decade hour minute month morning night period quarter time today tomorrow week weekend year yesterday
        """
    )
    /// The parts of a day, which no number belongs to.
    static let daytimes: Set<String> = [
        "afternoon", "dawn", "daybreak", "dusk", "evening", "midday", "midnight", "morning", "night",
        "nightfall",
        "noon", "sunrise", "sunset",
    ]

    /// Returns the singular of a lower-case noun.
    static func singular(_ noun: String) -> String {
        if let singular = irregulars[noun] { return singular }
        for (plural, singular) in irregularEndings where noun.hasSuffix(plural) {
            return String(noun.dropLast(plural.utf8.count)) + singular
        }
        if let singular = known(noun) { return singular }
        guard noun.utf8.count > 3, noun.hasSuffix("s"), !noun.hasSuffix("ss"), !noun.hasSuffix("us"),
            !noun.hasSuffix("is")
        else { return noun }
        if noun.hasSuffix("ies"), noun.utf8.count > 4 { return String(noun.dropLast(3)) + "y" }
        for ending in ["sses", "shes", "ches", "xes", "zzes"] where noun.hasSuffix(ending) {
            return String(noun.dropLast(2))
        }
        return String(noun.dropLast())
    }

    /// Returns the plural of a singular noun, in its own case.
    static func plural(_ noun: String) -> String {
        let lower = noun.lowercased()
        let plural: String
        if let irregular = plurals[lower] {
            plural = irregular
        } else if let ending = irregularEndings.first(where: { lower.hasSuffix($0.singular) }) {
            plural = lower.dropLast(ending.singular.utf8.count) + ending.plural
        } else if lower.hasSuffix("y"), let before = lower.dropLast().last, !"aeiou".contains(before) {
            plural = lower.dropLast() + "ies"
        } else {
            plural = lower + (["s", "x", "ch", "sh"].contains(where: lower.hasSuffix) ? "es" : "s")
        }
        if noun == noun.uppercased() { return plural.uppercased() }
        return noun == lower ? plural : plural.prefix(1).uppercased() + plural.dropFirst()
    }

    /// Returns whether a lower-case noun is a plural.
    static func isPlural(_ noun: String) -> Bool {
        if irregulars[noun] != nil || irregularEndings.contains(where: { noun.hasSuffix($0.plural) })
            || known(noun) != nil
        {
            return true
        }
        return noun.utf8.count > 3 && noun.hasSuffix("s") && !noun.hasSuffix("ss") && !noun.hasSuffix("us")
            && !noun.hasSuffix("is")
    }

    /// Returns the singular of a plural whose ending many singulars have too, where that singular is a noun: "Iraqis" and
    /// "crewmen", not "crisis" and "specimen".
    private static func known(_ noun: String) -> String? {
        let singular: String
        if noun.hasSuffix("is") {
            singular = String(noun.dropLast())
        } else if noun.hasSuffix("men") {
            singular = noun.dropLast(2) + "an"
        } else {
            return nil
        }
        return NounKinds.table[singular] != nil ? singular : nil
    }

    /// The irregular plurals by their singulars.
    private static let plurals = Dictionary(irregulars.map { ($0.value, $0.key) }, uniquingKeysWith: min)

    /// The endings of compounds whose last part has an irregular plural.
    private static let irregularEndings = [
        (plural: "children", singular: "child"), (plural: "women", singular: "woman"),
        (plural: "smen", singular: "sman"), (plural: "wives", singular: "wife"),
        (plural: "buses", singular: "bus"),
    ]

    private static let irregularRows = """
        aircraft|aircraft
        brothers-in-law|brother-in-law
        calves|calf
        cattle|cattle
        children|child
        crises|crisis
        dead|dead
        feet|foot
        fishermen|fisherman
        gunmen|gunman
        halves|half
        headquarters|headquarters
        heroes|hero
        houses|house
        knives|knife
        leaves|leaf
        lives|life
        livestock|livestock
        loaves|loaf
        men|man
        mice|mouse
        military|military
        mosquitoes|mosquito
        mps|mp
        passers-by|passer-by
        passersby|passerby
        pcs|pc
        people|people
        personnel|personnel
        police|police
        policemen|policeman
        potatoes|potato
        prisoners|prisoner
        servicemen|serviceman
        sheep|sheep
        species|species
        staff|staff
        teeth|tooth
        thieves|thief
        tornadoes|tornado
        troops|troop
        tvs|tv
        volcanoes|volcano
        wives|wife
        wolves|wolf
        women|woman
        """

    private static let monthRows = """
        apr|4
        april|4
        aug|8
        august|8
        dec|12
        december|12
        feb|2
        february|2
        jan|1
        january|1
        jul|7
        july|7
        jun|6
        june|6
        mar|3
        march|3
        may|5
        nov|11
        november|11
        oct|10
        october|10
        sep|9
        sept|9
        september|9
        """

    private static let weekdayRows = """
        friday|5
        monday|1
        saturday|6
        sunday|0
        thursday|4
        tuesday|2
        wednesday|3
        """

    private static let stopRows = """
        about above according across after again against ago along already also although amid among and are around as at
        away back be because been before behind being below beneath beside between beyond both but by can cannot could
        despite did do does down due during each either else even ever every except for from further had has have he her
        here him his how however i if in including inside instead into is it its itself just later least less like may
        me might more most much must my near nearly neither never no nor not now of off on once only onto or other
        our out outside over overall own per plus rather said says several shall she should simply since so some soon still such
        than that the their them themselves then there therefore these they this those though through throughout till to
        today together tomorrow tonight too toward towards under unless until up upon us very via was we were what when
        where whether which while who whom whose why will with within without worth would yesterday yet you your
        """
}
