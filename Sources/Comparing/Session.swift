import FoundationEssentials
import TallyModel

/// The reading of one article against one story, claim by claim.
struct Session {
    let comparator: Comparator
    let reading: Reading
    let placement: Placement
    let slots: RevisionSlots?
    let watches: [Watch]
    /// The figures as they stand after the claims read so far.
    var book: FigureBook
    private let restatement: Restatement
    /// What was found so far.
    private(set) var comparisons: [Comparison] = []
    private var told: Set<Spoken> = []
    /// What finds the figures of a claim.
    private(set) var finder: FigureFinder

    /// Opens the session of one article.
    init(
        comparator: Comparator,
        reading: Reading,
        placement: Placement,
        slots: RevisionSlots?,
        watches: [Watch],
        book: FigureBook,
        memory: ProfileMemory
    ) {
        self.comparator = comparator
        self.reading = reading
        self.placement = placement
        self.slots = slots
        self.watches = watches
        self.book = book
        finder = FigureFinder(comparator: comparator, memory: memory)
        restatement = Restatement(reading)
    }

    /// Reads the next claim of the article.
    mutating func read(_ sourced: SourcedClaim) {
        let claim = sourced.claim
        guard claim.quantity.low != nil || claim.quantity.high != nil else { return }
        // Text that stands twice in one article counts once.
        guard
            told.insert(Spoken(sentence: claim.sentence, surface: claim.surface, offset: offset(of: claim)))
                .inserted
        else { return }
        if slots?.unchanged.contains(sourced.id) == true { return }
        if let old = slots?.replaced[sourced.id], correct(old, by: sourced) { return }
        guard isOfTheEvent(claim) else { return }
        if let original = placement.nearCopyOf, carry(sourced, of: original) { return }
        let whole = restatement.sum(from: sourced) ?? sourced
        let ties = ClaimTies(whole, in: reading.claims, of: book)
        let likely = finder.figures(for: whole.claim, tiedBy: ties, in: book)
        if claim.modality == .denied {
            if let best = likely.first { deny(whole, in: best.index) }
            return
        }
        for figure in likely.prefix(Self.triedFigures) {
            switch hold(whole, tiedBy: ties, against: figure.index, likeness: figure.likeness) {
            case .held: return
            case .otherEvent: return begin(whole, tiedBy: ties)
            case .otherFigure: continue
            }
        }
        if likely.isEmpty {
            for other in restatement.restated(whole) {
                let ties = ClaimTies(other, in: reading.claims, of: book)
                guard let best = finder.figures(for: other.claim, tiedBy: ties, in: book).first else {
                    continue
                }
                let fit = hold(other, tiedBy: ties, against: best.index, likeness: best.likeness)
                if fit == .held { return }
            }
        }
        begin(whole, tiedBy: ties)
    }
}

extension Session {
    private struct Spoken: Hashable {
        let sentence: String
        let surface: String
        let offset: Int
    }

    private func offset(of claim: Claim) -> Int {
        // The same words may stand twice in one sentence: "three of the three"; the place in the sentence tells them apart.
        guard let other = reading.claims.first(where: { $0.claim.sentence == claim.sentence }) else {
            return 0
        }
        return claim.start - other.claim.start < claim.sentence.unicodeScalars.count
            ? claim.start - other.claim.start : 0
    }

    /// Whether a claim speaks of the event itself, as a person's age does wherever in the article it is told.
    private func isOfTheEvent(_ claim: Claim) -> Bool {
        switch claim.modality {
        case .asserted, .denied: true
        case .background: claim.predicate == "age"
        case .forecast, .hypothetical: false
        }
    }

    /// How many figures a claim is tried on before it begins its own.
    private static let triedFigures = 3

    private mutating func begin(_ sourced: SourcedClaim, tiedBy ties: ClaimTies) {
        let claim = sourced.claim
        let reference = WatchMatcher.reference(for: claim, in: watches)
        let quantity = claim.quantity
        let point = quantity.low == quantity.high ? quantity.low : nil
        var figure = Figure(
            id: Identifier.derived("figure_", from: [placement.story.id, sourced.id]),
            storyID: placement.story.id,
            label: FigureLabel.text(of: claim),
            isCumulative: reference?.1?.isCumulative ?? (PredicateWords.nature(of: claim) == .cumulative),
            key: claim,
            baseline: Baseline(low: quantity.low, best: point, high: quantity.high)
        )
        figure.watch = reference?.0
        if let watched = reference?.1, var baseline = watched.baseline {
            if baseline.best == nil, baseline.low == baseline.high { baseline.best = baseline.low }
            figure.baseline = baseline
            figure.unit = watched.unit ?? figure.unit
            figure.label = watched.measure
            let name = [reference?.0.watch, reference?.0.figure].compactMap(\.self).joined(separator: ", ")
            let index = book.add(
                figure,
                by: .watch,
                because: "\(figure.label): the watch \(name) begins at a baseline of its own."
            )
            // A claim of another scope leaves the watch's own baseline as it is.
            hold(sourced, tiedBy: ties, against: index)
            return
        }
        if let watched = reference?.1 { figure.label = watched.measure }
        let before = figure
        figure.claims = [StandingClaim(sourced: sourced, relation: .new)]
        let reason = Reason.text(of: sourced, relation: .new, nuance: nil, against: nil, label: figure.label)
        let index = book.add(figure, by: .new, because: reason)
        if let subset = subsetComparison(of: sourced, in: index) {
            comparisons.append(subset)
            return
        }
        comparisons.append(
            Comparison(
                claim: sourced,
                figure: before,
                relation: .new,
                reason: reason,
                isCentral: Centrality.isNews(claim)
            )
        )
    }

    /// What became of a claim that was tried on a figure.
    private enum Fit {
        case held, otherFigure, otherEvent
    }

    /// Holds a claim against a figure, unless it turns out to be of another one.
    @discardableResult
    private mutating func hold(
        _ sourced: SourcedClaim,
        tiedBy ties: ClaimTies,
        against index: Int,
        likeness: Double = 1
    ) -> Fit {
        let figure = book.figures[index]
        var verdict = Verdict(
            sourced,
            figure: figure,
            rival: ties.rival,
            watched: watched(figure),
            configuration: comparator.configuration
        )
        let isOfFigure = verdict.weigh(
            sourced,
            tiedBy: ties,
            on: figure,
            claims: reading.claims,
            older: book.figures.lazy.flatMap(\.claims).map(\.sourced)
        )
        guard isOfFigure else { return .otherFigure }
        let isRival = ties.rival != nil && verdict.against.first?.id == ties.rival?.id
        guard verdict.relation != .different, isRival || !isUntold(sourced.claim, verdict, figure),
            isLikely(verdict, likeness)
        else { return .otherFigure }
        guard isOneEvent(sourced, verdict) else { return .otherEvent }
        let reason = verdict.reason(for: sourced, figure: figure)
        book.record(
            sourced,
            as: verdict.relation,
            nuance: verdict.nuance,
            because: reason,
            superseding: verdict.superseded,
            in: index
        )
        var comparison = Comparison(
            claim: sourced,
            figure: figure,
            relation: verdict.relation,
            nuance: verdict.nuance,
            against: verdict.against,
            reason: reason,
            isCentral: verdict.isToldMove || Centrality.isCentral(figure.key)
                || Centrality.isCentral(sourced.claim)
        )
        if let subset = subsetComparison(of: sourced, in: index) {
            if comparison.relation == .contradict {
                comparison.against += subset.against
            } else {
                comparison = subset
            }
        }
        comparisons.append(comparison)
        return .held
    }

    /// Whether a number that differs is told of the same event as the one that it differs from.
    private func isOneEvent(_ sourced: SourcedClaim, _ verdict: Verdict) -> Bool {
        guard verdict.relation == .contradict || verdict.relation == .update,
            let other = verdict.against.first
        else { return true }
        return EventTie.mayBeOne(sourced, other, in: placement.story, of: reading)
    }

    /// Whether a figure is likely enough for what is to be said of it: a contradiction asks for more than agreement.
    private func isLikely(_ verdict: Verdict, _ likeness: Double) -> Bool {
        guard verdict.relation == .contradict else { return true }
        let isOwnArticle = verdict.against.first?.article.revisionID == reading.article.revisionID
        let configuration = comparator.configuration
        return likeness
            >= (isOwnArticle ? configuration.ownArticleThreshold : configuration.contradictionThreshold)
    }

    /// Whether two numbers differ of which nobody says what happened: people and people are not one figure by that alone.
    private func isUntold(_ claim: Claim, _ verdict: Verdict, _ figure: Figure) -> Bool {
        guard verdict.relation == .contradict || verdict.relation == .update, verdict.nuance == nil,
            figure.watch == nil, !figure.baseline.isPinned
        else { return false }
        let isTold =
            claim.predicate != nil && claim.predicate == figure.key.predicate
            || PredicateWords.predicateClass(of: claim) != nil || claim.subject != nil
        return !isTold && Counted(claim).isEverybody
    }

    private mutating func deny(_ sourced: SourcedClaim, in index: Int) {
        let figure = book.figures[index]
        let denied = Interval(sourced.claim.quantity)
        let hit = figure.claims.reversed().map(\.sourced).filter {
            $0.claim.modality == .asserted && isHit(Interval($0.claim.quantity), by: denied)
                && $0.article.revisionID != reading.article.revisionID
                && EventTie.mayBeOne(sourced, $0, in: placement.story, of: reading)
        }
        let party = Party(sourced)
        guard let decisive = hit.first(where: { !Party($0).isSameSide(as: party) }) ?? hit.first else {
            return
        }
        comparisons.append(
            Comparison(
                claim: sourced,
                figure: figure,
                relation: .contradict,
                nuance: .denied,
                against: [decisive] + hit.filter { $0.id != decisive.id },
                reason: Reason.text(
                    of: sourced,
                    relation: .contradict,
                    nuance: .denied,
                    against: decisive,
                    label: figure.label
                ),
                isCentral: Centrality.isCentral(figure.key)
            )
        )
    }

    /// Whether a denial of an interval meets a number: the number lies within what is denied.
    private func isHit(_ known: Interval, by denied: Interval) -> Bool {
        known == denied || known.isNarrower(than: denied)
            || (known.isPoint && denied.isPoint && Tolerance.isRounding(known.centre, of: denied.centre))
    }

    /// Tells a changed number of an edited article; `false` if the older one is in no figure.
    private mutating func correct(_ old: SourcedClaim, by sourced: SourcedClaim) -> Bool {
        let known = book.figures.firstIndex { figure in
            figure.claims.contains { isOrigin($0.sourced, of: old) }
        }
        let ties = ClaimTies(old, in: reading.claims, of: book)
        guard let index = known ?? finder.figures(for: old.claim, tiedBy: ties, in: book).first?.index else {
            return false
        }
        let figure = book.figures[index]
        let origins = figure.claims.map(\.sourced).filter { isOrigin($0, of: old) }
        let decisive = origins.last ?? old
        let reason = Reason.text(
            of: sourced,
            relation: .contradict,
            nuance: .corrected,
            against: decisive,
            label: figure.label
        )
        book.record(
            sourced,
            as: .contradict,
            nuance: .corrected,
            because: reason,
            superseding: Set(origins.map(\.id)),
            in: index
        )
        let others = figure.claims.filter { $0.isStanding && $0.sourced.id != decisive.id }.map(\.sourced)
        comparisons.append(
            Comparison(
                claim: sourced,
                figure: figure,
                relation: .contradict,
                nuance: .corrected,
                against: [decisive] + others.reversed(),
                reason: reason,
                isCentral: Centrality.isCentral(figure.key)
            )
        )
        return true
    }

    private func isOrigin(_ known: SourcedClaim, of old: SourcedClaim) -> Bool {
        if known.id == old.id { return true }
        return known.article.id == old.article.id && known.claim.quantity == old.claim.quantity
            && FigureMatcher.contextLikeness(known.claim, old.claim) >= 0.8
    }

    /// Adds the outlet to the claim that it copies; `false` if the copy says another number.
    private mutating func carry(_ sourced: SourcedClaim, of original: String) -> Bool {
        guard
            let place = book.place(
                of: sourced.claim.quantity,
                inArticles: [original, reading.article.id],
                where: {
                    FigureMatcher.contextLikeness($0, sourced.claim) >= 0.6
                }
            )
        else { return false }
        book.carry(sourced.article.outlet, in: place.figure, claim: place.claim)
        return true
    }

    private func watched(_ figure: Figure) -> WatchedFigure? {
        guard let reference = figure.watch, let name = reference.figure else { return nil }
        return watches.first { $0.name == reference.watch }?.figures.first { $0.name == name }
    }

    private mutating func subsetComparison(of sourced: SourcedClaim, in index: Int) -> Comparison? {
        SubsetRule.comparison(
            of: sourced,
            in: index,
            among: book.figures,
            keys: finder.keys(of: book),
            of: placement.story,
            reading: reading
        )
    }
}
