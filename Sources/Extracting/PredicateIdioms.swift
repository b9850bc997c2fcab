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
        arrest|into custody
        board|crammed aboard
        board|crammed onto
        board|on board
        board|was carrying
        board|were carrying
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
        capture|taken captive
        capture|taken prisoner
        capture|took captive
        capture|took prisoner
        displace|slept in the open
        displace|spending the night in
        displace|spent the night in
        displace|driven from their homes
        displace|forced from their homes
        displace|leave their homes
        displace|leaving their homes
        displace|left their homes
        homeless|lost their homes
        homeless|made homeless
        homeless|without a home
        homeless|without a roof
        homeless|without shelter
        infect|caught it
        infect|caught the disease
        infect|contracted it
        infect|contracted the disease
        infect|fallen ill
        infect|fell ill
        infect|made ill
        infect|taken ill
        infect|tested positive
        kill|gave their lives
        kill|given their lives
        kill|laid down their lives
        kill|lose their lives
        kill|losing their lives
        kill|lost her life
        kill|lost his life
        kill|lost their lives
        kill|shot dead
        layoff|job cuts
        layoff|job losses
        layoff|laid off
        layoff|lay off
        layoff|laying off
        march|on the streets
        march|take part
        march|taken to the streets
        march|taking part
        march|took part
        march|took to the streets
        lead|points ahead
        lead|points apart
        lead|points behind
        live|a home for
        live|a home to
        live|home to
        missing|been accounted for
        missing|not been found
        missing|not been located
        missing|yet to be found
        missing|yet to be located
        rescue|brought to safety
        rescue|dug out alive
        rescue|found alive
        rescue|plucked from
        rescue|pulled alive
        rescue|pulled from
        rescue|pulled out alive
        stake|at risk
        stake|at stake
        stake|in danger
        stake|under threat
        strike|on strike
        strike|walked off the job
        strike|walked out
        """
}
