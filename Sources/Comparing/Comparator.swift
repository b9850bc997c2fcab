public import FoundationEssentials
public import TallyModel

/// Holds the claims of an article against the figures of its story; pure and deterministic.
public struct Comparator: Sendable {
    let configuration: ComparingConfiguration
    let matcher: FigureMatcher
    private let watchMatcher: WatchMatcher

    /// Creates a comparator for some watches; without any, every figure is compared by the general rules.
    public init(watches: [Watch] = [], configuration: ComparingConfiguration = .init()) {
        self.configuration = configuration
        matcher = FigureMatcher(ageReachYears: configuration.ageReachYears)
        watchMatcher = WatchMatcher(watches: watches)
    }

    /// Returns the comparisons of an article's claims and the figures that they change.
    ///
    /// - Parameters:
    ///   - reading: The article's revision and its claims.
    ///   - placement: The story that it belongs to.
    ///   - figures: All figures of that story; they are not copied where the caller gives them away.
    ///   - memory: What is kept from one article to the next; it changes no result.
    /// - Returns: The changed figures and the comparisons; claims that tell nothing have none.
    public func compare(
        _ reading: Reading,
        in placement: Placement,
        with figures: consuming [Figure],
        memory: inout ProfileMemory
    ) -> Outcome {
        let slots = reading.previousClaims.map {
            RevisionSlots(previous: $0, current: reading.claims, matcher: matcher)
        }
        let watches = watchMatcher.watches(of: placement.story, text: reading.text)
        var session = Session(
            comparator: self,
            reading: reading,
            placement: placement,
            slots: slots,
            watches: watches,
            book: FigureBook(figures: figures),
            memory: memory
        )
        // Handed over: two holders would copy it at the first change.
        memory = ProfileMemory()
        for claim in reading.claims { session.read(claim) }
        memory = session.finder.memory
        return Outcome(
            figures: session.book.changedFigures,
            changedClaims: session.book.changedClaims,
            moves: session.book.moves,
            standing: session.book.figures,
            comparisons: session.comparisons
        )
    }

    /// Returns a figure whose baseline a person has set; no claim moves it from then on.
    ///
    /// - Parameters:
    ///   - figure: The figure as it stands.
    ///   - low: The lower bound in the figure's unit; `nil` is open.
    ///   - best: The most credible number; `nil` names none.
    ///   - high: The upper bound in the figure's unit; `nil` is open.
    ///   - note: The person's own words.
    /// - Returns: The figure with the next version of its baseline.
    public func pinned(
        _ figure: Figure,
        low: Decimal?,
        best: Decimal?,
        high: Decimal?,
        note: String?
    ) -> Figure {
        var figure = figure
        let version = figure.baseline.version
        figure.baseline = Baseline(low: low, best: best, high: high)
        figure.baseline.version = version + 1
        figure.baseline.isPinned = true
        figure.baseline.note = note
        return figure
    }

    /// Returns a figure whose baseline a person has given free: the next claim moves it to what the claims say.
    ///
    /// - Parameters:
    ///   - figure: The figure as it stands.
    ///   - note: The person's own words.
    /// - Returns: The figure with the next version of its baseline, whose bounds are the same.
    public func released(_ figure: Figure, note: String?) -> Figure {
        var figure = figure
        figure.baseline.isPinned = false
        figure.baseline.note = note
        figure.baseline.version += 1
        return figure
    }

    /// Returns the move that a person's word on a figure is; `nil` where the word is not on its baseline.
    ///
    /// - Parameters:
    ///   - before: The figure as it stood.
    ///   - after: The figure as it stands.
    /// - Returns: The move, with the person's own words in its reason.
    public func move(byPersonFrom before: Figure, to after: Figure) -> BaselineMove? {
        guard after.baseline.version != before.baseline.version else { return nil }
        let isPinned = after.baseline.isPinned
        return BaselineMove(
            of: after,
            from: before.baseline,
            cause: isPinned ? .pinned : .released,
            reason: Reason.text(ofPerson: after, isPinned: isPinned),
            claimID: nil
        )
    }
}
