/// Groups of words that name the same kind of thing that is counted.
enum WordGroups {
    /// The group of everybody: its words say nothing of who is counted.
    static let everybody = "person"

    /// Returns the groups of a stem; a word of no group is a group of its own.
    static func groups(of stem: String) -> Set<String> {
        table[stem] ?? [stem]
    }

    /// Whether a group tells a part of the people from all of them ("child", "foreign").
    static func isPart(_ group: String) -> Bool { parts.contains(group) }

    /// Whether a group is always counted among the people around it, and never apart from them as soldiers are.
    static func isShare(_ group: String) -> Bool {
        ["baby", "child", "foreign", "infant", "woman"].contains(group)
    }

    /// Whether a word next to the counted thing says nothing of it ("total", "official").
    static func isFiller(_ stem: String) -> Bool { fillers.contains(stem) }

    private static let table: [String: Set<String>] = {
        var table: [String: Set<String>] = [:]
        for row in rows.split(separator: "\n") {
            let cells = row.split(separator: ":")
            guard cells.count == 2 else {
                preconditionFailure("a row of word groups has no two cells: \(row)")
            }
            for word in cells[1].split(separator: " ") {
                table[String(word), default: []].insert(String(cells[0]))
            }
        }
        return table
    }()

    private static let parts: Set<String> = [
        "baby", "boy", "child", "civilian", "crew", "elderly", "firefighter", "foreign", "foreigner", "girl",
        "infant",
        "journalist", "medic", "new", "officer", "patient", "protester", "pupil", "rebel", "relative",
        "soldier",
        "student", "teacher",
        "tourist",
        "woman",
    ]

    private static let fillers: Set<String> = [
        "additional", "confirmed", "estimated", "extra", "further", "least", "local", "official", "other",
        "overall", "recorded", "registered", "reported", "some", "such", "total", "whole",
    ]

    // group: its words. Source: the headings of casualty, displacement and election counts as UCDP, ACLED, OCHA and
    // IFES use them, with the plain synonyms of news English.
    private static let rows = """
        aid:aid assistance help relief
        blast:blast explosion
        bomb:bomb missile munition rocket shell
        car:automobile car vehicle
        company:business company corporation enterprise firm organisation organization
        country:country nation
        good:good item product
        gun:firearm gun pistol rifle weapon
        plane:aircraft airplane jet plane warplane
        ship:boat ferry ship vessel
        store:branch outlet shop store
        attack:assault attack raid strike
        case:case infection illness patient
        child:baby boy child girl infant kid minor pupil schoolchild toddler youngster
        crew:crew crewman crewmember sailor seafarer
        firefighter:fireman firefighter
        foreign:foreign foreigner national overseas
        home:apartment building dwelling flat home house household property structure
        earthquake:earthquake quake temblor tremor
        fire:blaze fire inferno perimeter wildfire
        inflation:inflation price
        lead:advantage edge gap lead margin
        job:colleague employee job layoff position post redundancy role staff worker
        migrant:asylum-seeker migrant refugee
        officer:constable officer police policeman
        person:body captive casualty citizen dead death fatality human individual inhabitant injured injury life man people person prisoner resident soul survivor toll victim villager wounded
        civilian:civilian noncombatant
        person:evacuee displaced
        prisoner:convict detainee inmate prisoner
        protester:crowd demonstrator marcher participant protester rally turnout
        rebel:attacker fighter gunman guerrilla insurgent man militant rebel separatist terrorist
        relative:brother daughter father husband mother parent relative sibling sister son wife
        rider:passenger rider traveller
        soldier:captive combatant conscript fighter force man personnel prisoner recruit serviceman soldier troop
        student:pupil schoolchild student
        turnout:participation turnout
        vote:ballot vote
        woman:woman
        worker:employee job labourer layoff miner redundancy staff worker workforce
        """
}
