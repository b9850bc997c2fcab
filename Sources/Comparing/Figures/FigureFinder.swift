import TallyModel

/// Finds the figures of a story that a claim may be of.
struct FigureFinder: Sendable {
    /// The profiles of the claims that were compared.
    private(set) var memory: ProfileMemory
    private let comparator: Comparator
    /// The profiles of the figures' keys, in the order of the book; those of figures that it got since may be missing.
    private var keys: [ClaimProfile] = []

    init(comparator: Comparator, memory: ProfileMemory) {
        self.comparator = comparator
        self.memory = memory
    }

    /// Returns the figures that a claim may be of, the likeliest first.
    ///
    /// - Parameters:
    ///   - claim: The claim.
    ///   - ties: What the words of its article tie it to.
    ///   - book: The figures of the story.
    /// - Returns: The indices of the figures in the book, with how likely each is, 0 to 1.
    mutating func figures(
        for claim: Claim,
        tiedBy ties: ClaimTies,
        in book: FigureBook
    ) -> [(index: Int, likeness: Double)] {
        let profile = ClaimProfile(claim)
        var likely: [(index: Int, likeness: Double, rank: Double)] = []
        // A number that its voice has told before is of the figure that has it.
        let isKnown = book.figures.indices.contains { book.states(claim.quantity, in: $0) }
        for (index, key) in keys(of: book).enumerated() where key.dimension == profile.dimension {
            if let rival = ties.rival, !isKnown,
                book.figures[index].claims.contains(where: { $0.sourced.id == rival.id })
            {
                likely.append((index, 1, Self.rivalRank))
                continue
            }
            if let replacement = ties.replacement, replacement.isTold(by: book.figures[index]) {
                let likeness = likeness(of: profile, to: book.figures[index], key: key) ?? 0
                likely.append((index, 1, Self.rivalRank + likeness))
                continue
            }
            guard mayBeOne(profile, key, index, in: book),
                let likeness = likeness(of: profile, to: book.figures[index], key: key),
                likeness >= comparator.configuration.figureThreshold
            else { continue }
            // A figure of which the same is told comes before one whose number alone is alike.
            let isTold = profile.predicate != nil && key.predicate == profile.predicate
            // People of whom nothing is told may be any: their number alone ties nobody to them.
            let isAnybody = profile.predicate != nil && key.predicate == nil && key.counted.isEverybody
            likely.append((index, likeness, likeness + (isTold ? 0.2 : isAnybody ? -0.5 : 0)))
        }
        return likely.sorted { ($1.rank, $0.index) < ($0.rank, $1.index) }.map { ($0.index, $0.likeness) }
    }

    /// Returns the profile of every figure's key, in the order of the book.
    mutating func keys(of book: FigureBook) -> [ClaimProfile] {
        for figure in book.figures[keys.count...] {
            keys.append(memory.profile(figure.id, ClaimProfile(figure.key)))
        }
        return keys
    }
}

private extension FigureFinder {
    /// How likely a figure is whose number a claim tells to be a multiple of.
    static let toldLikeness = 0.6
    /// Where the figure stands that the voice before tells of: before every other one.
    static let rivalRank = 2.0
    /// How many of a figure's claims, the newest, are looked at beside its key.
    static let newest = 6

    /// Whether a figure is worth the look: not where it tells another happening, and no number of it is the claim's.
    func mayBeOne(_ profile: ClaimProfile, _ key: ClaimProfile, _ index: Int, in book: FigureBook) -> Bool {
        guard let told = profile.predicate, let known = key.predicate, told != known,
            !PredicateWords.isNear(told, known), !profile.claim.quantity.isMoney
        else { return true }
        return book.states(profile.claim.quantity, in: index)
    }

    mutating func likeness(of profile: ClaimProfile, to figure: Figure, key: ClaimProfile) -> Double? {
        guard var best = comparator.matcher.likeness(profile, key) else { return nil }
        for standing in figure.claims.suffix(Self.newest) {
            let other = memory.profile(standing.sourced.id, ClaimProfile(standing.sourced.claim))
            best = max(best, comparator.matcher.likeness(profile, other) ?? 0)
            // "doubling its help to 10 million" says of which number it tells.
            if ToldMove.isMultiple(profile.claim, of: other.interval) { best = max(best, Self.toldLikeness) }
        }
        return best
    }
}
