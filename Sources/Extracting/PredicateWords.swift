/// The words that tell what happened to those counted, by the class that PredicateClass names.
enum PredicateWords {
    /// The class of a lower-case word form; `nil` for a word that tells no happening.
    static func className(of word: String) -> String? { verbs[word] ?? nouns[word] }

    /// Forms of verbs.
    static let verbs = table(verbRows)
    /// Nouns and adjectives.
    static let nouns = table(nounRows)

    private static func table(_ rows: String) -> [String: String] {
        var table: [String: String] = [:]
        for cells in TableReader.rows(rows) {
            for form in cells[1].split(separator: " ") { table[String(form)] = cells[0] }
        }
        return table
    }

    // class | verb forms. Source: Princeton WordNet 3.1, synonyms of the names of the classes; inflected.
    private static let verbRows = """
        abduct|abduct abducted abducting abducts kidnap kidnapped kidnapping kidnaps
        affect|affect affected affecting affects
        arrest|apprehend apprehended apprehending apprehends arrest arrested arresting arrests detain
        arrest|detained detaining detains
        award|award awarded awarding awards
        build|build building builds built construct constructed constructing constructs
        buy|acquire acquired acquires acquiring bought buy buying buys purchase purchased purchases purchasing
        burn|blacken blackened blackening blackens burn burned burning burns burnt charred scorch scorched
        burn|devour devoured devouring devours scorches scorching
        cancel|cancel canceled cancelled canceling cancelling cancels postpone postponed postpones postponing
        cancel|scrap scrapped scrapping scraps
        capture|capture captured captures capturing
        charge|charge charged charges charging indict indicted indicting indicts prosecute prosecuted
        charge|prosecutes prosecuting
        close|shut shuts shutting shutter shuttered shutters
        close|close closed closes closing suspend suspended suspending suspends
        contain|contain contained containing contains stabilised stabilized
        cost|cost costing costs
        cross|cross crossed crosses crossing
        cut|cut cuts cutting lower lowered lowering lowers reduce reduced reduces reducing slash slashed
        cut|slashes slashing trim trimmed trimming trims
        damage|damage damaged damages damaging
        deliver|deliver delivered delivering delivers
        deport|deport deported deporting deports expel expelled expelling expels
        deploy|deploy deployed deploying deploys dispatch dispatched dispatches dispatching mobilise
        deploy|mobilised mobilises mobilising mobilize mobilized mobilizes mobilizing station stationed
        deploy|stationing stations
        destroy|demolish demolished demolishes demolishing destroy destroyed destroying destroys flatten
        destroy|flattened flattening flattens gutted gutting leveled levelled levelling raze razed razes
        destroy|razing wreck wrecked wrecking wrecks
        displace|displace displaced displaces displacing fled flee fleeing flees uproot uprooted uprooting
        displace|uproots
        earn|earn earned earning earns
        employ|employ employed employing employs
        evacuate|evacuate evacuated evacuates evacuating relocate relocated relocates relocating
        escape|escape escaped escapes escaping abscond absconded
        expose|compromise compromised compromises compromising expose exposed exposes exposing leak leaked
        expose|leaking leaks steal stealing steals stole stolen
        fall|contract contracts contracted contracting
        fall|decline declined declines declining decrease decreased decreases decreasing dip dipped dipping
        fall|dips drop dropped dropping drops fall fallen falling falls fell plunge plunged plunges plunging
        fall|ease eases eased easing
        fall|halve halves halved halving
        fall|narrow narrows narrowed narrowing
        fall|plummet plummets plummeted plummeting
        fall|retreat retreats retreated retreating
        fall|sank shrank shrink shrinking shrinks shrunk sink sinking sinks slip slipped slipping slips sunk
        fall|slide slides slid sliding
        fall|slump slumps slumped slumping
        fall|tumble tumbled tumbles tumbling
        fall|weaken weakens weakened weakening
        fine|fine fined fines fining penalise penalised penalises penalising penalize penalized penalizes
        fine|penalizing
        forecast|estimate estimated estimates estimating expect expected expecting expects forecast
        forecast|forecasting forecasts predict predicted predicting predicts project projected projecting
        forecast|projects
        hospitalise|admit admits admitted admitting hospitalise hospitalised hospitalises hospitalising
        hospitalise|hospitalize hospitalized hospitalizes hospitalizing
        infect|infect infected infecting infects
        kill|die died dies drown drowned drowning drowns dying execute executed executes executing kill
        kill|eliminate eliminated eliminates eliminating neutralise neutralised neutralises neutralising
        kill|killed killing kills massacre massacred massacres massacring murder murdered murdering murders
        kill|neutralize neutralized neutralizes neutralizing slaughter slaughtered slaughtering slaughters
        kill|perish perished perishes perishing slain slay
        last|lasted lasting lasts
        layoff|axe axed axes axing dismiss dismissed dismisses dismissing sack sacked sacking sacks
        live|accommodate accommodated accommodates accommodating house housed houses housing shelter sheltered
        live|sheltering shelters inhabit inhabited inhabiting inhabits live lived living reside resided resides residing
        lose|lose loses losing lost
        march|attend attended attending attends demonstrate demonstrated demonstrates demonstrating gather
        march|gathered gathering gathers march marched marches marching protest protested protesting
        march|protests rallied rallies rally rallying
        measure|measure measured measures measuring span spaned spaning spans
        need|need needed needing needs request requested requesting requests require required requires requiring
        owe|owe owed owes owing
        pay|paid pay paying pays repaid repay repaying repays
        pledge|allocate allocated allocates allocating commit commits committed committing donate donated
        pledge|donates donating earmark earmarked earmarking earmarks offer offered offering offers pledge
        pledge|pledged pledges pledging promise promised promises promising
        produce|manufacture manufactured manufactures manufacturing produce produced produces producing
        raise|hike hiked hikes hiking raise raised raises raising
        recall|recall recalled recalling recalls
        recruit|conscript conscripted conscripting conscripts enlist enlisted enlisting enlists hire hired hires
        recruit|hiring recruit recruited recruiting recruits
        release|freed freeing release released releases releasing
        rescue|rescue rescued rescues rescuing save saved saves saving
        rise|advance advances advanced advancing
        rise|climb climbed climbing climbs gain gained gaining gains grew grow growing grown grows increase
        rise|creep creeps crept creeping
        rise|double doubles doubled doubling
        rise|edge edges edged edging
        rise|increased increases increasing jump jumped jumping jumps rise risen rises rising rose soar
        rise|leap leaps leapt leaping
        rise|rebound rebounds rebounded rebounding
        rise|soared soaring soars surge surged surges surging swell swelled swelling swells swollen
        rise|strengthen strengthens strengthened strengthening
        rise|widen widens widened widening
        sanction|blacklist blacklisted blacklisting blacklists sanction sanctioned sanctioning sanctions
        seize|freeze freezes freezing froze frozen
        seize|confiscate confiscated confiscates confiscating impound impounded impounding impounds
        seize|intercept intercepted intercepting intercepts seize seized seizes seizing
        sell|sell selling sells sold
        serve|serve served serves serving
        spend|invest invested investing invests spend spending spends spent
        spill|spill spilled spilling spills spilt
        strand|strand stranded stranding strands
        strike|strike striking
        survive|survive survived survives surviving
        test|test tested testing tests
        trap|buried buries bury burying trap trapped trapping traps
        treat|treat treated treating treats
        vaccinate|immunise immunised immunises immunising immunize immunized immunizes immunizing inoculate
        vaccinate|inoculated inoculates inoculating vaccinate vaccinated vaccinates vaccinating
        vote|vote voted votes voting
        win|win winning wins won
        wound|hurt hurting hurts injure injured injures injuring maim maimed maiming maims wound wounded
        wound|wounding wounds
        """

    // class | nouns and adjectives. Source: as above, derivationally related forms.
    private static let nounRows = """
        age|aged
        arrest|arrest arrests custody
        board|aboard boarded
        hold|hostage hostages
        capture|captive captives pows prisoner prisoners
        casualty|casualties casualty
        close|closure closures
        cut|cuts reduction reductions
        deploy|deployment deployments
        displace|displaced displacement exodus refugees
        escape|breakout escapees fugitives
        evacuate|evacuation evacuations evacuees
        fine|fines
        homeless|homeless
        hospitalise|admissions hospital hospitalisations hospitalised
        infect|case cases ill infected infection infections sick sickened
        kill|bodies body corpse corpses dead death deaths deceased drownings fatal fatalities fatality killings lives toll
        layoff|layoffs redundancies redundant
        measure|magnitude
        lead|lead
        live|inhabitants population
        march|demonstrators marchers participants protesters
        missing|disappeared missing unaccounted
        rescue|survivors
        rise|increase rises
        strike|strikers
        vote|ballots turnout votes
        wound|injured injuries injury wounded
        """
}
