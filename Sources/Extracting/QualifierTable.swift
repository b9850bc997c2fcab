import TallyModel

/// The words that bound a number.
enum QualifierTable {
    /// Phrases before the number.
    static let before = phrases(beforeRows)
    /// Phrases behind the number and its noun.
    static let after = phrases(afterRows)

    private static func phrases(_ rows: String) -> Phrases<Quantity.Qualifier> {
        Phrases(
            TableReader.rows(rows).compactMap { cells in
                Quantity.Qualifier(rawValue: cells[1]).map { (cells[0], $0) }
            }
        )
    }

    // phrase | qualifier. Source: PRODUCT.md, "Quantities"; the phrases are those of Cambridge Grammar of the English
    // Language, chapter 5, section 11 (approximation and comparison of numbers).
    private static let beforeRows = """
        <|less_than
        >|more_than
        \u{2264}|at_most
        \u{2265}|at_least
        a good|approx
        a little less than|approx
        a little more than|approx
        a little over|approx
        a little under|approx
        a maximum of|at_most
        a minimum of|at_least
        a reported|approx
        about|approx
        above|more_than
        almost|approx
        an approximate|approx
        an estimated|approx
        approaching|approx
        approximately|approx
        around|approx
        as few as|at_least
        as high as|at_most
        as little as|at_least
        as low as|at_least
        as many as|at_most
        as much as|at_most
        at least|at_least
        at most|at_most
        at the least|at_least
        at the most|at_most
        at the very least|at_least
        barely|approx
        below|less_than
        beyond|more_than
        circa|approx
        close on|approx
        close to|approx
        could exceed|more_than
        estimated|approx
        exceeded|more_than
        exceeding|more_than
        exceeds|more_than
        exceed|more_than
        far more than|more_than
        fewer than|less_than
        in excess of|more_than
        in the region of|approx
        just above|approx
        just below|approx
        just over|approx
        just short of|approx
        just shy of|approx
        just under|approx
        less than|less_than
        more or less|approx
        more than|more_than
        nearly|approx
        near|approx
        no fewer than|at_least
        no less than|at_least
        no higher than|at_most
        no lower than|at_least
        no more than|at_most
        north of|more_than
        not be more than|at_most
        not exceeding|at_most
        not exceed|at_most
        not fewer than|at_least
        not less than|at_least
        not more than|at_most
        over|more_than
        passed|more_than
        plus or minus|approx
        perhaps|approx
        roughly|approx
        short of|approx
        shy of|approx
        slightly above|approx
        slightly below|approx
        slightly fewer than|approx
        slightly less than|approx
        slightly more than|approx
        slightly over|approx
        slightly under|approx
        something like|approx
        some|approx
        somewhere around|approx
        surpassed|more_than
        the best part of|approx
        topped|more_than
        under|less_than
        up to|at_most
        upward of|more_than
        upwards of|more_than
        virtually|approx
        well above|more_than
        well in excess of|more_than
        well below|less_than
        well over|more_than
        well under|less_than
        ~|approx
        """

    // phrase | qualifier. Source: as above.
    private static let afterRows = """
        +|at_least
        - odd|approx
        - plus|at_least
        at least|at_least
        at most|at_most
        at the least|at_least
        at the most|at_most
        odd|approx
        or fewer|at_most
        or less|at_most
        or more|at_least
        or over|at_least
        or so|approx
        or thereabouts|approx
        plus|at_least
        """
}
