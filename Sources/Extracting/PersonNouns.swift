/// The nouns for people.
enum PersonNouns {
    /// Returns whether a singular lower-case noun names a person.
    static func contains(_ noun: String) -> Bool {
        if table.contains(noun) { return true }
        guard !exceptions.contains(noun) else { return false }
        return suffixes.contains { noun.utf8.count > $0.utf8.count + 1 && noun.hasSuffix($0) }
    }

    /// Returns whether a phrase is the plural of a people's name ("Spaniards", "640 Palestinians").
    static func isDemonym(_ phrase: NounPhrase) -> Bool {
        guard let last = phrase.text.split(separator: " ").last, let first = last.unicodeScalars.first,
            Tokenizer.isUppercase(first), last.hasSuffix("s")
        else { return false }
        return ["an", "ard", "er", "ese", "i", "ish", "ian"].contains { phrase.head.hasSuffix($0) }
    }

    /// Returns whether what a phrase names is counted in people.
    static func counts(_ phrase: NounPhrase) -> Bool {
        contains(phrase.head) || perPerson.contains(phrase.head) || adjectives.contains(phrase.head)
            || phrase.head == "ill"
            || isDemonym(phrase)
    }

    /// Nouns that are counted in people though they name an event of one person.
    static let perPerson: Set<String> = [
        "admission", "arrest", "abduction", "birth", "case", "casualty", "death", "detention", "drowning",
        "fatality", "hospitalisation",
        "hospitalization", "infection", "injury", "job", "life", "layoff", "loss", "position", "post",
        "redundancy",
    ]

    /// Adjectives that stand for people ("14 dead").
    static let adjectives: Set<String> = [
        "aboard", "arrested", "captured", "dead", "deceased", "detained", "displaced", "evacuated",
        "homeless",
        "hospitalised", "hospitalized", "hurt", "infected", "injured", "killed", "missing", "rescued", "sick",
        "stranded", "trapped", "unaccounted", "wounded",
    ]

    private static let table = TableReader.words(rows)

    // Source: Princeton WordNet 3.1, hyponyms of "person"; those that news count.
    private static let rows = """
        abductee accomplice activist actor adherent admiral adult advocate agent aide airman analyst
        applicant apprentice archer arrestee artist assailant asylum-seeker athlete attacker attendee
        attorney aviator baby backer bandit bather beekeeper beneficiary bodyguard bomber boy breadwinner
        bride brother builder burglar buyer bystander cadet candidate captain captive captor caregiver carer
        carjacker casualty celebrity centenarian chief child citizen civilian claimant clerk client climber
        coach colleague colonel combatant commander commando commuter competitor congregant conscript
        consumer contestant contractor convict cook correspondent councillor councilor countryman courier
        cousin crew crewman criminal crowd customer cyclist daughter dealer deckhand defector defendant
        defender delegate deminer demonstrator deportee deputy descendant deserter detainee detective diner
        diplomat director disciple diver doctor donor draftee driver dweller economist elder elector
        emigrant employee employer engineer entrant evacuee executive exile expat expatriate expert faithful
        fan farmer fatality father fighter firefighter fisher fisherman follower foreigner friend fugitive
        gangster gendarme general governor graduate grandchild grandfather grandmother grandparent guard
        guerrilla guest gunman heir herder hijacker hiker holidaymaker homeowner hostage householder hunter
        immigrant individual infant infantryman inhabitant inmate inpatient inspector insurgent interpreter
        investor islander jihadist journalist judge juror juvenile kid kidnapper laborer labourer lad lady
        lawmaker lawyer leader lecturer legislator lieutenant lifer listener lorry-driver maid man manager
        marcher marine mason mate mayor medic member mercenary midshipman midwife migrant militant
        militiaman miner minister minor monk mother motorist mourner mule musician nanny national negotiator
        neighbor neighbour newborn nomad nun nurse observer occupant octogenarian offender officer official
        onlooker operative opponent orphan outpatient owner paramedic paratrooper parent parishioner
        parliamentarian participant partisan partner passenger patient peacekeeper pedestrian pensioner
        people perpetrator person personnel picker pilgrim pilot player police policeman politician porter
        prefect premier president priest prisoner producer professional professor prosecutor protester
        protestor pupil rafter ranger reader rebel recipient recruit referee refugee refuser relative
        reporter representative rescuer researcher reservist resident respondent responder retiree returnee
        rider rioter robber runner sailor schoolboy schoolchild schoolgirl scientist scout seafarer seller
        senator septuagenarian sergeant serviceman servicewoman settler shareholder shepherd shooter
        shopkeeper shopper sibling signatory singer sister skier skipper smuggler sniper soldier somebody
        son specialist spectator spouse staff staffer stepchild steward striker student subcontractor
        subscriber supporter surgeon survivor suspect swimmer taxpayer teacher technician teen teenager
        tenant terrorist thief toddler tourist townspeople trader trafficker trainee translator traveler
        traveller troop trooper truck-driver twentysomething twin user vendor vet veteran victim viewer
        villager visitor volunteer voter walker warden warrior watchman widow wife winner witness woman
        worker worshiper worshipper youngster youth
        """

    // Source: as above; endings that name people almost always.
    private static let suffixes = [
        "anian", "fighter", "goer", "grapher", "holder", "ician", "keeper", "logist", "maker", "man",
        "monger",
        "officer", "owner", "person", "seeker", "smith", "woman", "worker",
    ]

    private static let exceptions: Set<String> = [
        "ombudsman", "placeholder", "roman", "shareholder meeting", "talisman", "pacemaker", "peacemaker",
    ]
}
