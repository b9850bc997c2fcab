/// Expressions of several words that tell what happened, where no single word of them does.
enum PredicateIdioms {
    /// Returns the class of an expression that begins at a token, and its last token; `nil` where none does.
    static func match(in sentence: Sentence, at index: Int) -> (name: String, last: Int)? {
        guard let candidates = byFirstWord[sentence.lower(index)] else { return nil }
        for (name, words) in candidates {
            let isMatch = words.indices.allSatisfy { sentence.lower(index + $0) == words[$0] }
            if isMatch { return (name, index + words.count - 1) }
        }
        return nil
    }

    private static let byFirstWord: [String: [(name: String, words: [String])]] = {
        var table: [String: [(name: String, words: [String])]] = [:]
        for cells in TableReader.rows(rows) {
            let words = cells[1].split(separator: " ").map(String.init)
            table[words[0], default: []].append((cells[0], words))
        }
        // The longer expression first: "taken to the streets" before "taken to".
        return table.mapValues { $0.sorted { $0.words.count > $1.words.count } }
    }()

    // class | expression. Source: Princeton WordNet 3.1, collocations of the classes' senses.
    private static let rows = """
        affect|caught up in
        arrest|deprived of liberty
        arrest|deprived of their liberty
        arrest|in custody
        arrest|in police hands
        arrest|into custody
        arrest|into police hands
        attend|crammed into
        attend|entered the arena
        attend|entered the ground
        attend|entered the hall
        attend|entered the stadium
        attend|entered the venue
        attend|jammed into
        attend|let in
        attend|packed into
        attend|squeezed into
        blackout|cut off from power
        blackout|cut off from the grid
        blackout|in the dark
        blackout|lost power
        blackout|no electricity
        blackout|no power
        blackout|without electricity
        blackout|without power
        board|crammed aboard
        board|crammed onto
        board|on board
        board|on the aircraft
        board|on the boat
        board|on the bus
        board|on the ferry
        board|on the plane
        board|on the ship
        board|on the train
        board|on the vessel
        board|was carrying
        board|were carrying
        cancel|called off
        capacity|a capacity of
        capacity|allowed to carry
        capacity|authorised to carry
        capacity|authorized to carry
        capacity|built to carry
        capacity|can accommodate
        capacity|can carry
        capacity|can hold
        capacity|can seat
        capacity|certified for
        capacity|certified to carry
        capacity|could accommodate
        capacity|could carry
        capacity|could hold
        capacity|could seat
        capacity|designed to carry
        capacity|licensed for
        capacity|licensed to carry
        capacity|made to carry
        capacity|permits the carriage
        capacity|permitted the carriage
        capacity|permitted to carry
        capacity|room for
        capacity|space for
        capture|in captivity
        capture|in rebel hands
        capture|in the hands of
        capture|laid down their arms
        capture|taken captive
        capture|taken prisoner
        capture|took captive
        capture|took prisoner
        cut|get rid of
        cut|gets rid of
        cut|getting rid of
        cut|got rid of
        damage|put out of action
        derail|came off the rails
        derail|came off the tracks
        derail|jumped the rails
        derail|jumped the track
        derail|jumped the tracks
        derail|left the rails
        derail|left the track
        derail|left the tracks
        displace|driven from their homes
        displace|forced from their homes
        displace|from their beds
        displace|from their homes
        displace|from their houses
        displace|leave their homes
        displace|leaving their homes
        displace|left their homes
        displace|out of their beds
        displace|out of their homes
        displace|out of their houses
        displace|slept in the open
        displace|spending the night in
        displace|spent the night in
        escape|at large
        escape|broke out
        escape|broken out
        escape|evaded custody
        escape|got away
        escape|on the loose
        escape|on the run
        hold|held hostage
        hold|taken hostage
        homeless|lost their homes
        homeless|made homeless
        homeless|without a home
        homeless|without a roof
        homeless|without shelter
        infect|came down with
        infect|catch cholera
        infect|catch covid
        infect|catch dengue
        infect|catch ebola
        infect|catch flu
        infect|catch malaria
        infect|catch measles
        infect|catch mpox
        infect|catch polio
        infect|catch the virus
        infect|caught cholera
        infect|caught covid
        infect|caught dengue
        infect|caught ebola
        infect|caught flu
        infect|caught it
        infect|caught malaria
        infect|caught measles
        infect|caught mpox
        infect|caught polio
        infect|caught the disease
        infect|caught the virus
        infect|come down with
        infect|contract cholera
        infect|contract covid
        infect|contract dengue
        infect|contract ebola
        infect|contract flu
        infect|contract malaria
        infect|contract measles
        infect|contract mpox
        infect|contract polio
        infect|contract the virus
        infect|contracted cholera
        infect|contracted covid
        infect|contracted dengue
        infect|contracted ebola
        infect|contracted flu
        infect|contracted it
        infect|contracted malaria
        infect|contracted measles
        infect|contracted mpox
        infect|contracted polio
        infect|contracted the disease
        infect|contracted the virus
        infect|fallen ill
        infect|fell ill
        infect|gone down with
        infect|laid low
        infect|made ill
        infect|struck down
        infect|taken ill
        infect|tested positive
        kill|gave their lives
        kill|given their lives
        kill|laid down their lives
        kill|lose her life
        kill|lose his life
        kill|lose their lives
        kill|losing her life
        kill|losing his life
        kill|losing their lives
        kill|lost her life
        kill|lost his life
        kill|lost their lives
        kill|shot dead
        kill|swept to their deaths
        kill|to her death
        kill|to his death
        kill|to their deaths
        layoff|job cuts
        layoff|job losses
        layoff|laid off
        layoff|lay off
        layoff|laying off
        layoff|lose their jobs
        layoff|losing their jobs
        layoff|lost their jobs
        layoff|out of a job
        layoff|out of work
        lead|points ahead
        lead|points apart
        lead|points behind
        live|a home for
        live|a home to
        live|home to
        march|on the streets
        march|take part
        march|taken to the streets
        march|taking part
        march|took part
        march|took to the streets
        missing|been accounted for
        missing|believed buried
        missing|can not find
        missing|cannot be found
        missing|cannot find
        missing|could not be found
        missing|could not be traced
        missing|could not find
        missing|feared buried
        missing|lie buried
        missing|lie under
        missing|looked for
        missing|looking for
        missing|not been found
        missing|not been heard from
        missing|not been located
        missing|searched for
        missing|still sought
        missing|under the debris
        missing|under the mud
        missing|under the rubble
        missing|under the snow
        missing|whereabouts are unknown
        missing|whose whereabouts
        missing|yet to be found
        missing|yet to be located
        need|enough for
        need|sufficient for
        rescue|brought out alive
        rescue|brought to safety
        rescue|dug out alive
        rescue|emerged alive
        rescue|found alive
        rescue|made it ashore
        rescue|made it out
        rescue|made it to safety
        rescue|out alive
        rescue|plucked from
        rescue|pulled alive
        rescue|pulled from
        rescue|pulled out alive
        stake|at risk
        stake|at stake
        stake|in danger
        stake|under threat
        strike|on strike
        strike|take part in the stoppage
        strike|take part in the strike
        strike|take part in the walkout
        strike|taken part in the stoppage
        strike|taken part in the strike
        strike|taken part in the walkout
        strike|taking part in the strike
        strike|took part in the stoppage
        strike|took part in the strike
        strike|took part in the walkout
        strike|walked off the job
        strike|walked out
        survive|escaped unharmed
        survive|escaped unhurt
        survive|escaped with
        survive|unharmed
        survive|unhurt
        treat|needed treatment
        treat|seeking treatment
        treat|sought help
        treat|sought treatment
        work|at work
        work|clocked in
        work|on duty
        work|on shift
        work|on the afternoon shift
        work|on the day shift
        work|on the evening shift
        work|on the morning shift
        work|on the night shift
        """
}
